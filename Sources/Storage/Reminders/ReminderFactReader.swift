import Recurrence
import Tasks

/// Reads what reminders go by, each of it once in a transaction.
struct ReminderFactReader<Connection: SQLConnection> {
    let connection: Connection
    private let unreadableRows: UnreadableRows
    private var locations: [LocationID: LocationFacts] = [:]
    private var people: [DirectoryAddress: Person?] = [:]

    struct LocationFacts {
        var location: DirectoryLocation?
        var reminders: [Reminder]?
    }

    struct Person {
        var user: DirectoryUser
        var settings: ReminderSettings
    }

    init(_ connection: Connection, telling unreadableRows: UnreadableRows) {
        self.connection = connection
        self.unreadableRows = unreadableRows
    }

    private func transaction(in locationID: LocationID) -> LocationTransaction<Connection> {
        LocationTransaction(in: locationID, on: connection, telling: unreadableRows)
    }

    /// A location and what it says; it is not there where it was deleted or cannot be read.
    mutating func location(_ id: LocationID) throws -> LocationFacts {
        if let known = locations[id] { return known }
        var facts = LocationFacts()
        facts.location = try readable {
            let row = try LocationRow(id, from: connection)
            return row?.deletedAt == nil ? row?.location : nil
        }
        if facts.location != nil {
            facts.reminders = try readable {
                try connection.reminderSettings(of: nil, in: id)?.reminders
            }
        }
        locations[id] = facts
        return facts
    }

    mutating func person(_ id: Identifier<User>, in locationID: LocationID) throws -> Person? {
        let address = DirectoryAddress(locationID, id.rawValue)
        if let known = people[address] { return known }
        let zone = try location(locationID).location?.timeZone ?? "UTC"
        let person = try readable { () throws -> Person? in
            guard let row = try MemberRow(address, from: connection), row.deletedAt == nil,
                case .user(let user) = row.record(zone: zone, savedAt: nil),
                let settings = try connection.reminderSettings(of: id, in: locationID)
            else { return nil }
            return Person(user: user, settings: settings)
        }
        people[address] = .some(person)
        return person
    }

    /// What the reminders of a task go by.
    ///
    /// - Throws: `UnreadableRow` if the task cannot be read.
    mutating func facts(
        ofTask id: Identifier<TaskInstance>?,
        in locationID: LocationID,
        besides others: some Sequence<Identifier<User>>
    ) throws -> ReminderFacts {
        try facts(
            of: try id.flatMap { id in try transaction(in: locationID).entry(of: id)?.task },
            snoozedUntil: try id.map { try snoozes(of: $0, in: locationID) } ?? [:],
            in: locationID,
            besides: others
        )
    }

    /// What the reminders of a task go by that was read already.
    mutating func facts(
        of task: TaskInstance?,
        snoozedUntil: [Identifier<User>: Timestamp],
        in locationID: LocationID,
        besides others: some Sequence<Identifier<User>>
    ) throws -> ReminderFacts {
        var facts = ReminderFacts(in: locationID, task: task)
        facts.locationReminders = try location(locationID).reminders
        facts.snoozedUntil = snoozedUntil
        var userIDs = Set(others).union(facts.snoozedUntil.keys)
        if let userID = task?.remindedID { userIDs.insert(userID) }
        for userID in userIDs {
            guard let person = try person(userID, in: locationID) else { continue }
            facts.people[userID] = RemindedPerson(
                settings: person.settings,
                timeZone: person.user.timeZone
            )
        }
        return facts
    }

    mutating func contact(
        _ id: Identifier<Contact>?,
        in locationID: LocationID
    ) throws -> DirectoryContact? {
        guard let id else { return nil }
        return try readable {
            let address = DirectoryAddress(locationID, id.rawValue)
            guard let row = try ContactRow(address, from: connection), row.deletedAt == nil,
                case .contact(let contact) = row.record(zone: "UTC", savedAt: nil)
            else { return nil }
            return contact
        }
    }

    private func snoozes(
        of id: Identifier<TaskInstance>,
        in locationID: LocationID
    ) throws -> [Identifier<User>: Timestamp] {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(id.rawValue), for: "taskID")
        var snoozes: [Identifier<User>: Timestamp] = [:]
        try connection.query(ReminderStatements.snoozes, arguments) { row in
            do throws(UnreadableValue) {
                snoozes[try row.identifier(0)] = try row.timestamp(1)
            } catch {
                unreadableRows.note(
                    UnreadableRow(
                        error,
                        of: "snooze",
                        key: "\(locationID.rawValue)/\(id.rawValue)"
                    )
                )
            }
        }
        return snoozes
    }

    /// What a closure reads; nothing where a row cannot be read, which is told of.
    private func readable<Value>(_ read: () throws -> Value?) throws -> Value? {
        do { return try read() } catch let row as UnreadableRow {
            unreadableRows.note(row)
            return nil
        }
    }
}
