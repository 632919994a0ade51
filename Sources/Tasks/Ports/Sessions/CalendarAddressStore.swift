package import Recurrence

/// Where it is kept by which secret address calendar programs read a user's tasks.
///
/// An address is known by the digest of its secret, and by its shard, as sessions are; see
/// ``SessionText``. A user has one at most.
package protocol CalendarAddressStore: Sendable {
    /// Gives a user an address in place of the one before.
    func setCalendarAddress(
        _ address: SessionDigest,
        of userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws

    /// Takes a user's address out of force.
    ///
    /// - Returns: Whether there was one.
    func removeCalendarAddress(
        of userID: Identifier<User>,
        in locationID: LocationID
    ) async throws -> Bool

    /// What is known of a user's address; nothing where there is none.
    func calendarAddress(
        of userID: Identifier<User>,
        in locationID: LocationID
    ) async throws -> CalendarAddress?

    /// Whose tasks an address shows; nobody's if it is not in force, or its user is not in use.
    func reader(
        byCalendarAddress address: SessionDigest
    ) async throws -> (principal: Principal, address: CalendarAddress)?

    /// Notes that an address is used.
    func noteUse(ofCalendarAddress address: SessionDigest, at now: Timestamp) async throws
}

/// What is known of an address by which calendar programs read tasks.
package struct CalendarAddress: Hashable, Sendable {
    package var createdAt: Timestamp
    /// When it was last used, to ``SignInTerms/useInterval``; none if it never was.
    package var usedAt: Timestamp?

    package init(createdAt: Timestamp, usedAt: Timestamp?) {
        self.createdAt = createdAt
        self.usedAt = usedAt
    }
}
