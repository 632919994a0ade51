import DatabaseTestSupport
import Foundation
import ServerTestSupport
import Storage
import Tasks
import TestSupport
import Testing

/// A row that holds what it should not, whichever column of whichever table it is in, concerns
/// nobody but its own location.
@Suite(.town)
struct SpoiledRowTests {
    /// Whether every value is tried in every place, and not one of them in each column.
    private static let triesAll =
        ProcessInfo.processInfo.environment["PERENNIAL_ALL_FAULTS"] != nil

    @Test(arguments: try await StoredColumn.all())
    func `what one row holds concerns its location alone`(column: StoredColumn) async throws {
        let (town, undisturbed) = try PreparedTown.current
        var spoiledCount = 0
        for (value, row) in Self.cases(of: column) where spoiledCount == 0 || Self.triesAll {
            var town = try await Town(copying: town)
            if let spoiling = try await town.spoil(column, of: row, to: value) {
                if column.table == "numberBlock" {
                    // It is compared with the numbers in use when the database is opened.
                    await town.database.store.close()
                    town = try await Town(copying: town)
                }
                spoiledCount += 1
                let day = try await town.day()
                let comment = Comment("\(column.testDescription) of the \(row): \(value)")
                #expect(day.others == undisturbed, comment)
                let failed = day.spoiled.filter { $0.status == 500 }.map(\.text)
                #expect(failed == [], comment)
                expect(town.unreadableRows, of: column, spoiling, comment)
            }
            await town.database.store.close()
        }
        #expect(spoiledCount > 0, "\(column.testDescription): nothing could be stored")
    }

    /// Every value in the first and in the last row of the place, in an order that is always the
    /// same.
    private static func cases(of column: StoredColumn) -> [(value: String, row: SpoiledRow)] {
        var generator = SplitMix64(
            seed: column.testDescription.utf8.reduce(0) { $0 &* 33 &+ Int($1) }
        )
        return column.spoiledValues.flatMap { [($0, SpoiledRow.first), ($0, .last)] }
            .shuffled(using: &generator)
    }

    /// Each row that cannot be read is told of once, and there is but one, unless others refer to
    /// it by what was spoiled.
    private func expect(
        _ rows: [UnreadableRow],
        of column: StoredColumn,
        _ spoiling: Spoiling,
        _ comment: Comment
    ) {
        let names = rows.map { "\($0.table) \($0.key)" }
        #expect(Set(names).count == names.count, comment)
        let places = Place.others.map(\.location)
        #expect(!names.contains { name in places.contains { name.contains($0) } }, comment)
        if column.isOfKey { return }
        #expect(rows.count <= 1, "\(comment): \(rows)")
        if spoiling == .refused, !column.isReadByNobody {
            #expect(rows.count == 1, "\(comment): nobody is told")
        }
    }
}

/// Which row of a table is spoiled, by its key.
enum SpoiledRow: String {
    case first
    case last
}

/// What a table's checks said to a value before it was stored nevertheless.
enum Spoiling {
    case taken
    case refused
}

extension StoredColumn {
    /// Whether nobody reads a value that the checks refuse, or it is put right unread.
    fileprivate var isReadByNobody: Bool {
        table == "change" || table == "directoryName" || name == "shard"
            || [
                // A row that was deleted is not looked at, whenever that was.
                "category.deletedAt",
                // It is another user's then.
                "category.ownerID",
                // They are of a series' tasks, and two have a check together.
                "task.seriesID", "task.recurrenceID", "task.slotContactID",
                "taskTotal.total",
                // Who sends reminders looks at them, and what cannot be read counts as none.
                "reminder.attemptAt", "reminder.leasedUntil", "reminder.actorID",
                "location.remindsOfAll",
                // Read of a series that is set aside.
                "seriesClock.setAsideReason",
            ].contains(testDescription)
    }
}

extension Town {
    /// Changes a column of a row of the spoiled place behind the server's back.
    ///
    /// - Returns: What the checks say to it; nothing where there is no such row, or its key is
    ///   another's.
    fileprivate func spoil(
        _ column: StoredColumn,
        of row: SpoiledRow,
        to value: String
    ) async throws -> Spoiling? {
        let condition = column.isOfLocations ? "locationID = '\(Place.spoiled.location)'" : "1 = 1"
        let key = column.key.joined(separator: ", ")
        let order = column.key.map { row == .first ? $0 : "\($0) DESC" }.joined(separator: ", ")
        let count = SQLStatement("SELECT COUNT(*) FROM \(column.table) WHERE \(condition)")
        let update = """
            UPDATE \(column.table) SET \(column.name) = \(value)
            WHERE (\(key)) = (
                SELECT \(key) FROM \(column.table) WHERE \(condition) ORDER BY \(order) LIMIT 1
            )
            """
        let driver = database.store.driver
        let rowCount = try await driver.write { try $0.row(count, [:]) { row in try row.int(0) } }
        guard rowCount ?? 0 > 0 else { return nil }
        do {
            try await driver.write { try $0.execute(SQLStatement(update), [:]) }
            return .taken
        } catch SQLError.uniquenessViolated {
            return nil
        } catch SQLError.constraintViolated {
            try await driver.write { connection in
                try connection.execute(SQLStatement("PRAGMA ignore_check_constraints = ON"), [:])
                try connection.execute(SQLStatement("\(update) -- unchecked"), [:])
                try connection.execute(SQLStatement("PRAGMA ignore_check_constraints = OFF"), [:])
            }
            return .refused
        }
    }
}
