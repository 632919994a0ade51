package import Recurrence

/// What the page keeps: who is signed in, and what its users have of their own.
package typealias PageStore = PageSessionStore & CalendarAddressStore & SavedFilterStore

/// Where it is kept who is signed in to the page.
///
/// A link and a session are known by the SHA-256 digest of their text, and by its shard, which the
/// text says; see ``SessionText``.
package protocol PageSessionStore: Sendable {
    /// Keeps a link by which a user signs in, once, until a time. The user is known and in use.
    ///
    /// - Throws: ``TokenRefusal/unknownHolder``.
    func addSignInLink(
        for userID: Identifier<User>,
        shownAs newText: @Sendable (LocationID) -> SessionText,
        digestedBy digest: @escaping @Sendable (SessionText) -> SessionDigest,
        until expiry: Timestamp,
        at now: Timestamp
    ) async throws -> SessionText

    /// The users of all locations who are in use and can be reached at an address, however it is
    /// capitalised.
    func holders(ofAddress address: String, upTo limit: Int) async throws -> [AddressHolder]

    /// Uses a link up and begins a session in its place, in one transaction.
    ///
    /// - Returns: Whether the link was in force.
    func signIn(
        byLink link: SessionDigest,
        beginning session: SessionDigest,
        in browser: String,
        at now: Timestamp
    ) async throws -> Bool

    /// Who is signed in by a session; nobody if it ended, or its user is not in use.
    func visitor(
        ofSession session: SessionDigest,
        at now: Timestamp
    ) async throws -> Visitor?

    /// A user as who is signed in; nobody if the user is not in use.
    func principal(
        of userID: Identifier<User>,
        in locationID: LocationID
    ) async throws -> Principal?

    /// Notes that a session is used.
    func noteUse(ofSession session: SessionDigest, at now: Timestamp) async throws

    /// The sessions of a user that are in force, the one used last first.
    func sessions(
        of userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> [PageSession]

    /// Ends a session of a user, for good.
    ///
    /// - Returns: Whether it was in force.
    func endSession(
        _ id: PageSession.ID,
        of userID: Identifier<User>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> Bool
}
