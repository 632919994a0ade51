import HTTPTypes

/// A version of HighLevel's API that a request may name; all published versions act the same here.
enum HighLevelVersion: String, CaseIterable {
    case april2021 = "2021-04-15"
    case july2021 = "2021-07-28"
    case february2023 = "2023-02-21"
    case third = "v3"

    /// Reads the header field `Version`.
    ///
    /// - Throws: The refusal of a request without the field, or with another version.
    init(of headers: HTTPFields) throws(HighLevelError) {
        guard let field = HTTPField.Name("Version").flatMap({ headers[$0] }) else {
            throw .noVersion
        }
        guard let version = HighLevelVersion(rawValue: field) else { throw .invalidVersion }
        self = version
    }
}
