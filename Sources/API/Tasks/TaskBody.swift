import JSON
import Recurrence
import Tasks

/// What a body is to create.
enum DraftKind {
    /// A task, or a series that begins with it.
    case task
    case series
}

/// Reads the fields of a task from a body.
struct TaskFieldReader<Zones: ZoneSource> {
    static var titleLength: ClosedRange<Int> { 1...2000 }
    /// Characters, and bytes, of the longest body.
    static var bodyLength: Int { 65_535 }

    let zones: Zones
    let now: Timestamp
    /// The zone of a time that is given without one.
    let zone: Zone
    /// The language of words that are given without one.
    let language: Language

    init(zones: Zones, zone: Zone, for call: APICall) {
        self.zones = zones
        self.zone = zone
        now = call.now
        language = call.language
    }

    /// Reads a due time: `due`, a local time with a zone, or `dueAt`, an instant.
    func due(from reader: inout MemberReader) -> Given<WallClockTime> {
        let due = reader.object("due") { reader -> WallClockTime? in
            let local = reader.localTime("local")
            let zone = reader.zone("timeZone", from: zones).value ?? zone
            reader.require("local")
            return local.value.map { WallClockTime(local: $0, zone: zone) }
        }
        let dueAt = reader.instant("dueAt")
        if reader.has("due"), reader.has("dueAt") {
            reader.note("dueAt", "stands beside `due`: say it in one way")
            return .absent
        }
        let time = dueAt.value.map { WallClockTime(at: $0, in: zone) } ?? due.value
        guard let time else { return due }
        if time.isWithinCalendar { return .value(time) }
        reader.note(
            reader.has("due") ? "due" : "dueAt",
            "is beyond the years 1 to 9999 in \(time.zone.identifier) or in UTC"
        )
        return .absent
    }

    /// Reads what a new task says.
    ///
    /// - Returns: Nothing if there is a fault, which the reader has noted.
    func draft(
        of kind: DraftKind,
        from reader: inout MemberReader,
        by userID: Identifier<User>?
    ) -> TaskDraft? {
        let title = reader.text("title", lengths: Self.titleLength).value
        reader.require("title")
        let body = body(from: &reader).value
        let isAllDay = reader.flag("isAllDay").value
        let assignee: Given<Identifier<User>> = reader.identifier("assigneeId")
        let contact: Given<Identifier<Contact>> = reader.identifier("contactId")
        let category: Given<Identifier<Tasks.Category>> = reader.identifier("categoryId")
        let priority = priority(from: &reader).value
        let tags = tags(from: &reader).value
        let reminders = reader.reminders().value
        let due = due(from: &reader)
        let language = reader.language("locale", else: language)
        let recurrences = RecurrenceReader(
            zones: zones,
            zone: zone,
            now: now,
            standardStart: due.value
        )
        let recurrence = reader.object("recurrence") { reader in
            if due != .absent, reader.has("start") {
                reader.note("start", "stands beside the task's due time: say it in one way")
            }
            return recurrences.read(from: &reader, language: language)
        }
        var policies = PolicyReader(&reader)
        if policies.saysAnything, !reader.has("recurrence") {
            reader.note("recurrence", "is required where policies of a series are said")
        }
        if let said = recurrence.value { policies.take(said, &reader) }
        let saysWhen = ["due", "dueAt", "recurrence"].contains { reader.has($0) }
        switch kind {
        case .series: reader.require("recurrence")
        case .task: if !saysWhen { reader.note("due", "is required, or `dueAt` or `recurrence`") }
        }
        guard let title, let start = recurrence.value?.start ?? due.value else { return nil }
        var draft = TaskDraft(
            template: TaskTemplate(
                title: title,
                body: body ?? "",
                // Who says nothing of an assignee means to do it.
                assigneeID: assignee.edit.applied(to: userID),
                contactID: contact.value,
                categoryID: category.value,
                isAllDay: isAllDay ?? recurrence.value?.isAllDay ?? false,
                priority: priority.map { Int($0) } ?? 0,
                tags: tags ?? [],
                reminders: reminders
            ),
            due: start,
            rule: recurrence.value?.rule
        )
        if draft.rule != nil { policies.revision.apply(to: &draft) }
        return draft
    }

    /// Reads what a merge patch changes (RFC 7396).
    ///
    /// - Parameters:
    ///   - reader: The reader of the body.
    ///   - entry: The task as it was when the request came.
    ///   - extent: How much of its series is to change.
    /// - Returns: The changes, without those that have a fault.
    func edit(
        from reader: inout MemberReader,
        of entry: TaskEntry,
        _ extent: Extent
    ) -> TaskEdit {
        var edit = templateEdit(from: &reader)
        if let due = due(from: &reader).value { edit.due = .set(due) }
        if let state = reader.choice("state", among: TaskState.ofPatches).value {
            edit.state = .set(state)
        }
        let language = reader.language("locale", else: language)
        let start = edit.due.applied(to: WallClockTime(local: entry.task.due.local, zone: zone))
        let recurrences = RecurrenceReader(
            zones: zones,
            zone: start.zone,
            now: now,
            standardStart: start
        )
        let rule = reader.object("recurrence", isNullable: true) { reader in
            recurrences.readRule(from: &reader, language: language)
        }
        if rule != .absent, extent == .thisOne, entry.ruleText != nil {
            reader.note("recurrence", "is the series': change it with `scope=following` or `all`")
        }
        edit.rule = rule.edit
        return edit
    }

    /// Reads what a merge patch changes of what a series gives to its tasks.
    func templateEdit(from reader: inout MemberReader) -> TaskEdit {
        var edit = TaskEdit()
        if let title = reader.text("title", lengths: Self.titleLength).value {
            edit.title = .set(title)
        }
        edit.body = body(from: &reader).edit(none: "")
        edit.isAllDay = reader.flag("isAllDay").edit(none: false)
        edit.assigneeID = reader.identifier("assigneeId").edit
        edit.contactID = reader.identifier("contactId").edit
        edit.categoryID = reader.identifier("categoryId").edit
        edit.priority = priority(from: &reader).edit(none: 0).map { Int($0) }
        edit.tags = tags(from: &reader).edit(none: [])
        edit.reminders = reader.reminders().edit
        return edit
    }

    private func body(from reader: inout MemberReader) -> Given<String> {
        let body = reader.text("body", lengths: 0...Self.bodyLength, isNullable: true)
        guard case .value(let text) = body, text.utf8.count > Self.bodyLength else { return body }
        reader.note("body", "is longer than \(Self.bodyLength) bytes")
        return .absent
    }
}

extension TaskState {
    /// The states that a patch may set; what is deleted is deleted by its own method.
    fileprivate static let ofPatches: KeyValuePairs<String, TaskState> = [
        "open": .open, "complete": .completed,
    ]
}
