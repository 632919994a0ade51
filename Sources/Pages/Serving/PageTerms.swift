package import OpenID

/// How the page is reached, and where its files are.
package struct PageTerms: Sendable {
    /// The address under which browsers reach the server, without a slash at its end; nothing where
    /// nobody said it.
    package var publicURL: String?
    /// The provider by which people sign in; none where there is none.
    package var openID: OpenIDTerms?
    /// How many requests a user may make in ten seconds, 0 for any number.
    package var visitLimit: Int
    /// The names of the zones that people choose from.
    package var zoneNames: @Sendable () -> [String]
    /// Reads a file of the page anew each time, while somebody works on it.
    package var readFile: (@Sendable (String) -> [UInt8]?)?

    package init(
        publicURL: String? = nil,
        openID: OpenIDTerms? = nil,
        visitLimit: Int = 300,
        zoneNames: @escaping @Sendable () -> [String] = { [] },
        readingFiles readFile: (@Sendable (String) -> [UInt8]?)? = nil
    ) {
        self.publicURL = publicURL
        self.openID = openID
        self.visitLimit = visitLimit
        self.zoneNames = zoneNames
        self.readFile = readFile
    }

    /// Whether browsers reach the server by TLS alone.
    var isSecure: Bool { publicURL?.lowercased().hasPrefix("https:") ?? false }
}
