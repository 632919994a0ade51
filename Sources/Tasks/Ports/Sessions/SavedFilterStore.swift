package import Recurrence

/// Where the searches are kept that users have given a name.
package protocol SavedFilterStore: Sendable {
    /// A user's searches, by name.
    func savedFilters(
        of userID: Identifier<User>,
        in locationID: LocationID
    ) async throws -> [SavedFilter]

    /// Keeps a search; one of the same name is replaced.
    ///
    /// - Returns: Whether it is kept: a user has ``SavedFilter/countLimit`` at most.
    func save(
        _ filter: SavedFilter,
        of userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> Bool

    /// Forgets a search.
    ///
    /// - Returns: The search; nothing if there is none of that name.
    func removeFilter(
        named name: String,
        of userID: Identifier<User>,
        in locationID: LocationID
    ) async throws -> SavedFilter?
}

/// A search that a user has given a name.
package struct SavedFilter: Hashable, Sendable {
    package var name: String
    /// What is searched for, as the query of an address.
    package var query: String

    /// The most searches of one user.
    package static let countLimit = 50
    /// Characters of a name.
    package static let nameLengths = 1...60
    /// Bytes of a query.
    package static let queryLengths = 1...2048

    package init(name: String, query: String) {
        self.name = name
        self.query = query
    }
}
