import DatabaseTestSupport
import Foundation
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// What a zone's new table does to real rows.
@Suite
struct RetimingStoreTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test
    func `tasks that move are one entry of the log, and a second pass adds none`() async throws {
        let world = try await TaskWorld(in: folder)
        var done = TaskInstance.inTown(4, day: 4)
        done.state = .completed
        try await world.add([1, 2, 3].map { .inTown($0, day: $0) } + [done])
        let before = try await world.log().count
        for _ in 1...2 {
            let outcome = try await world.retime(toClocksOf: "America/Chicago", at: .day(2))
            #expect(outcome.failure == nil)
        }
        #expect(try await world.log().count == before + 1)
        #expect(try await world.log().last?.hasSuffix(" - 2") == true)
        let changed = try await world.rows(
            TestEngine.isSQLite
                ? """
                SELECT json_extract(value, '$.id') || ': ' || json_extract(value, '$.before.dueAt')
                    || ' to ' || json_extract(value, '$.after.dueAt')
                FROM change, json_each(change.detail, '$.tasks')
                WHERE changeNumber = (SELECT MAX(changeNumber) FROM change) ORDER BY 1
                """
                : """
                SELECT (value->>'id') || ': ' || (value->'before'->>'dueAt')
                    || ' to ' || (value->'after'->>'dueAt')
                FROM change, json_array_elements(CAST(change.detail AS json)->'tasks') AS value
                WHERE changeNumber = (SELECT MAX(changeNumber) FROM change) ORDER BY 1
                """,
            columnCount: 1
        )
        // The first and the second are due by now.
        #expect(changed == ["3: 1704294000000000 to 1704297600000000"])
        #expect(try await world.task(3)?.task.modifiedAt == .day(2))
        #expect(try await world.task(4)?.task.due == done.due)
    }

    @Test
    func `a pass works through more tasks than it reads at once`() async throws {
        let world = try await TaskWorld(in: folder)
        try await world.add((1...1_100).map { .inTown($0, day: 3 + $0 % 20) })
        let outcome = try await world.retime(toClocksOf: "America/Chicago", at: .day(2))
        #expect(outcome.count == RetimingCount(tasks: 1_100))
        // About fifty at a time.
        #expect((23...25).contains(try await world.log().count))
    }

    @Test
    func `a series that cannot be read holds up no other`() async throws {
        let world = try await TaskWorld(in: folder)
        var ids: [Int64] = []
        for _ in 1...3 {
            let recurrence = DueRecurrence(
                start: WallClockTime(at: .day(1), in: try .town(withClocksOf: "America/New_York")),
                rule: try SeriesRule(parsing: "FREQ=DAILY"),
                dueAfter: 600,
                dueZone: .utc
            )
            let entry = try await SeriesCommands(
                store: world.store,
                zones: Town(clocks: "America/New_York")
            ).create(
                TaskWorld.draft(recurrence: recurrence),
                by: TaskWorld.token,
                at: .day(1)
            )
            ids.append(entry.series.id.rawValue)
        }
        let spoiled = ids[1]
        _ = try await world.store.write { connection in
            try connection.execute(
                SQLStatement("UPDATE series SET ruleText = 'FREQ=NEVER' WHERE seriesID = :id"),
                ["id": .integer(spoiled)]
            )
        }
        let outcome = try await world.retime(toClocksOf: "America/Chicago", at: .day(1))
        #expect(outcome.count == RetimingCount(series: 2))
        #expect(outcome.failure != nil)
        let fires = try await world.rows(
            "SELECT seriesID || ': ' || fireAt FROM seriesClock ORDER BY seriesID",
            columnCount: 1
        )
        let hour = Timestamp.day(2).advanced(by: .seconds(3600)).microseconds
        #expect(
            fires == [
                "\(ids[0]): \(hour)", "\(spoiled): \(Timestamp.day(2).microseconds)",
                "\(ids[2]): \(hour)",
            ]
        )
    }

    @Test
    func `a location that takes no changes holds up no other`() async throws {
        let world = try await TaskWorld(in: folder)
        try await world.add([.inTown(1, day: 3)])
        try await world.add([.inTown(1, day: 3)], in: TaskWorld.other)
        _ = try await world.store.write { connection in
            try connection.execute(
                SQLStatement(
                    "UPDATE location SET deletedAt = 0 WHERE locationID = :id"
                ),
                ["id": .text(TaskWorld.acme.rawValue)]
            )
        }
        let failed = try await world.retime(toClocksOf: "America/Chicago", at: .day(2))
        #expect(failed.count == RetimingCount())
        #expect(failed.failure != nil)
        let moved = try await world.retime(
            toClocksOf: "America/Chicago",
            at: .day(2),
            in: TaskWorld.other
        )
        #expect(moved.count == RetimingCount(tasks: 1))
    }

    @Test(.onSQLite)
    func `a database that was not closed knows nothing of its zones`() async throws {
        let world = try await TaskWorld(in: folder)
        try await world.store.note(zoneDigests: ["Test/Town": 7])
        let copy = try TemporaryFolder()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: folder.database + suffix,
                toPath: copy.database + suffix
            )
        }
        await world.store.close()
        let closed = try await TestStore.forTest(in: folder)
        #expect(try await closed.zoneDigests() == ["Test/Town": 7])
        await closed.close()
        let crashed = try await TestStore.forTest(in: copy)
        #expect(try await crashed.zoneDigests().isEmpty)
        await crashed.close()
    }

    @Test(.onSQLite)
    func `a pass reads only tasks that are to come`() async throws {
        let world = try await TaskWorld(in: folder)
        var arguments = SQLArguments(in: TaskWorld.acme)
        for name in ["dueAt", "taskID", "limit"] { arguments.append(.integer(1), for: name) }
        let plan = try await world.store.read { [arguments] connection in
            try connection.rows(
                SQLStatement(
                    dynamic: "EXPLAIN QUERY PLAN " + RetimingStatements.openTasks.text
                ),
                arguments
            ) { row in try row.text(3) }
        }
        #expect(
            plan == [
                """
                SEARCH task USING INDEX taskOfLocationByDue \
                (shard=? AND locationID=? AND (dueAt,taskID)>(?,?))
                """
            ]
        )
    }
}

