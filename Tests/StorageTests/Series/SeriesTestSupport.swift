import DatabaseTestSupport
import Recurrence
import Synchronization
import SystemZones
import Tasks
import TestSupport

@testable import Storage

extension TaskWorld {
    /// A location's own token, which has no user.
    static let token = Actor(locationID: acme, userID: nil)

    var series: SeriesCommands<TestStore, SystemZones> {
        SeriesCommands(store: store, zones: SystemZones())
    }

    var due: FiringCommands<TestStore, SystemZones> {
        FiringCommands(store: store, zones: SystemZones())
    }

    /// Nine o'clock, or another hour, on a day of January 2024 in UTC.
    static func time(day: Int64, hour: Int64 = 9) -> Timestamp {
        Timestamp(seconds: 1_704_067_200 + (day - 1) * 86_400 + hour * 3600)
    }

    /// A schedule that begins at nine on a day of January 2024.
    static func recurrence(
        _ rule: String = "FREQ=DAILY",
        from day: Int64 = 1,
        whileOverdue: WhileOverdue = .create
    ) throws -> DueRecurrence {
        DueRecurrence(
            start: WallClockTime(at: time(day: day), in: .utc),
            rule: try SeriesRule(parsing: rule),
            dueAfter: 600,
            dueZone: .utc,
            whileOverdue: whileOverdue,
            wording: #"{"interval":1,"said":"é\u0000"}"#
        )
    }

    static func draft(
        _ title: String = "Call",
        contacts: [Int64] = [],
        owners: [Int64] = [],
        recurrence: DueRecurrence
    ) -> SeriesDraft {
        SeriesDraft(
            title: title,
            body: "By phone",
            contactIDs: contacts.map { Identifier($0) },
            ownerIDs: owners.map { Identifier($0) },
            recurrence: recurrence
        )
    }

    /// Takes turns until nothing is due, and returns how many tasks they made.
    @discardableResult
    func takeTurns(at now: Timestamp) async throws -> Int {
        var count = 0
        while let turn = try await due.takeTurn(at: now) { count += turn.taskCount }
        return count
    }

    /// The tasks of series by slot and contact, each with its state, such as `day 2 for 1: 3`.
    func slots() async throws -> [String] {
        try await rows(
            """
            SELECT 'day ' || ((recurrenceID - 1704067200) / 86400 + 1) || ' for '
                || slotContactID || ': ' || state
            FROM task WHERE seriesID IS NOT NULL ORDER BY recurrenceID, slotContactID, taskID
            """,
            columnCount: 1
        )
    }

    /// The entries of the log: number, actor, kind.
    func log() async throws -> [String] {
        try await rows(
            """
            SELECT changeNumber || ' ' || COALESCE(CAST(actorID AS text), '-') || ' ' || kind
            FROM change ORDER BY locationID, changeNumber
            """,
            columnCount: 1
        )
    }

    func delete(contact id: Int64) async throws {
        _ = try await store.write { connection in
            try connection.execute(
                SQLStatement("UPDATE contact SET deletedAt = 1 WHERE contactID = :id"),
                ["id": .integer(id)]
            )
        }
    }
}

/// A flag that a closure sets.
final class Flag: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }

    func set(_ value: Bool) {
        state.withLock { $0 = value }
    }
}
