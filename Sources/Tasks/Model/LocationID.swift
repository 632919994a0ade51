/// The name of a location, the tenant: 20 characters of `[A-Za-z0-9]`.
package struct LocationID: Hashable, Sendable {
    package let rawValue: String

    package init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// The part of the deployment that holds the location's rows, 0 to 255, fixed for ever.
    ///
    /// It is the FNV-1a hash of the name, modulo 256.
    package var shard: Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in rawValue.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return Int(hash % UInt64(LocationID.shardCount))
    }

    /// How many shards a deployment has.
    package static let shardCount = 256
}
