import Synchronization
import Tasks

/// The numbers that this process has set aside for series and tasks and not used yet.
///
/// They come in blocks from a counter row. A change takes a block of the reserve and puts back the
/// numbers that it did not use, so there are as many blocks as changes were made at the same time. A
/// change that fails puts nothing back. Blocks are set aside apart from the change, if the engine
/// can do that. If it cannot and the transaction was not kept, the same block would be set aside
/// again. So the counter is read before a block of the reserve is used.
final class NumberReserve: Sendable {
    private let blocks = Mutex<[Range<Int64>]>([])

    /// The end of the highest block that was ever set aside, kept or not.
    private let end = Mutex<Int64>(0)

    private let unreadableRows: UnreadableRows

    private static let blockSize = 1000
    private static let counter = NumberCounter(
        name: "task",
        largestUsed: SQLStatement(
            """
            SELECT MAX(number) FROM (
                SELECT MAX(taskID) AS number FROM task WHERE taskID <= \(largestNumber)
                UNION ALL
                SELECT MAX(seriesID) FROM series WHERE seriesID <= \(largestNumber)
            ) AS used
            """
        )
    )

    /// The largest number in use; it takes two steps of an index for each location.
    private static let largestByLocation = SQLStatement(
        """
        SELECT MAX(number) FROM (
            SELECT (
                SELECT MAX(task.taskID) FROM task
                WHERE task.shard = location.shard AND task.locationID = location.locationID
                    AND task.taskID <= \(largestNumber)
            ) AS number FROM location
            UNION ALL
            SELECT (
                SELECT MAX(series.seriesID) FROM series
                WHERE series.shard = location.shard AND series.locationID = location.locationID
                    AND series.seriesID <= \(largestNumber)
            ) FROM location
        ) AS used
        """
    )

    private static let largestNumber = ClosedRange<Int64>.nextNumbers.upperBound - 1

    init(telling unreadableRows: UnreadableRows) {
        self.unreadableRows = unreadableRows
    }

    /// Numbers for one change, within its transaction.
    func source(on connection: some SQLConnection) -> IdentifierSource {
        IdentifierSource(0..<0) { count in
            if let rest = self.blocks.withLock({ $0.popLast() }), rest.count >= count,
                try connection.isSetAside(rest, by: Self.counter)
            {
                return rest
            }
            return try connection.apart { connection in
                try self.newBlock(of: max(count, Self.blockSize), on: connection)
            }
        }
    }

    private func newBlock(
        of count: Int,
        on connection: some SQLConnection
    ) throws -> Range<Int64> {
        let next = try connection.nextNumber(of: Self.counter, telling: unreadableRows)
        if let next {
            // The block before was not kept, or somebody has set the counter back.
            if next < end.withLock({ $0 }) { try raiseCounter(on: connection) }
        } else {
            _ = try connection.restore(Self.counter)
        }
        let block = try connection.setAsideNumbers(count, of: Self.counter)
        end.withLock { $0 = max($0, block.upperBound) }
        return block
    }

    /// Lets the counter go on after the largest number in use, where it was set back.
    ///
    /// That is told of. A counter that is lost or cannot be read is mended when it is asked.
    func raiseCounter(on connection: some SQLConnection) throws {
        let largest = try connection.row(Self.largestByLocation, [:]) { row in
            try row.optionalInt64(0)
        }
        guard let largest = largest.flatMap({ $0 }),
            let next = try connection.raise(Self.counter, toAfter: largest)
        else { return }
        unreadableRows.note(
            UnreadableRow(
                table: "numberBlock",
                key: Self.counter.name,
                column: "nextNumber",
                reason: "\(next) was not after the largest number in use, \(largest)"
            )
        )
    }

    /// Drops what is set aside, because it is not known whether that was kept.
    ///
    /// Otherwise another process might set the same block aside.
    func forget() {
        blocks.withLock { $0 = [] }
    }

    /// Keeps the numbers that a change did not use.
    func putBack(_ source: IdentifierSource) {
        let rest = source.remaining
        if !rest.isEmpty { blocks.withLock { $0.append(rest) } }
    }
}

