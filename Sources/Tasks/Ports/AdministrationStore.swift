package import Recurrence

/// Where those who administer one location read and change what it has.
///
/// Each method is bound to a location, and each change is noted in the location's audit in the same
/// transaction. A change that is only tried is carried out and undone.
package protocol AdministrationStore: Sendable {
    /// The teams after a number, by rising number, without deleted ones.
    ///
    /// A user who does not oversee the location sees the teams that they are in.
    func teams(
        after id: Identifier<Team>?,
        limit: Int,
        seenBy actor: Actor
    ) async throws -> [DirectoryTeam]

    /// One team; none if it was deleted or is not seen.
    func team(_ id: Identifier<Team>, seenBy actor: Actor) async throws -> DirectoryTeam?

    /// With whom contacts are shared by name, in rising order; those shared with nobody are left out.
    func shares(
        of contactIDs: [Identifier<Contact>],
        in locationID: LocationID
    ) async throws -> [Identifier<Contact>: [Identifier<User>]]

    /// The directory of a location, deleted records too, as an update that makes it.
    ///
    /// Tokens and the categories that every location has are left out.
    func contents(of locationID: LocationID) async throws -> DirectoryUpdate

    /// The tokens of a location, also those that are not in force any more, the oldest first.
    func tokens(in locationID: LocationID) async throws -> [TokenRecord]

    /// Adds a token under terms. Its holder must be in the terms' location.
    ///
    /// - Returns: The record and the audit's number; no number of a trial.
    /// - Throws: ``TokenRefusal/unknownHolder``, or what the check throws.
    func addToken(
        _ token: NewToken,
        under terms: DirectoryTerms,
        at now: Timestamp
    ) async throws -> TokenOutcome

    /// Revokes a token, for good; one that was revoked before stays as it is.
    ///
    /// - Throws: ``TokenRefusal/unknown``, or what the check throws.
    func revokeToken(
        _ id: String,
        under terms: DirectoryTerms,
        at now: Timestamp
    ) async throws -> TokenOutcome

    /// Issues a token with the holder, the scopes and the end of another, which stays in force until a
    /// time at most.
    ///
    /// - Throws: ``TokenRefusal/unknown`` if the token is not in force, or what the check throws.
    func rotateToken(
        _ id: String,
        to secret: TokenSecret,
        overlappingUntil end: Timestamp,
        under terms: DirectoryTerms,
        at now: Timestamp
    ) async throws -> TokenOutcome

    /// The audit's entries before a number, the latest first.
    func audit(
        before number: Int64?,
        limit: Int,
        in locationID: LocationID
    ) async throws -> [AuditEntry]
}
