package import Recurrence

/// What the scheduler asks of the store.
package protocol SeriesClockStore: Sendable {
    /// When the next clocks fire, as far as they were stored by this process or looked up.
    var agenda: FiringAgenda { get }

    /// When the next clock of each shard fires, as it is stored; a shard without clocks is left out.
    func nextFires() async throws -> [Int: Timestamp]

    /// Takes up series of one shard whose clocks have fired, in one transaction.
    ///
    /// Locations take turns, and in each the longest waiting come first. A clock moves on only if it
    /// stands as it was read, and only then are the tasks made. A series for which nothing can be
    /// decided is set aside: its clock is stopped, and the location's log says why.
    func claimFired(
        inShard shard: Int,
        at now: Timestamp,
        limit: Int,
        deciding decide:
            @escaping @Sendable (FiringSnapshot, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> FiringTurn
}
