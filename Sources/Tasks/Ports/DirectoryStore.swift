package import Recurrence

/// Where the directory is kept, as those who administer it need it.
package protocol DirectoryStore: Sendable {
    /// Changes the directory, in one transaction.
    ///
    /// To make the same update twice changes nothing the second time.
    ///
    /// - Throws: ``DirectoryRefusal``, and then nothing is changed.
    func apply(_ update: DirectoryUpdate, at now: Timestamp) async throws -> DirectoryOutcome

    /// Adds a token.
    ///
    /// - Throws: ``TokenRefusal/unknownHolder``.
    func addToken(_ token: NewToken, at now: Timestamp) async throws -> TokenRecord

    /// Takes the one token in force that has a digest or a hint out of force, for good.
    ///
    /// - Throws: ``TokenRefusal/unknown`` or ``TokenRefusal/ambiguous(count:)``.
    func revokeToken(
        withDigest digest: [UInt8],
        orHint hint: String,
        at now: Timestamp
    ) async throws -> TokenRecord

    /// Every token there is or was, by location, user and age.
    func tokens() async throws -> [TokenRecord]
}
