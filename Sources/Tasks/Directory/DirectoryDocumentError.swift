/// What is wrong with a directory document.
///
/// Nothing of it was imported.
package struct DirectoryDocumentError: Error, Hashable {
    /// Where it is wrong, as a JSON path such as `$.users[3].timeZone`.
    package var path: String
    /// What is wrong there, as words that follow the path: "must be an object".
    ///
    /// It never repeats a token.
    package var reason: String

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}

extension DirectoryDocumentError: CustomStringConvertible {
    package var description: String { "\(path) \(reason)" }
}
