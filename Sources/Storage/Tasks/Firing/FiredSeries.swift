import Recurrence
import Tasks

/// A series whose clock has fired, with the clock as it was read.
struct FiredClock {
    var seriesID: Identifier<RecurringTask>
    var clock: SeriesClock
    /// Since when it is held; none if it is not, or if that cannot be read.
    var heldSince: Timestamp?
}

/// A series whose clock has fired, in its location.
struct FiredSeries<Connection: SQLConnection> {
    let transaction: LocationTransaction<Connection>
    let fired: FiredClock
}

/// The clocks of locations that have fired.
struct FiredClocks<Connection: SQLConnection> {
    var readable: [FiredSeries<Connection>] = []
    var unreadable: [(transaction: LocationTransaction<Connection>, row: UnreadableClock)] = []
}

/// A clock that has fired and cannot be read.
struct UnreadableClock {
    let seriesID: Identifier<RecurringTask>
    let row: UnreadableRow
}

/// What is stored of a series whose clock has fired.
enum FiringFacts {
    case known(FiringSnapshot)
    /// No other try helps.
    case unreadable(String)
    /// There is no such series.
    case gone
}

extension SQLConnection {
    /// The series of some locations whose clocks have fired.
    ///
    /// Of each location the one that waits longest comes first.
    ///
    /// - Parameters:
    ///   - transactions: The locations.
    ///   - now: The time.
    ///   - limit: How many of each location are read.
    /// - Returns: The clocks.
    /// - Throws: ``SQLError``.
    func firedClocks(
        in transactions: [LocationTransaction<Self>],
        at now: Timestamp,
        limit: Int
    ) throws -> FiredClocks<Self> {
        var clocks = FiredClocks<Self>()
        let arguments = transactions.map { transaction in
            var arguments = SQLArguments(in: transaction.locationID)
            arguments.append(.integer(now.microseconds), for: "now")
            arguments.append(.integer(limit), for: "limit")
            return arguments
        }
        try queryEach(ClockStatements.fired, arguments) { place, row in
            let transaction = transactions[place]
            let seriesID = Identifier<RecurringTask>(try row.int64(6))
            do throws(UnreadableValue) {
                let fired = FiredClock(
                    seriesID: seriesID,
                    clock: try SeriesClock(row),
                    heldSince: (try? row.optionalTimestamp(7)) ?? nil
                )
                clocks.readable.append(FiredSeries(transaction: transaction, fired: fired))
            } catch {
                let row = UnreadableRow(
                    error,
                    of: "seriesClock",
                    in: transaction.locationID,
                    row,
                    numberAt: 6
                )
                let clock = UnreadableClock(seriesID: seriesID, row: row)
                clocks.unreadable.append((transaction, clock))
            }
        }
        return clocks
    }

    /// What is stored of series whose clocks have fired; what cannot be read is told of.
    ///
    /// - Throws: ``SQLError``.
    func facts(of fired: [FiredSeries<Self>]) throws -> [FiringFacts] {
        var facts = [FiringFacts](repeating: .gone, count: fired.count)
        func note(_ error: any Error, at place: Int) {
            if let row = error as? UnreadableRow {
                fired[place].transaction.unreadableRows.note(row)
            }
            facts[place] = .unreadable("\(error)")
        }
        var readable: [(place: Int, series: RecurringTask)] = []
        let arguments = fired.map { $0.transaction.key(of: $0.fired.seriesID) }
        try queryEach(SeriesStatements.byID, arguments) { place, row in
            do throws(UnreadableRow) {
                let locationID = fired[place].transaction.locationID
                readable.append((place, try RecurringTask(row, in: locationID)))
            } catch {
                note(error, at: place)
            }
        }
        let snapshots = try FiringSnapshots(
            of: readable.map { place, series in
                (fired[place].transaction, series, fired[place].fired.clock)
            },
            on: self
        )
        for ((place, _), snapshot) in zip(readable, snapshots.values) {
            switch snapshot {
            case .success(let snapshot): facts[place] = .known(snapshot)
            case .failure(let error): note(error, at: place)
            }
        }
        return facts
    }
}
