import Foundation

/// Prints what the tests measured to standard error.
func report(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data("\(text)\n".utf8))
}
