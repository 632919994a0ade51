import JSON
import Recurrence
import Wording

/// A line of words as a task: what and when the API understands, whom and what sort the page looks up.
struct AddLine {
    /// What a line means.
    struct Meaning {
        let title: String
        let due: LocalDateTime
        let isAllDay: Bool
        let rule: String?
        /// The rule in words.
        let words: String?
        let timeZone: String
        var tags: [String]
        let priority: Int
        var assignee: People.Person?
        var contact: People.Person?
        var category: People.Person?
        /// Whether no time was said, so that today is meant.
        var lacksTime = false
    }

    /// What was not understood, in sentences; the API's are in English.
    struct Misunderstanding: Error {
        let reasons: [String]
    }

    let visit: Visit
    let people: People

    /// Understands a line.
    ///
    /// - Throws: ``Misunderstanding``; ``Refusal`` where the API cannot answer.
    func meaning(of text: String) async throws -> Meaning {
        var words: [String] = []
        var assignee: People.Person?
        var contact: People.Person?
        var category: People.Person?
        for word in text.split(whereSeparator: \.isWhitespace).map(String.init) {
            let name = String(word.dropFirst())
            if word.hasPrefix("@"), !name.isEmpty {
                switch try found(name) {
                case .user(let user): assignee = user
                case .contact(let found): contact = found
                }
            } else if word.hasPrefix("#"), let known = people.category(named: name) {
                category = known
            } else {
                words.append(word)
            }
        }
        var meaning = try await understood(words.joined(separator: " "))
        meaning.assignee = assignee ?? people.user(visit.userID)
        meaning.contact = contact
        meaning.category = category
        return meaning
    }

    private enum Named {
        case user(People.Person)
        case contact(People.Person)
    }

    private func found(_ name: String) throws -> Named {
        if name.lowercased() == "me" || name.lowercased() == "mí" || name.lowercased() == "yo",
            let me = people.user(visit.userID)
        {
            return .user(me)
        }
        let users = people.users.filter { $0.isNamed(name) }
        let contacts = people.contacts.filter { $0.isNamed(name) }
        switch (users.count, contacts.count) {
        case (1, _): return .user(users[0])
        case (0, 1): return .contact(contacts[0])
        case (0, 0): throw Misunderstanding(reasons: [visit.say(.unknownName(name))])
        default: throw Misunderstanding(reasons: [visit.say(.ambiguousName(name))])
        }
    }

    /// The line with an afternoon's hour in place of one of the small hours that was said without its half
    /// of the day, and when that is; nothing where none was.
    func afternoon(
        of text: String,
        meaning: Meaning
    ) async throws -> (text: String, due: LocalDateTime)? {
        let hour = meaning.due.time.hour
        guard !meaning.isAllDay, !meaning.lacksTime, (1...6).contains(hour) else { return nil }
        var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        for (place, word) in words.enumerated() {
            let parts = word.split(separator: ":")
            let next = place + 1 < words.count ? words[place + 1].lowercased() : ""
            let isBare = !["am", "a.m.", "a.m", "a", "in", "de"].contains(next)
            guard place > 0, ["at", "la", "las"].contains(words[place - 1].lowercased()), isBare,
                Int(parts[0]) == hour, parts.count <= 2
            else { continue }
            if words[place - 1].lowercased() == "la" { words[place - 1] += "s" }
            words[place] = "\(hour + 12):\(parts.count == 2 ? String(parts[1]) : "00")"
            let other = words.joined(separator: " ")
            guard let due = try? await self.meaning(of: other).due, due.time.hour == hour + 12
            else { return nil }
            return (other, due)
        }
        return nil
    }

    /// Asks the API; a line that says no time is tried as one of today.
    private func understood(_ words: String) async throws -> Meaning {
        do {
            return try await ask(words)
        } catch let refusal as Refusal where refusal.status == 422 {
            let today = visit.say.language == .spanish ? "hoy" : "today"
            do {
                var meaning = try await ask("\(words) \(today)")
                meaning.lacksTime = true
                return meaning
            } catch is Refusal {
                throw Misunderstanding(
                    reasons: refusal.reasons.map { $0.replacing("text ", with: "") }
                )
            }
        }
    }

    private func ask(_ words: String) async throws -> Meaning {
        let answer = try await visit.api.post(
            "/tasks?dryRun=true",
            ["text": .string(words), "locale": .string(visit.say.language.rawValue)]
        )
        let task = answer.record("task")
        let understood = answer.record("understood") ?? Record([:])
        return Meaning(
            title: understood.text("title"),
            due: understood.record("due")?.local("local") ?? visit.localNow,
            isAllDay: task?.flag("isAllDay") ?? false,
            rule: understood.optional("rule"),
            words: task?.optional("words"),
            timeZone: understood.record("due")?.text("timeZone") ?? visit.zone.identifier,
            tags: understood.texts("tags"),
            priority: understood.number("priority")
        )
    }
}

extension AddLine.Meaning {
    /// The request that makes the task.
    var body: JSONObject {
        let local = JSONValue.string(due.text(in: .extended))
        var body: JSONObject = [
            "title": .string(title), "isAllDay": .bool(isAllDay),
            "priority": .integer(Int64(priority)), "tags": .array(tags.map { .string($0) }),
        ]
        if let rule {
            body["recurrence"] = .object([
                "rule": .string(rule), "start": local, "timeZone": .string(timeZone),
            ])
        } else {
            body["due"] = .object(["local": local, "timeZone": .string(timeZone)])
        }
        body["assigneeId"] = assignee.map { .string($0.id) }
        body["contactId"] = contact.map { .string($0.id) }
        body["categoryId"] = category.map { .string($0.id) }
        return body
    }
}

extension People {
    fileprivate func category(named name: String) -> Person? {
        let found = categories.filter { $0.isNamed(name) }
        return found.count == 1 ? found[0] : nil
    }
}

extension People.Person {
    /// Whether somebody is meant by a name without spaces: the whole, or a part from its beginning.
    fileprivate func isNamed(_ said: String) -> Bool {
        let said = said.lowercased()
        let whole = name.lowercased().filter { !$0.isWhitespace }
        let parts = name.lowercased().split(whereSeparator: \.isWhitespace)
        return whole == said || parts.contains { $0 == said }
            || said.count > 2 && whole.hasPrefix(said)
    }
}
