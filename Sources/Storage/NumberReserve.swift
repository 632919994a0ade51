import Synchronization
import Tasks

/// The numbers that this process has set aside for series and tasks and not used yet.
///
/// They come in blocks from a counter row. A change takes the whole reserve and puts back the
/// numbers that it did not use. A change that fails puts nothing back. If the transaction that set
/// a block aside was not kept, the same block would be set aside again. So the counter is read
/// before a reserve is used.
final class NumberReserve: Sendable {
    private let reserve = Mutex<Range<Int64>>(0..<0)

    private static let blockSize = 1000
    private static let counter = "task"

    /// Numbers for one change, within its transaction.
    func source(on connection: some SQLConnection) -> IdentifierSource {
        IdentifierSource(0..<0) { count in
            let rest = self.reserve.withLock { reserve in
                defer { reserve = 0..<0 }
                return reserve
            }
            let isSetAside =
                try !rest.isEmpty
                && connection.nextNumber(of: Self.counter) ?? 0 >= rest.upperBound
            if isSetAside, rest.count >= count { return rest }
            return try connection.setAsideNumbers(max(count, Self.blockSize), of: Self.counter)
        }
    }

    /// Keeps the numbers that a change did not use.
    func putBack(_ source: IdentifierSource) {
        let rest = source.remaining
        if !rest.isEmpty { reserve.withLock { $0 = rest } }
    }
}

extension SQLConnection {
    /// Takes numbers from a counter, which begins at 1.
    ///
    /// Nothing else gets these numbers.
    fileprivate func setAsideNumbers(_ count: Int, of counter: String) throws -> Range<Int64> {
        let end = try row(
            NumberStatements.setAside,
            [
                "name": .text(counter), "firstEnd": .integer(1 + count),
                "count": .integer(count),
            ]
        ) { row in row.int64(0) }
        guard let end else { preconditionFailure("an upsert returns its row") }
        return end - Int64(count)..<end
    }

    /// The first number that a counter has not given yet; none if it was never used.
    fileprivate func nextNumber(of counter: String) throws -> Int64? {
        try row(NumberStatements.next, ["name": .text(counter)]) { row in row.int64(0) }
    }
}

private enum NumberStatements {
    static let next = SQLStatement("SELECT nextNumber FROM numberBlock WHERE name = :name")

    static let setAside = SQLStatement(
        """
        INSERT INTO numberBlock (name, nextNumber) VALUES (:name, :firstEnd)
        ON CONFLICT (name) DO UPDATE SET nextNumber = numberBlock.nextNumber + :count
        RETURNING nextNumber
        """
    )
}
