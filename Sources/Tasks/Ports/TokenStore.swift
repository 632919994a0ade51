package import Recurrence

/// Where tokens are looked up.
package protocol TokenStore: Sendable {
    /// Tells for whom a token stands at a time. The token is given by its SHA-256 digest.
    func verdict(onTokenWithHash hash: [UInt8], at now: Timestamp) async throws -> TokenVerdict
}