/// Knows the zone of a town, with the clocks of another one, and UTC.
private struct Town: ZoneSource {
    let clocks: String

    func zone(named identifier: String) throws(UnknownZone) -> Zone {
        if identifier == "UTC" { return .utc }
        guard identifier == "Test/Town", let zone = try? Zone.town(withClocksOf: clocks) else {
            throw UnknownZone(identifier: identifier)
        }
        return zone
    }
}

extension Zone {
    fileprivate static func town(withClocksOf name: String) throws -> Zone {
        let bytes = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)"))
        return try Zone(identifier: "Test/Town", tzif: Array(bytes))
    }
}

extension Timestamp {
    /// Ten o'clock in New York on a day of January 2024.
    fileprivate static func day(_ day: Int64) -> Timestamp {
        TaskWorld.time(day: day, hour: 15)
    }
}

extension TaskInstance {
    /// A single task that is due at ten on a day of January 2024, by the clocks of New York.
    fileprivate static func inTown(_ id: Int64, day: Int64) -> TaskInstance {
        var task = single(id)
        let ten = Zone.utc.localDateTime(at: TaskWorld.time(day: day, hour: 10))
        task.due = DueTime(local: ten, timeZone: "Test/Town", timestamp: .day(day))
        return task
    }
}

extension TaskWorld {
    fileprivate func retime(
        toClocksOf name: String,
        at now: Timestamp,
        in locationID: LocationID = acme
    ) async throws -> RetimingCommands<TestStore, Town>.Outcome {
        try await RetimingCommands(store: store, zones: Town(clocks: name))
            .retime(locationID, concerning: nil, at: now)
    }
}
