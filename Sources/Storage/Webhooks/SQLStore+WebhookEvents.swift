import JSON
import Recurrence
package import Tasks

extension SQLStore {
    package func events(for webhook: Webhook, limit: Int) async throws -> WebhookEventPage {
        try await scan(for: webhook.locationID) { connection in
            let transaction = self.transaction(in: webhook.locationID, on: connection)
            var reader = EventReader(transaction: transaction, webhook: webhook)
            return try reader.read(limit: limit)
        }
    }
}

/// Reads the next events of a webhook from its location's log.
private struct EventReader<Connection: SQLConnection> {
    /// How many entries are looked at for one page, wanted or not.
    private static var entryLimit: Int { 500 }

    let transaction: LocationTransaction<Connection>
    let webhook: Webhook
    private var page: WebhookEventPage

    init(transaction: LocationTransaction<Connection>, webhook: Webhook) {
        self.transaction = transaction
        self.webhook = webhook
        page = WebhookEventPage(end: webhook.progress.place)
    }

    mutating func read(limit: Int) throws -> WebhookEventPage {
        for _ in 0..<Self.entryLimit where page.events.count < limit {
            guard let entry = try entry(after: page.end.changeNumber) else {
                let last = try transaction.endOfFeed().changeNumber
                if last > page.end.changeNumber { throw FeedCut() }
                return page
            }
            guard entry.number == page.end.changeNumber + 1 else { throw FeedCut() }
            try add(entry, limit: limit)
        }
        page.hasMore = try entry(after: page.end.changeNumber) != nil
        return page
    }

    private func entry(
        after number: Int64
    ) throws -> (number: Int64, at: Timestamp, detail: String)? {
        var arguments = SQLArguments(in: transaction.locationID)
        arguments.append(.integer(number), for: "after")
        return try transaction.connection.row(
            WebhookStatements.nextChange,
            arguments,
            of: "change",
            key: "\(transaction.locationID.rawValue)/\(number + 1)"
        ) { row in (try row.int64(0), try row.timestamp(1), try row.text(2)) }
    }

    /// Adds the events of an entry, or as many as there is room for.
    private mutating func add(
        _ entry: (number: Int64, at: Timestamp, detail: String),
        limit: Int
    ) throws {
        let records: [ChangedSubject]
        do { records = try ChangedSubject.all(in: entry.detail) } catch {
            throw UnreadableRow(
                table: "change",
                key: "\(transaction.locationID.rawValue)/\(entry.number)",
                column: "detail",
                reason: "\(error)"
            )
        }
        let begin = min(page.end.recordCount, records.count)
        for (place, subject) in records.enumerated().dropFirst(begin) {
            if page.events.count >= limit { return }
            let isLast = place == records.count - 1
            page.end =
                isLast
                ? WebhookPlace(changeNumber: entry.number)
                : WebhookPlace(changeNumber: entry.number - 1, recordCount: place + 1)
            guard webhook.wants(subject.type), let record = try record(of: subject) else {
                continue
            }
            let event = WebhookEvent(
                locationID: transaction.locationID,
                changeNumber: entry.number,
                place: place,
                at: entry.at,
                type: subject.type,
                record: record
            )
            page.events.append((event, page.end))
        }
        page.end = WebhookPlace(changeNumber: entry.number)
    }

    /// The record as it is now; none if its row cannot be read, which concerns that record alone.
    private func record(of subject: ChangedSubject) throws -> WebhookRecord? {
        do {
            switch subject.kind {
            case .task:
                let id = Identifier<TaskInstance>(subject.number)
                return try transaction.entry(of: id).map { .task($0) } ?? .removedTask(id)
            case .series:
                let id = Identifier<RecurringTask>(subject.number)
                let entry = try transaction.seriesEntry(of: id).map(transaction.shown)
                return entry.map { .series($0) } ?? .removedSeries(id)
            }
        } catch let error as UnreadableRow {
            transaction.unreadableRows.note(error)
            return nil
        }
    }
}

/// A record that an entry of the log is about, and what became of it.
private struct ChangedSubject {
    enum Kind { case task, series }

    let kind: Kind
    let number: Int64
    let type: WebhookEventType

    /// Reads the records of an entry from its detail, in a fixed order.
    ///
    /// - Throws: `JSONSyntaxError` where it is no JSON.
    static func all(in detail: String) throws -> [ChangedSubject] {
        guard let members = try JSONValue(parsing: Array(detail.utf8)).object else { return [] }
        func items(_ name: String) -> [JSONValue] {
            if case .array(let items)? = members[name] { items } else { [] }
        }
        func subjects(
            _ name: String,
            _ kind: Kind,
            _ type: (JSONObject) -> WebhookEventType?
        ) -> [ChangedSubject] {
            items(name).compactMap { item in
                switch item {
                case .integer(let number):
                    type([:]).map { ChangedSubject(kind: kind, number: number, type: $0) }
                case .object(let object):
                    object["id"]?.integer.flatMap { number in
                        type(object).map { ChangedSubject(kind: kind, number: number, type: $0) }
                    }
                default: nil
                }
            }
        }
        return subjects("series", .series, typeOfSeries)
            + subjects("removedFromSeries", .series) { _ in .seriesChanged }
            + subjects("tasks", .task, typeOfTask)
            + subjects("made", .task) { _ in .taskCreated }
            + subjects("removedFromTasks", .task) { _ in .taskChanged }
            + subjects("removedSeries", .series) { _ in .seriesDeleted }
            + subjects("removedTasks", .task) { _ in .taskDeleted }
            + subjects("reminders", .task) { item in
                item["way"] == .string(ReminderWay.webhook.rawValue) ? .reminderDue : nil
            }
    }

    private static func typeOfSeries(_ item: JSONObject) -> WebhookEventType {
        guard item["before"] != nil else { return .seriesCreated }
        let after = item["after"]?.object
        return after?["isDeleted"] == .bool(true) ? .seriesDeleted : .seriesChanged
    }

    private static func typeOfTask(_ item: JSONObject) -> WebhookEventType {
        guard item["before"] != nil else { return .taskCreated }
        let after = item["after"]?.object
        guard let number = after?["state"]?.integer,
            let state = TaskState(rawValue: Int(clamping: number))
        else { return .taskChanged }
        switch state {
        case .open: return .taskReopened
        case .completed: return .taskCompleted
        case .deleted:
            let reason = after?["skipReason"]
            return reason == nil || reason == .null ? .taskDeleted : .taskSkipped
        }
    }
}

extension JSONValue {
    fileprivate var integer: Int64? {
        if case .integer(let integer) = self { integer } else { nil }
    }
}
