package import Recurrence

/// Where tokens are looked up.
package protocol TokenStore: Sendable {
    /// Tells for whom a token stands at a time. The token is given by its SHA-256 digest.
    func verdict(onTokenWithHash hash: [UInt8], at now: Timestamp) async throws -> TokenVerdict
}

/// Where the days are kept on which tokens were used.
package protocol TokenUseStore: Sendable {
    /// Stores what was noted since the last time, in one transaction.
    func keepTokenUses() async throws
}
