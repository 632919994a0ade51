import HTTPServing
import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/tasks/{id}/history`, `/series/{id}/history` and `/changes/{number}/undo`: what was done, and how
/// it is put back.
struct HistoryRecords<
    Store: BrowsingStore & HistoryStore & TaskStore,
    Zones: ZoneSource
>: Sendable {
    let store: Store
    let records: TaskRecords<Store, Zones>

    /// Answers with the changes of a task, the oldest first; a computed one has none.
    func ofTask(_ call: APICall, _ text: String) async throws -> Response {
        try call.expectNoParameters()
        let entry = try await records.task(at: TaskAddress(text), call)
        let history = try await store.history(
            ofTask: entry.task.id,
            seenBy: call.viewer,
            in: call.locationID
        )
        return response(history ?? []) { _, _ in }
    }

    /// Answers with the changes of a series, the oldest first.
    func ofSeries(_ call: APICall, _ text: String) async throws -> Response {
        try call.expectNoParameters()
        guard let id = Identifier<RecurringTask>(written: text) else { throw Problem.noRecord }
        let history = try await store.history(
            ofSeries: id,
            seenBy: call.viewer,
            in: call.locationID
        )
        guard let history else { throw Problem.noRecord }
        return response(history) { json, entry in json.write("taskCount", count: entry.taskCount) }
    }

    /// Puts back what a change changed.
    func undo(_ call: APICall, _ text: String) async throws -> Response {
        var parameters = try call.parameters()
        let isForced = parameters.flag("force") ?? false
        let isTrial = parameters.flag("dryRun") ?? false
        try parameters.finish()
        try MemberReader(try await call.body()).finish()
        guard let number = Identifier<ChangeHeading>(digits: text)?.rawValue else {
            throw Problem.noRecord
        }
        let outcome: UndoOutcome?
        do throws(any Error) {
            outcome = try await store.undo(
                number,
                forcing: isForced,
                isTrial: isTrial,
                seenBy: call.viewer,
                by: call.actor,
                at: call.now,
                tellingOfReminders: records.zones
            )
        } catch let refusal as UndoRefusal {
            throw Problem(refusal)
        }
        guard let outcome else { throw Problem.noRecord }
        var json = JSONWriter()
        json.beginObject()
        json.name("undone")
        json.write(number)
        json.name("effect")
        json.write(outcome.effect)
        json.name("changeNumber")
        if let number = outcome.changeNumber { json.write(number) } else { json.writeNull() }
        json.endObject()
        return .json(json.bytes)
    }

    private func response(
        _ history: [HistoryEntry],
        _ writeMembers: (inout JSONWriter, HistoryEntry) -> Void
    ) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.name("changes")
        json.beginArray()
        for entry in history {
            json.beginObject()
            json.writeMembers(of: entry.heading)
            json.write("before", image: entry.before)
            json.write("after", image: entry.after)
            writeMembers(&json, entry)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return .json(json.bytes)
    }
}

extension Problem {
    fileprivate init(_ refusal: UndoRefusal) {
        switch refusal {
        case .changedSince(let changes):
            self.init(
                .conflict,
                "What it changed was changed since; `changes` are those changes. "
                    + "With `force=true` it is put back nevertheless."
            )
            var json = JSONWriter()
            json.beginArray()
            for change in changes {
                json.beginObject()
                json.writeMembers(of: change)
                json.endObject()
            }
            json.endArray()
            members["changes"] = try? JSONValue(parsing: json.bytes)
        case .cannotBePutBack:
            self.init(.conflict, "What it changed is not there any more, or its place is taken.")
        case .notReversible:
            self.init(.conflict, "It is no change of tasks and series that somebody made.")
        }
    }
}

extension JSONWriter {
    mutating func writeMembers(of heading: ChangeHeading) {
        name("number")
        write(heading.number)
        write("at", heading.at)
        write("actorId", heading.actorID)
        write("door", heading.door?.word)
        write("kind", heading.kind.word)
        name("undoes")
        if let number = heading.undoneNumber { write(number) } else { writeNull() }
    }

    /// Writes the members of a record that a change concerned, as they were before or after it.
    fileprivate mutating func write(_ name: StaticString, image: [String: LoggedValue]?) {
        self.name(name)
        guard let image else { return writeNull() }
        beginObject()
        for (column, member) in LoggedMember.all {
            guard let value = image[column] else { continue }
            member.write(value, image, to: &self)
        }
        endObject()
    }
}

/// How a column of the log is shown.
private enum LoggedMember {
    case id(StaticString)
    case text(StaticString)
    case number(StaticString)
    case flag(StaticString)
    case instant(StaticString)
    case local(StaticString)
    case state
    case tags
    case reminders

    static let all: [(String, LoggedMember)] = [
        ("seriesID", .id("seriesId")), ("recurrenceID", .local("slot")), ("title", .text("title")),
        ("body", .text("body")), ("state", .state), ("dueAt", .instant("dueAt")),
        ("dueLocal", .local("dueLocal")), ("startLocal", .local("start")),
        ("timeZone", .text("timeZone")), ("ruleText", .text("rule")),
        ("isAllDay", .flag("isAllDay")), ("creatorID", .id("creatorId")),
        ("assigneeID", .id("assigneeId")), ("contactID", .id("contactId")),
        ("categoryID", .id("categoryId")), ("priority", .number("priority")), ("tags", .tags),
        ("reminders", .reminders), ("completedAt", .instant("completedAt")),
        ("completedByID", .id("completedById")), ("skipReason", .text("skipReason")),
        ("isDeleted", .flag("isDeleted")),
    ]

    func write(_ value: LoggedValue, _ image: [String: LoggedValue], to json: inout JSONWriter) {
        switch (self, value) {
        case (.id(let name), .integer(let number)): json.write(name, "\(number)")
        case (.text(let name), .text(let text)): json.write(name, text)
        case (.number(let name), .integer(let number)):
            json.name(name)
            json.write(number)
        case (.number(let name), _): json.write(name, count: 0)
        case (.flag(let name), .integer(let number)): json.write(name, number != 0)
        case (.instant(let name), .integer(let number)):
            json.write(name, Timestamp(microseconds: number))
        case (.local(let name), .integer(let number)):
            json.write(name, LocalDateTime(secondsSince1970: number))
        case (.state, .integer(let number)):
            let state = TaskState(rawValue: Int(truncatingIfNeeded: number))
            let isSkipped = image["skipReason"].map { $0 != .null } ?? false
            json.write("state", isSkipped ? "skipped" : state?.written)
        case (.tags, let value):
            if case .text(let text) = value {
                json.write("tags", text.split(separator: "\n").map(String.init))
            } else {
                json.write("tags", [])
            }
        case (.reminders, .text(let text)):
            json.write(text.split(separator: "\n").compactMap { Reminder(parsing: $0) })
        case (.reminders, _): json.write([Reminder]?.none)
        case (.id(let name), _), (.text(let name), _), (.flag(let name), _),
            (.instant(let name), _), (.local(let name), _):
            json.name(name)
            json.writeNull()
        case (.state, _): json.write("state", String?.none)
        }
    }
}
