import Foundation

/// Tells who runs the tests what they measured, on standard error.
func report(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data("\(text)\n".utf8))
}
