/// A location as the directory has it.
package struct DirectoryLocation: Hashable, Sendable {
    package let id: LocationID
    package var name: String
    /// The IANA name of a zone.
    package var timeZone: String

    package init(id: LocationID, name: String, timeZone: String) {
        self.id = id
        self.name = name
        self.timeZone = timeZone
    }
}
