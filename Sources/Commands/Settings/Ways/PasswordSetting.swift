import ArgumentParser
import Foundation

/// A password, which stands in a file or in the environment, since other users see command lines.
struct PasswordSetting {
    private let name: String
    private let owner: String

    /// - Parameters:
    ///   - name: What its settings begin with, such as `smtp`.
    ///   - owner: Whose it is, as an error says it.
    init(_ name: String, of owner: String) {
        self.name = name
        self.owner = owner
    }

    /// Reads the password.
    ///
    /// - Parameter file: The file that was given.
    /// - Returns: The password; nil where there is none.
    /// - Throws: `ValidationError` where the file cannot be read.
    func value(_ file: String?) throws -> String? {
        let path = try Setting("\(name)-password-file").value(file, default: "")
        if path.isEmpty {
            let password = try Setting("\(name)-password").value(nil as String?, default: "")
            return password.isEmpty ? nil : password
        }
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(data: data, encoding: .utf8)
        else { throw ValidationError("\(owner) password file \(path) cannot be read.") }
        // An editor may add the end of a line.
        return text.trimmingCharacters(in: .newlines)
    }
}
