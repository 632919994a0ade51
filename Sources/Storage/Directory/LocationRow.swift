import Recurrence
import Tasks

/// A location as it is stored.
struct LocationRow: Equatable {
    var id: LocationID
    var name: String
    var timeZone: String
    var requiresMatch = false
    var reminders: [Reminder]?
    var deletedAt: Timestamp?

    /// Creates the row of a new location from the fields that it needs.
    ///
    /// - Throws: ``DirectoryRefusal``.
    init(creating update: LocationUpdate, at place: DirectoryPlace) throws {
        guard let name = update.name else { throw place.refusal(.name, .missing) }
        self.init(id: update.id, name: name, timeZone: "UTC", deletedAt: nil)
    }

    private init(
        id: LocationID,
        name: String,
        timeZone: String,
        requiresMatch: Bool = false,
        reminders: [Reminder]? = nil,
        deletedAt: Timestamp?
    ) {
        self.id = id
        self.name = name
        self.timeZone = timeZone
        self.requiresMatch = requiresMatch
        self.reminders = reminders
        self.deletedAt = deletedAt
    }

    /// Reads the row of a location.
    init?(_ id: LocationID, from connection: some SQLConnection) throws {
        let row = try connection.row(
            Self.select,
            ["shard": .integer(id.shard), "locationID": .text(id.rawValue)],
            of: "location",
            key: id.rawValue
        ) { row in
            LocationRow(
                id: id,
                name: try row.text(0, lengths: .names),
                timeZone: try row.zoneName(1),
                requiresMatch: try row.optionalFlag(3),
                reminders: try row.reminders(4),
                deletedAt: try row.optionalTimestamp(2)
            )
        }
        guard let row else { return nil }
        self = row
    }

    /// The location as it is shown.
    var record: DirectoryRecord { .location(location) }

    var location: DirectoryLocation {
        DirectoryLocation(
            id: id,
            name: name,
            timeZone: timeZone,
            requiresMatch: requiresMatch,
            reminders: reminders
        )
    }

    /// Changes the fields that the update names, except ``deletedAt``.
    mutating func apply(_ update: LocationUpdate) {
        name = update.name ?? name
        timeZone = update.timeZone ?? timeZone
        requiresMatch = update.requiresMatch ?? requiresMatch
        reminders = update.reminders.applied(to: reminders)
    }

    /// Writes the row, and has reminders planned anew that go by what is another now.
    func save(
        replacing old: LocationRow?,
        to connection: some SQLConnection,
        at now: Timestamp
    ) throws {
        try connection.execute(
            Self.upsert,
            [
                "shard": .integer(id.shard),
                "locationID": .text(id.rawValue),
                "name": .text(name),
                "timeZone": .text(timeZone),
                "requiresMatch": .integer(orNull: requiresMatch ? 1 : nil),
                "reminders": .text(orNull: Reminder.stored(reminders)),
                "deletedAt": .integer(orNull: deletedAt?.microseconds),
            ]
        )
        if old?.reminders != reminders || old.map({ $0.timeZone != timeZone }) ?? false {
            try connection.noteReminderWork(since: now, in: id)
        }
    }

    private static let select = SQLStatement(
        """
        SELECT name, timeZone, deletedAt, requiresMatch, reminders FROM location
        WHERE shard = :shard AND locationID = :locationID
        """
    )
    private static let upsert = SQLStatement(
        """
        INSERT INTO location (
            shard, locationID, name, timeZone, changeNumber, requiresMatch, reminders, deletedAt
        ) VALUES (
            :shard, :locationID, :name, :timeZone, 0, :requiresMatch, :reminders, :deletedAt
        )
        ON CONFLICT (shard, locationID) DO UPDATE SET
            name = excluded.name, timeZone = excluded.timeZone,
            requiresMatch = excluded.requiresMatch, reminders = excluded.reminders,
            deletedAt = excluded.deletedAt
        """
    )
}
