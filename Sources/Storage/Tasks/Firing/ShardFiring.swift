import Recurrence
import Tasks

/// Takes up the series of some locations whose clocks have fired.
///
/// All that is to be done is done together, by few statements. If that fails, it is undone and done in
/// halves, down to the one location or series that cannot be taken up, which is put off.
struct ShardFiring<Connection: SQLConnection> {
    typealias Transaction = LocationTransaction<Connection>

    let connection: Connection
    let now: Timestamp
    /// How many series of each location are taken up at most.
    let limit: Int
    /// Decides what becomes of a series of a location.
    let decide: (LocationID, FiringSnapshot, inout IdentifierSource) throws -> ChangePlan
    /// Where new tasks take their numbers from.
    private(set) var numbers: IdentifierSource
    private(set) var done = FiringWork()

    init(
        on connection: Connection,
        at now: Timestamp,
        limit: Int,
        numbers: IdentifierSource,
        deciding decide:
            @escaping (LocationID, FiringSnapshot, inout IdentifierSource) throws -> ChangePlan
    ) {
        self.connection = connection
        self.now = now
        self.limit = limit
        self.numbers = numbers
        self.decide = decide
    }

    /// Takes up what has fired in some locations.
    ///
    /// - Throws: ``SQLError`` of the database itself.
    mutating func takeUp(in transactions: [Transaction]) throws {
        var fired: [FiredSeries<Connection>] = []
        try find(in: transactions[...], &fired)
        try takeUp(fired[...])
    }

    // MARK: - Halves

    /// Finds what has fired and can be taken up.
    private mutating func find(
        in transactions: ArraySlice<Transaction>,
        _ fired: inout [FiredSeries<Connection>]
    ) throws {
        guard let first = transactions.first else { return }
        var found: [FiredSeries<Connection>] = []
        let failure = try attempt { part in found = try part.find(in: Array(transactions)) }
        if let failure {
            guard transactions.count > 1 else {
                done.failures[first.locationID] = "\(failure)"
                return
            }
            for half in transactions.halves { try find(in: half, &fired) }
        } else {
            fired += found
        }
    }

    private mutating func takeUp(_ fired: ArraySlice<FiredSeries<Connection>>) throws {
        guard let first = fired.first else { return }
        let failure = try attempt { part in try part.takeUpTogether(Array(fired)) }
        guard let failure else { return }
        if fired.count > 1 {
            for half in fired.halves { try takeUp(half) }
            return
        }
        done.turn.seriesCount += 1
        let reason = HeldReason.text(of: failure)
        let isPostponed =
            try attempt { part in
                let trouble = try first.transaction.postpone(
                    first.fired,
                    because: reason,
                    at: part.now
                )
                part.done.turn.troubles.append(trouble)
            } == nil
        if !isPostponed { done.failures[first.transaction.locationID] = reason }
    }

    /// Does something, or nothing of it; then the numbers of its tasks are free again.
    ///
    /// - Returns: Why it was not done.
    /// - Throws: ``SQLError`` of the database itself.
    private mutating func attempt(
        _ body: (inout ShardFiring) throws -> Void
    ) throws -> (any Error)? {
        var part = self
        switch try connection.attempt({ try body(&part) }) {
        case .success: self = part
        // A block of numbers that was set aside meanwhile is not set aside any more.
        case .failure(let error): return error
        }
        return nil
    }

    // MARK: - Parts

    /// Finds what has fired; what cannot be read is set aside, and what is too much waits.
    private mutating func find(
        in transactions: [Transaction]
    ) throws -> [FiredSeries<Connection>] {
        let clocks = try connection.firedClocks(in: transactions, at: now, limit: limit)
        for (transaction, clock) in clocks.unreadable {
            transaction.unreadableRows.note(clock.row)
            let reason = "\(clock.row)"
            done.turn.troubles.append(
                try transaction.setAside(clock.seriesID, because: reason, at: now)
            )
        }
        let waiting = Set(clocks.readable.map(\.transaction.locationID))
        for transaction in transactions where waiting.contains(transaction.locationID) {
            do {
                let allowance = try transaction.taskAllowance(on: .comingDue, at: now)
                done.allowances[transaction.locationID] = allowance
            } catch let error as QuotaExceeded {
                // It waits as a location does in which nothing can be done.
                done.failures[transaction.locationID] = "\(error)"
            }
        }
        return clocks.readable.filter { done.failures[$0.transaction.locationID] == nil }
    }

    /// Takes up series whose clocks have fired.
    ///
    /// Moves the clocks on, makes the tasks, and appends one entry to the log of each location for all
    /// tasks that were made there. Where a location has made as many tasks as it may, the others of
    /// its series are left as they are.
    private mutating func takeUpTogether(_ fired: [FiredSeries<Connection>]) throws {
        var settled: [SettledSeries<Connection>] = []
        var counts = done.madeCounts
        for (series, facts) in zip(fired, try connection.facts(of: fired)) {
            let locationID = series.transaction.locationID
            let allowance = done.allowances[locationID, default: .max]
            guard counts[locationID, default: 0] < allowance else { continue }
            done.turn.seriesCount += 1
            guard let series = try settle(series, facts) else { continue }
            counts[locationID, default: 0] += series.made.count
            settled.append(series)
        }
        try carryOut(settled)
    }

