/// A location as the directory has it.
package struct DirectoryLocation: Hashable, Sendable {
    package let id: LocationID
    package var name: String
    /// The IANA name of a zone.
    package var timeZone: String
    /// Whether requests of the server's own API that change a record need `If-Match`.
    package var requiresMatch: Bool

    package init(id: LocationID, name: String, timeZone: String, requiresMatch: Bool = false) {
        self.id = id
        self.name = name
        self.timeZone = timeZone
        self.requiresMatch = requiresMatch
    }
}
