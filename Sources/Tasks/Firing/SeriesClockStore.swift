package import Recurrence

/// What the scheduler asks of the store.
package protocol SeriesClockStore: Sendable {
    /// When the next clocks fire, as far as this process stored them or looked them up.
    var agenda: FiringAgenda { get }

    /// When the next clock of each shard fires, as it is stored.
    ///
    /// A shard where no clock will fire is left out. A shard whose clocks cannot be read is due at
    /// once, so that a turn finds out why.
    func nextFires() async throws -> [Int: Timestamp]

    /// Takes up series of one shard whose clocks have fired, in one transaction.
    ///
    /// Locations share the turn equally, and in each location the series that has waited longest
    /// comes first. A clock moves on only if it still has the values that were read, and only then
    /// are the tasks made.
    ///
    /// What fails is undone and put off alone: a series of which `decide` throws, a series whose rows
    /// cannot be written, a location in which nothing can be written. A series that is stored so that
    /// nobody can read it is set aside: its clock is stopped, and the location's log has the reason.
    ///
    /// - Throws: An error of the database as a whole.
    func claimFired(
        inShard shard: Int,
        at now: Timestamp,
        limit: Int,
        deciding decide: @escaping FiringDecision
    ) async throws -> FiringTurn

    /// The series that are set aside or held, by location and number.
    func setAsideSeries() async throws -> [SeriesSetAside]

    /// How many series are set aside.
    ///
    /// It costs one step of an index for each.
    func setAsideCount() async throws -> Int

    /// How many series are held, by the reason, the most frequent first.
    ///
    /// The reasons are such as may be shown to everybody. It costs as much.
    func heldSeries() async throws -> [HeldSeries]
}
