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
/// left is the title. The end of a recurrence may stand after the title: "every Friday pay rent until June".
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
        let fault = take(rest, understoodBy: when)
        if let fault { reader.note("text", fault) }
        if fault != nil { return nil }
    }

    /// Finds the longest run of words that says when; the others are the title.
    ///
    /// - Returns: What is wrong, if that is not clear.
    private mutating func take<Zones>(
        _ said: [Substring],
        understoodBy when: SpokenWhen<Zones>
    ) -> String? {
        let isWhole = when.said(by: said.joined(separator: " ")) != nil
        for count in stride(from: isWhole ? 0 : said.count - 1, through: 1, by: -1) {
            for start in 0...(said.count - count) {
                let span = said[start..<start + count].joined(separator: " ")
                guard let meaning = when.said(by: span) else { continue }
                var rest = said
                rest.removeSubrange(start..<start + count)
                // No word is dropped that could mean something.
                let other = rest.firstIndex { when.kind(of: $0) != .other }
                guard let other else { return take(meaning, span, titled: rest[...]) }
                let whole = ([span] + rest[other...].map(String.init)).joined(separator: " ")
                if other > 0, other >= start, let meaning = when.said(by: whole) {
                    return take(meaning, whole, titled: rest[..<other])
                }
                return "says when in \"\(span)\", and \"\(rest[other])\" may say it, too: "
                    + "say it by `title` and by `due` or `recurrence`"
            }
        }
        return "says no title with a day or a time, as \"Call Stacy tomorrow at 9\""
    }

    private mutating func take(
        _ meaning: SaidWhen,
        _ words: String,
        titled title: ArraySlice<Substring>
    ) -> String? {
        if case .either = meaning {
            return "may mean once or again and again by \"\(words)\": say every or next"
        }
        take(meaning)
        self.words = words
        self.title = title.joined(separator: " ")
        return nil
    }

    private mutating func take(_ said: SaidWhen) {
        switch said {
        case .either: break
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
    /// A weekday alone: the next one, or each.
    case either
}

/// Understands words that say when.
private struct SpokenWhen<Zones: ZoneSource> {
    let language: Language
    let zones: Zones
    let zone: Zone
    let now: Timestamp

    func said(by words: String) -> SaidWhen? {
        let kind = words.split(separator: " ").map { self.kind(of: $0) }.max()
        let moment = moment(said: words)
        if let moment, kind ?? .other < .weekday { return moment }
        var reader = MemberReader(JSONObject("words", .string(words)))
        let recurrences = RecurrenceReader(zones: zones, zone: zone, now: now)
        guard let said = recurrences.read(from: &reader, language: language),
            kind ?? .other >= .weekday
        else { return moment }
        return moment != nil && kind == .weekday ? .either : .recurrence(said)
    }

    func kind(of word: Substring) -> TimeWord { TimeWord(word, language.language) }

    private func moment(said words: String) -> SaidWhen? {
        let local = zone.localDateTime(at: now)
        let midnight = LocalDateTime(local.date)
        let moment = try? SpokenMoment(words, language, now: local, standardTime: midnight)
        guard let moment else { return nil }
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
        let language = reader.language("locale", else: call.language)
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
