package import Recurrence

/// What the scheduler asks of the store.
package protocol SeriesClockStore: Sendable {
    /// When the next clocks fire, as far as this process stored them or looked them up.
    var agenda: FiringAgenda { get }

    /// When the next clock of each shard fires, as it is stored. A shard where no clock will fire
    /// is left out.
    func nextFires() async throws -> [Int: Timestamp]

    /// Takes up series of one shard whose clocks have fired, in one transaction.
    ///
    /// Locations share the turn equally, and in each location the series that has waited longest
    /// comes first. A clock moves on only if it still has the values that were read, and only then
    /// are the tasks made. A series for which nothing can be decided is set aside: its clock is
    /// stopped, and the location's log has the reason.
    func claimFired(
        inShard shard: Int,
        at now: Timestamp,
        limit: Int,
        deciding decide:
            @escaping @Sendable (FiringSnapshot, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> FiringTurn
}
