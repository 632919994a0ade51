import JSON
import Recurrence
import Tasks

/// The rows of one location, rebuilt from its log alone.
///
/// The log must say enough for this. Only of tasks that no person made it says no more than the
/// numbers; their rows are taken from the table when they are made.
struct Replica {
    var tasks: [Int64: ReplicaRow] = [:]
    var series: [Int64: ReplicaRow] = [:]
    var categories: [Int64: ReplicaRow] = [:]
    /// The last change number.
    var changeNumber: Int64 = 0

    /// What the last entries touched.
    var touched = Touched()

    struct Touched {
        var tasks: Set<Int64> = []
        var series: Set<Int64> = []
        var categories: Set<Int64> = []
        /// The kinds of the entries, in order.
        var kinds: [ChangeKind] = []
    }

    /// Takes up an entry of the log.
    ///
    /// - Parameters:
    ///   - entry: The entry, which must have the next number.
    ///   - made: The rows of the tasks that nobody made.
    /// - Throws: `Difference`.
    mutating func apply(_ entry: LogEntry, made: [Int64: ReplicaRow]) throws {
        guard entry.number == changeNumber + 1 else {
            throw Difference("change \(entry.number) follows change \(changeNumber)")
        }
        changeNumber = entry.number
        touched.kinds.append(entry.kind)
        for image in entry.images("series") {
            try apply(image, to: &series, ReplicaRow.series, base: nil, entry)
            touched.series.insert(image.id)
        }
        let changedSeries = Set(entry.images("series").map(\.id))
        for image in entry.images("tasks") {
            let base = image.after?["seriesID"].flatMap { seriesID -> ReplicaRow? in
                guard case .integer(let id) = seriesID, changedSeries.contains(id) else {
                    return nil
                }
                return series[id]?.rowOfTask(at: image.after?["recurrenceID"] ?? .null)
            }
            try apply(image, to: &tasks, ReplicaRow.task, base: base, entry)
            touched.tasks.insert(image.id)
        }
        for image in entry.images("categories") {
            try apply(image, to: &categories, ReplicaRow.category, base: nil, entry)
            if entry.kind == .deleted {
                let deletedAt = categories[image.id]?["modifiedAt"] ?? .null
                categories[image.id]?["deletedAt"] = deletedAt
            }
            touched.categories.insert(image.id)
        }
        for id in entry.numbers("removedFromTasks") { loseCategory(&tasks, id, entry) }
        for id in entry.numbers("removedFromSeries") { loseCategory(&series, id, entry) }
        touched.tasks.formUnion(entry.numbers("removedFromTasks"))
        touched.series.formUnion(entry.numbers("removedFromSeries"))
        for (id, row) in made {
            guard tasks[id] == nil else { throw Difference("task \(id) was made twice") }
            tasks[id] = row
            touched.tasks.insert(id)
        }
    }

    private func loseCategory(_ rows: inout [Int64: ReplicaRow], _ id: Int64, _ entry: LogEntry) {
        rows[id]?["categoryID"] = .null
        rows[id]?["modifiedAt"] = .integer(entry.changedAt)
    }

    private func apply(
        _ image: LogEntry.Image,
        to rows: inout [Int64: ReplicaRow],
        _ columns: ReplicaRow.Columns,
        base: ReplicaRow?,
        _ entry: LogEntry
    ) throws {
        var row: ReplicaRow
        if let before = image.before {
            guard let known = rows[image.id] else {
                throw Difference("change \(entry.number) changes \(image.id), which is unknown")
            }
            for member in before.members where known[member.name] != normal(member) {
                throw Difference(
                    "change \(entry.number) says \(member.name) of \(image.id) was "
                        + "\(member.value), not \(known[member.name])"
                )
            }
            row = known
        } else {
            guard rows[image.id] == nil else {
                throw Difference("change \(entry.number) makes \(image.id) again")
            }
            row = base ?? ReplicaRow(columns)
        }
        for member in image.after?.members ?? [] { row[member.name] = normal(member) }
        rows[image.id] = row
    }

    /// The value as the table has it.
    private func normal(_ member: JSONObject.Member) -> JSONValue {
        switch member.value {
        case .bool(let value): .integer(value ? 1 : 0)
        case .null where member.name == "slotContactID": .integer(0)
        default: member.value
        }
    }
}

/// The values of a row's columns.
struct ReplicaRow: Equatable {
    /// The columns of a table, in order.
    struct Columns: Sendable {
        let table: String
        let key: String
        let names: [String]
        let places: [String: Int]

        init(_ table: String, key: String, _ names: [String]) {
            self.table = table
            self.key = key
            self.names = names
            places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        }
    }

    let table: String
    private var values: [JSONValue]

    /// A row whose columns are null.
    init(_ columns: Columns) {
        table = columns.table
        values = Array(repeating: .null, count: columns.names.count)
        self["slotContactID"] = .integer(0)
    }

    init(_ columns: Columns, values: [JSONValue]) {
        table = columns.table
        self.values = values
    }

    /// A column's value; columns that the simulation does not know are ignored.
    subscript(name: String) -> JSONValue {
        get { columns.places[name].map { values[$0] } ?? .null }
        set { if let place = columns.places[name] { values[place] = newValue } }
    }

    func integer(_ name: String) -> Int64? {
        if case .integer(let value) = self[name] { value } else { nil }
    }

    func text(_ name: String) -> String? { self[name].string }

    var columns: Columns {
        switch table {
        case "task": Self.task
        case "series": Self.series
        default: Self.category
        }
    }

    /// The names of the columns in which two rows differ, with their values.
    func differences(from other: ReplicaRow) -> String {
        columns.names.filter { self[$0] != other[$0] }
            .map { "\($0) is \(self[$0]), not \(other[$0])" }.joined(separator: "; ")
    }

    /// Of a series' row: the row that a new task at a slot has unless the log says otherwise.
    func rowOfTask(at slot: JSONValue) -> ReplicaRow {
        var row = ReplicaRow(Self.task)
        for name in [
            "creatorID", "assigneeID", "contactID", "categoryID", "reminder", "isAllDay",
            "notifiesAssignee", "priority", "tags", "reminders", "timeZone", "createdAt",
            "modifiedAt",
        ] {
            row[name] = self[name]
        }
        row["dueLocal"] = slot
        row["dueAt"] = .integer(0)
        row["state"] = .integer(Int64(TaskState.open.rawValue))
        return row
    }

    static let task = Columns(
        "task",
        key: "taskID",
        [
            "seriesID", "recurrenceID", "slotContactID", "creatorID", "title", "body",
            "assigneeID", "contactID", "categoryID", "reminder", "isAllDay", "notifiesAssignee",
            "priority", "tags", "reminders", "dueAt", "dueLocal", "dueInSecondPass", "timeZone",
            "state", "completedAt", "completedByID", "skipReason", "createdAt", "modifiedAt",
        ]
    )

    static let series = Columns(
        "series",
        key: "seriesID",
        [
            "creatorID", "title", "body", "assigneeID", "contactID", "categoryID", "reminder",
            "isAllDay", "notifiesAssignee", "priority", "tags", "reminders", "startLocal",
            "startsInSecondPass", "timeZone",
            "ruleText", "dueSchedule", "catchUp", "whileOverdue", "isDeleted", "createdAt",
            "modifiedAt",
        ]
    )

    static let category = Columns(
        "category",
        key: "categoryID",
        ["name", "ownerID", "createdAt", "modifiedAt", "deletedAt"]
    )
}

/// A difference between what should be and what is: the simulation has found something.
struct Difference: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