/// A row of `numberBlock`, which has the first number of its name that was not given yet.
struct NumberCounter {
    let name: String
    /// Selects the largest number that was given as far as the other tables know, or null.
    ///
    /// It may read whole tables, since it is asked only where the counter is lost.
    let largestUsed: SQLStatement
    /// The arguments of ``largestUsed``.
    var arguments: SQLArguments = [:]
}

extension SQLConnection {
    /// The first number that a counter has not given yet; none if it was never used.
    ///
    /// A counter that cannot be read is told of, and goes on after the largest number in use.
    func nextNumber(
        of counter: NumberCounter,
        telling unreadableRows: UnreadableRows
    ) throws -> Int64? {
        do {
            return try row(
                NumberStatements.next,
                ["name": .text(counter.name)],
                of: "numberBlock",
                key: counter.name
            ) { row in try row.int64(0, in: .nextNumbers) }
        } catch let error as UnreadableRow {
            unreadableRows.note(error)
        }
        return try restore(counter)
    }

    /// Whether a counter that can be read goes on after some numbers.
    fileprivate func isSetAside(_ numbers: Range<Int64>, by counter: NumberCounter) throws -> Bool {
        let next = try row(NumberStatements.next, ["name": .text(counter.name)]) { row in
            try? row.int64(0, in: .nextNumbers)
        }
        return next.flatMap { $0 } ?? 0 >= numbers.upperBound
    }

    /// Lets a counter that can be read go on after a number, if it would go on before.
    ///
    /// - Returns: The number with which it would have gone on; none if it was left alone.
    fileprivate func raise(_ counter: NumberCounter, toAfter largest: Int64) throws -> Int64? {
        let next = try row(NumberStatements.next, ["name": .text(counter.name)]) { row in
            try? row.int64(0, in: .nextNumbers)
        }
        guard let next = next.flatMap({ $0 }), next <= largest else { return nil }
        let raised = try execute(
            NumberStatements.raise,
            ["name": .text(counter.name), "nextNumber": .integer(largest + 1)]
        )
        return raised == 1 ? next : nil
    }

    /// Lets a counter go on after the largest number in use.
    ///
    /// - Returns: The first number that it has not given yet; none if no number is in use.
    fileprivate func restore(_ counter: NumberCounter) throws -> Int64? {
        let largest = try row(counter.largestUsed, counter.arguments) { row in
            try row.optionalInt64(0)
        }
        guard let largest = largest.flatMap({ $0 }) else {
            try execute(NumberStatements.forget, ["name": .text(counter.name)])
            return nil
        }
        try execute(
            NumberStatements.set,
            ["name": .text(counter.name), "nextNumber": .integer(largest + 1)]
        )
        return largest + 1
    }

    /// Takes consecutive numbers, the first of them 1, off a counter.
    ///
    /// No number is given twice. The counter is one that can be read.
    fileprivate func setAsideNumbers(
        _ count: Int,
        of counter: NumberCounter
    ) throws -> Range<Int64> {
        let end = try row(
            NumberStatements.setAside,
            [
                "name": .text(counter.name), "firstEnd": .integer(1 + count),
                "count": .integer(count),
            ]
        ) { row in try row.int64(0) }
        guard let end else { preconditionFailure("an upsert returns its row") }
        return end - Int64(count)..<end
    }
}

private enum NumberStatements {
    static let next = SQLStatement("SELECT nextNumber FROM numberBlock WHERE name = :name")

    static let set = SQLStatement(
        """
        INSERT INTO numberBlock (name, nextNumber) VALUES (:name, :nextNumber)
        ON CONFLICT (name) DO UPDATE SET nextNumber = :nextNumber
        """
    )

    /// Other processes may have given numbers meanwhile.
    static let raise = SQLStatement(
        """
        UPDATE numberBlock SET nextNumber = :nextNumber
        WHERE name = :name AND nextNumber < :nextNumber
        """
    )

    static let forget = SQLStatement("DELETE FROM numberBlock WHERE name = :name")

    static let setAside = SQLStatement(
        """
        INSERT INTO numberBlock (name, nextNumber) VALUES (:name, :firstEnd)
        ON CONFLICT (name) DO UPDATE SET nextNumber = numberBlock.nextNumber + :count
        RETURNING nextNumber
        """
    )
}
