package import Recurrence

/// Where tokens are looked up.
package protocol TokenStore: Sendable {
    /// Tells whom a token stands for at a time, by the SHA-256 digest of the token.
    func verdict(onTokenWithHash hash: [UInt8], at now: Timestamp) async throws -> TokenVerdict
}
