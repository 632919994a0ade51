package import Recurrence
package import Tasks

extension SQLStore: HistoryStore {
    @specialized(where Driver == SQLiteDatabase)
    package func history(
        ofTask id: Identifier<TaskInstance>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> [HistoryEntry]? {
        try await scan(for: locationID) { connection in
            let transaction = self.transaction(in: locationID, on: connection)
            guard let entry = try transaction.entry(of: id, seenBy: viewer) else { return nil }
            var reader = TaskHistoryReader(transaction: transaction, id: id.rawValue)
            return try reader.read(from: entry.task.originID)
        }
    }

    @specialized(where Driver == SQLiteDatabase)
    package func history(
        ofSeries id: Identifier<RecurringTask>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> [HistoryEntry]? {
        let statement = SeriesStatements.isThere(seenBy: viewer)
        var arguments = SQLArguments(in: locationID, seenBy: viewer)
        arguments.append(.integer(id.rawValue), for: "seriesID")
        return try await scan(for: locationID) { [arguments] connection in
            let isSeen = try connection.row(statement, arguments) { _ in true } ?? false
            guard isSeen else { return nil }
            let transaction = self.transaction(in: locationID, on: connection)
            let entries = try transaction.loggedEntries(
                ofOrigin: id.rawValue,
                before: .max,
                limit: HistoryLimit.entries
            )
            return entries.reversed().map { entry in
                let record = entry.detail.series.first { $0.id == id.rawValue }
                return HistoryEntry(
                    heading: entry.heading,
                    before: record?.before?.logged,
                    after: record?.after?.logged,
                    taskCount: entry.detail.tasks.count
                )
            }
        }
    }

    @specialized(where Driver == SQLiteDatabase)
    package func undo(
        _ number: Int64,
        forcing isForced: Bool,
        isTrial: Bool,
        seenBy viewer: Viewer,
        by actor: Actor,
        at now: Timestamp,
        tellingOfReminders zones: (any ZoneSource)?
    ) async throws -> UndoOutcome? {
        try await change(
            in: actor.locationID,
            at: now,
            trying: isTrial,
            remembering: .undoing
        ) { transaction, _ in
            guard let entry = try transaction.loggedEntry(number) else { return (nil, nil) }
            let tasks = try transaction.tasks(numbered: entry.detail.tasks.map(\.id))
            guard try transaction.sees(entry.detail, tasks, viewer) else { return (nil, nil) }
            guard entry.heading.kind != .materialized, entry.detail.isWhole else {
                throw UndoRefusal.notReversible
            }
            var planner = UndoPlanner(
                undoing: number,
                knowing: tasks,
                in: transaction,
                at: now
            )
            try planner.undo(entry.detail)
            let laterChanges = try transaction.changes(after: number, of: planner.changedIDs)
            if planner.isImpossible {
                if laterChanges.isEmpty || isForced { throw UndoRefusal.cannotBePutBack }
                throw UndoRefusal.changedSince(laterChanges)
            }
            if !isForced, !planner.changedIDs.isEmpty {
                throw UndoRefusal.changedSince(laterChanges)
            }
            let applied = try transaction.apply(
                planner.plan,
                by: actor,
                at: now,
                tellingOfReminders: zones
            )
            let outcome = UndoOutcome(
                effect: ChangeEffect(
                    of: planner.plan,
                    reaching: 0,
                    reminding: applied.reminders
                ),
                changeNumber: isTrial ? nil : applied.changeNumber
            )
            return (outcome, planner.plan)
        }
    }
}

private enum HistoryLimit {
    /// How many entries of the log are read for one history.
    static let entries = 500
}

/// Reads the history of a task from its last change to its first.
private struct TaskHistoryReader<Connection: SQLConnection> {
    let transaction: LocationTransaction<Connection>
    let id: Int64
    private var history: [HistoryEntry] = []
    private var readCount = 0

    init(transaction: LocationTransaction<Connection>, id: Int64) {
        self.transaction = transaction
        self.id = id
    }

    /// Follows the task from one origin to the one before, wherever a change moved it.
    mutating func read(from origin: Int64) throws -> [HistoryEntry] {
        var origin: Int64? = origin
        var number = Int64.max
        while let present = origin, readCount < HistoryLimit.entries {
            origin = nil
            let entries = try transaction.loggedEntries(
                ofOrigin: present,
                before: number,
                limit: HistoryLimit.entries - readCount
            )
            for entry in entries {
                readCount += 1
                number = entry.heading.number
                guard let record = entry.detail.tasks.first(where: { $0.id == id }) else {
                    continue
                }
                history.append(
                    HistoryEntry(
                        heading: entry.heading,
                        before: record.before?.logged,
                        after: record.after?.logged
                    )
                )
                guard let former = record.before?["seriesID"] else { continue }
                if case .integer(let seriesID) = former { origin = seriesID } else { origin = id }
                break
            }
        }
        return history.reversed()
    }
}

extension [String: SQLValue] {
    fileprivate var logged: [String: LoggedValue] {
        mapValues { value in
            switch value {
            case .integer(let number): .integer(number)
            case .text(let text): .text(text)
            case .null, .blob: .null
            }
        }
    }
}

extension SQLValue {
    fileprivate var integer: Int64? {
        if case .integer(let integer) = self { integer } else { nil }
    }
}

extension EffectMemory where Value == UndoOutcome? {
    fileprivate static var undoing: EffectMemory {
        EffectMemory(
            note: { outcome in
                outcome.map { EffectNote(recordID: 0, changeNumber: $0.changeNumber) }
            },
            recall: { note, _ in
                UndoOutcome(
                    effect: ChangeEffect(of: ChangePlan(.updated), reaching: 0),
                    changeNumber: note.changeNumber
                )
            }
        )
    }
}

extension LocationTransaction {
    /// Whether a viewer sees all records of a change that are there, of which these are the tasks.
    fileprivate func sees(
        _ detail: LoggedDetail,
        _ tasks: [Identifier<TaskInstance>: TaskInstance],
        _ viewer: Viewer
    ) throws -> Bool {
        if case .wholeLocation = viewer { return true }
        let colleagues = try colleagues(of: viewer)
        for record in detail.tasks {
            let (creatorID, assigneeID): (Int64?, Int64?)
            if record.after == nil {
                creatorID = record.before?["creatorID"]?.integer
                assigneeID = record.before?["assigneeID"]?.integer
            } else if let task = tasks[Identifier(record.id)] {
                creatorID = task.creatorID?.rawValue
                assigneeID = task.template.assigneeID?.rawValue
            } else {
                continue
            }
            if !viewer.sees(creatorID: creatorID, assigneeID: assigneeID, among: colleagues) {
                return false
            }
        }
        for record in detail.series where record.after != nil {
            var arguments = SQLArguments(in: locationID, seenBy: viewer)
            arguments.append(.integer(record.id), for: "seriesID")
            guard let series = try series(Identifier(record.id)), !series.isDeleted else {
                continue
            }
            let statement = SeriesStatements.isThere(seenBy: viewer)
            let isSeen = try connection.row(statement, arguments) { _ in true } ?? false
            if !isSeen { return false }
        }
        return true
    }

    /// The changes after a number that concern records, the first first, without those that were
    /// undone.
    fileprivate func changes(after number: Int64, of ids: Set<Int64>) throws -> [ChangeHeading] {
        var found: [Int64: ChangeHeading] = [:]
        var undone: Set<Int64> = []
        for id in ids.prefix(20) {
            let origin = try entry(of: Identifier(id))?.task.originID ?? id
            let entries = try loggedEntries(ofOrigin: origin, before: .max, limit: 100)
            for entry in entries where entry.heading.number > number {
                if undone.contains(entry.heading.number) { continue }
                if let former = entry.heading.undoneNumber, former > number {
                    undone.insert(former)
                    continue
                }
                let records = entry.detail.tasks + entry.detail.series
                guard records.contains(where: { $0.id == id }) else { continue }
                found[entry.heading.number] = entry.heading
            }
        }
        return found.values.sorted { $0.number < $1.number }
    }
}
