import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import RecurrenceWords
import Tasks

/// A task as somebody says it in one line: "Call Stacy every first Monday at 9 until June #buyers".
///
/// A word that begins with `#` is a tag, `!1` to `!3` is the priority, and `@` begins the assignee's
/// name. The longest run of the other words that says when is the recurrence, or the due time; what is
/// left is the title.
struct SpokenTask {
    private(set) var title = ""
    private(set) var tags: [String] = []
    private(set) var priority = 0
    /// What stands after `@`.
    private(set) var assigneeName: String?
    /// The words that say when.
    private(set) var words: String?
    private(set) var recurrence: SaidRecurrence?
    private(set) var due: WallClockTime?
    private(set) var isAllDay = false

    static let lengthLimit = 500
    private static let wordLimit = 40

    /// Understands a line.
    ///
    /// The longest run of words that says when is tried first, so its cost grows with the square of
    /// the number of words, which is bounded.
    ///
    /// - Returns: Nothing if it has too many words, none for a title, or says nothing of when; the
    ///   reader has the fault then.
    init?(
        _ text: String,
        _ language: Language,
        zones: some ZoneSource,
        zone: Zone,
        now: Timestamp,
        noting reader: inout MemberReader
    ) {
        var rest: [Substring] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            let name = String(word.dropFirst())
            switch word.first {
            case "#" where TagLimit.lengths.contains(name.unicodeScalars.count):
                if !tags.contains(name), tags.count < TagLimit.count { tags.append(name) }
            case "!" where ["1", "2", "3"].contains(name): priority = Int(name) ?? 0
            case "@" where !name.isEmpty && assigneeName == nil: assigneeName = name
            default: rest.append(word)
            }
        }
        guard rest.count <= Self.wordLimit else {
            reader.note("text", "has more than \(Self.wordLimit) words")
            return nil
        }
        let when = SpokenWhen(language: language, zones: zones, zone: zone, now: now)
        if when.said(by: rest.joined(separator: " ")) != nil { rest = [] }
        for count in stride(from: rest.count - 1, through: 1, by: -1) {
            for start in 0...(rest.count - count) {
                let span = rest[start..<start + count].joined(separator: " ")
                guard let said = when.said(by: span) else { continue }
                take(said)
                words = span
                rest.removeSubrange(start..<start + count)
                title = rest.joined(separator: " ")
                return
            }
        }
        reader.note("text", "says no title with a day or a time, as \"Call Stacy tomorrow at 9\"")
        return nil
    }

    private mutating func take(_ said: SaidWhen) {
        switch said {
        case .recurrence(let said):
            recurrence = said
            due = said.start
            isAllDay = said.isAllDay
        case .moment(let time, let saysTime):
            due = time
            isAllDay = !saysTime
        }
    }

    /// What the line asks for.
    func draft(assigneeID: Identifier<User>?) -> TaskDraft? {
        guard let due else { return nil }
        var draft = TaskDraft(
            template: TaskTemplate(
                title: title,
                assigneeID: assigneeID,
                isAllDay: isAllDay,
                priority: priority,
                tags: tags
            ),
            due: due,
            rule: recurrence?.rule
        )
        if recurrence?.countsFromCompletion ?? false { draft.policies.repeats = .afterCompletion }
        return draft
    }

    /// Writes what was understood.
    func write(to json: inout JSONWriter, assigneeID: Identifier<User>?) {
        json.name("understood")
        json.beginObject()
        json.write("title", title)
        json.write("words", words)
        json.write("rule", recurrence?.rule.text)
        json.name("due")
        json.beginObject()
        json.write("local", due?.local)
        json.write("timeZone", due?.zone.identifier)
        json.endObject()
        json.write("tags", tags)
        json.write("priority", count: priority)
        json.write("assigneeId", assigneeID)
        json.endObject()
    }
}

/// What words say of when.
private enum SaidWhen {
    case recurrence(SaidRecurrence)
    case moment(WallClockTime, saysTime: Bool)
}

/// Understands words that say when.
private struct SpokenWhen<Zones: ZoneSource> {
    let language: Language
    let zones: Zones
    let zone: Zone
    let now: Timestamp

    func said(by words: String) -> SaidWhen? {
        var reader = MemberReader(JSONObject("words", .string(words)))
        let recurrences = RecurrenceReader(zones: zones, zone: zone, now: now)
        if let said = recurrences.read(from: &reader, language: language) {
            return .recurrence(said)
        }
        let local = zone.localDateTime(at: now)
        let midnight = LocalDateTime(local.date)
        guard let moment = SpokenMoment(words, language, now: local, standardTime: midnight) else {
            return nil
        }
        let time = WallClockTime(local: moment.time, zone: zone)
        return time.isWithinCalendar ? .moment(time, saysTime: moment.saysTime) : nil
    }
}

extension TaskWrites {
    /// Creates what a line says, and tells how it was understood.
    func createSpoken(
        _ call: APICall,
        _ reader: inout MemberReader,
        isTrial: Bool
    ) async throws -> Response {
        let text = reader.text("text", lengths: 1...SpokenTask.lengthLimit).value
        let language = reader.language("locale")
        guard let text else {
            try reader.finish()
            throw Problem(.internalError, "A fault was not told.")
        }
        let spoken = SpokenTask(
            text,
            language,
            zones: zones,
            zone: call.zone,
            now: call.now,
            noting: &reader
        )
        var assigneeID = call.principal.userID
        if let name = spoken?.assigneeName {
            assigneeID = try await user(named: name, call)
            if assigneeID == nil { reader.note("text", "has a name after `@` that is no one's") }
        }
        try reader.finish()
        guard let spoken, let draft = spoken.draft(assigneeID: assigneeID) else {
            throw Problem(.internalError, "A fault was not told.")
        }
        return try await create(draft, call, isTrial: isTrial) { json in
            spoken.write(to: &json, assigneeID: assigneeID)
        }
    }

    /// The one user whose name, or first name, this is.
    ///
    /// Capitals do not count; `me` is the caller.
    private func user(named name: String, _ call: APICall) async throws -> Identifier<User>? {
        if name == "me" { return call.principal.userID }
        let query = Query<UserField>(limit: 500, needsTotal: false)
        let users = try await store.users(query, seenBy: call.actor).records
        let found = users.filter { user in
            [NameParts(of: user.name).first, user.name.replacing(" ", with: "")]
                .contains { $0.lowercased() == name.lowercased() }
        }
        return found.count == 1 ? found[0].id : nil
    }
}
