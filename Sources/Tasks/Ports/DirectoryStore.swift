package import Recurrence

/// Where the directory is kept, for those who administer it.
package protocol DirectoryStore: Sendable {
    /// Changes the directory, in one transaction.
    ///
    /// The same update a second time changes nothing.
    ///
    /// Notes it in the audit of each location that it changes.
    ///
    /// - Throws: ``DirectoryRefusal``, or what the terms' check throws; then nothing was changed.
    func apply(
        _ update: DirectoryUpdate,
        under terms: DirectoryTerms,
        at now: Timestamp
    ) async throws -> DirectoryOutcome

    /// Adds a token by a command.
    ///
    /// - Throws: ``TokenRefusal/unknownHolder``.
    func addToken(_ token: NewToken, at now: Timestamp) async throws -> TokenRecord

    /// Revokes by a command, for good, the one token in force that has this digest or this hint.
    ///
    /// - Throws: ``TokenRefusal/unknown`` or ``TokenRefusal/ambiguous(count:)``.
    func revokeToken(
        withDigest digest: [UInt8],
        orHint hint: String,
        at now: Timestamp
    ) async throws -> TokenRecord

    /// Every token, also those that are not in force any more, by location, user and age.
    func tokens() async throws -> [TokenRecord]
}