    /// Decides what becomes of a series.
    ///
    /// - Returns: What is to be carried out; none where that was all.
    private mutating func settle(
        _ series: FiredSeries<Connection>,
        _ facts: FiringFacts
    ) throws -> SettledSeries<Connection>? {
        let (transaction, fired) = (series.transaction, series.fired)
        switch facts {
        case .gone: try transaction.removeClock(of: fired.seriesID)
        case .unreadable(let reason):
            done.turn.troubles.append(
                try transaction.setAside(fired.seriesID, fired.clock, because: reason, at: now)
            )
        case .known(let snapshot):
            let reason: String
            do {
                let plan = try decide(transaction.locationID, snapshot, &numbers)
                // A clock that stays as it is would fire again at once.
                if let setting = plan.clocks.first, setting.clock != fired.clock {
                    return SettledSeries(series: series, setting: setting, plan: plan)
                }
                reason = "The series does not move on"
            } catch let error as SQLError {
                throw error
            } catch {
                reason = HeldReason.text(of: error)
            }
            done.turn.troubles.append(
                try transaction.postpone(fired, because: reason, at: now)
            )
        }
        return nil
    }

    // MARK: - Carrying out

    private mutating func carryOut(_ settled: [SettledSeries<Connection>]) throws {
        let moved = try move(settled)
        for series in moved {
            try series.transaction.roll(series.rolled, at: now)
        }
        let tasks = moved.flatMap { series in series.made.map { (series.transaction, $0) } }
        let counts = try connection.executeEach(
            TaskStatements.insertUnlessMade,
            tasks.map { transaction, task in SQLArguments(task, in: transaction.locationID) }
        )
        var made: [(transaction: Transaction, tasks: [TaskInstance])] = []
        for ((transaction, task), count) in zip(tasks, counts) where count == 1 {
            if made.last?.transaction.locationID == transaction.locationID {
                made[made.count - 1].tasks.append(task)
            } else {
                made.append((transaction, [task]))
            }
        }
        for (transaction, tasks) in made {
            done.turn.taskCount += tasks.count
            done.madeCounts[transaction.locationID, default: 0] += tasks.count
            try transaction.addToTotals(tasks.map { Replacement(after: $0) })
        }
        try connection.append(
            try made.map { transaction, tasks in
                let change = LoggedChange(
                    kind: .materialized,
                    actorID: nil,
                    changedAt: now,
                    detail: ChangeDetail.identifiers(of: tasks),
                    concern: try transaction.concern(ofMade: tasks)
                )
                return (transaction, change)
            }
        )
    }

    /// Moves clocks on that still have the values that were read.
    ///
    /// - Returns: The series of these.
    private func move(
        _ settled: [SettledSeries<Connection>]
    ) throws -> [SettledSeries<Connection>] {
        var isMoved = [Bool](repeating: false, count: settled.count)
        for isRemoved in [false, true] {
            let places = settled.indices.filter { (settled[$0].setting.clock == nil) == isRemoved }
            let counts = try connection.executeEach(
                isRemoved ? ClockStatements.takeOff : ClockStatements.moveOn,
                places.map { settled[$0].clockArguments }
            )
            for (place, count) in zip(places, counts) { isMoved[place] = count == 1 }
        }
        return zip(settled, isMoved).filter(\.1).map(\.0)
    }
}

/// A series of which it is decided what becomes of it.
private struct SettledSeries<Connection: SQLConnection> {
    let series: FiredSeries<Connection>
    let setting: ClockSetting
    /// The tasks that are made.
    let made: [TaskInstance]
    /// The tasks that move to new slots.
    let rolled: [Replacement<TaskInstance>]

    init(series: FiredSeries<Connection>, setting: ClockSetting, plan: ChangePlan) {
        self.series = series
        self.setting = setting
        made = plan.tasks.filter { $0.before == nil }.map(\.after)
        rolled = plan.tasks.filter { $0.before != nil }
    }

    var transaction: LocationTransaction<Connection> { series.transaction }

    /// The arguments that move the clock on, or remove it, if it stands as it was read.
    var clockArguments: SQLArguments {
        let arguments =
            setting.clock.map { transaction.clockArguments($0, of: setting.seriesID) }
            ?? transaction.key(of: setting.seriesID)
        return transaction.readValues(of: series.fired.clock, in: arguments)
    }
}

/// What a turn does in some locations.
struct FiringWork: Sendable {
    var turn = FiringTurn()
    /// How many tasks were made in a location.
    var madeCounts: [LocationID: Int] = [:]
    /// How many a location may make.
    var allowances: [LocationID: Int] = [:]
    /// Why the clocks of a location could not all be moved.
    var failures: [LocationID: String] = [:]
}

extension ArraySlice {
    /// The two halves of at least two elements.
    fileprivate var halves: [ArraySlice] {
        let middle = startIndex + count / 2
        return [self[..<middle], self[middle...]]
    }
}
