import JSON
import Recurrence
import Wording

/// What was done to a task or a series, in sentences, each with a button that undoes it.
struct HistoryList {
    let visit: Visit
    let people: People

    private static let limit = 30

    /// The changes, the latest first.
    func markup(_ changes: [Record], titled title: Phrase = .history) -> HTML {
        let say = visit.say
        if changes.isEmpty { return "<p class=\"muted\">\(say(.noHistory))</p>" }
        let items = changes.reversed().prefix(Self.limit).map { item($0) }
        return #"<ol class="history">\#(Array(items))</ol>"#
    }

    private func item(_ change: Record) -> HTML {
        let say = visit.say
        let number = change.optionalNumber("number") ?? 0
        let who = people.user(change.optional("actorId"))?.name ?? say(.someone)
        let time = change.instant("at").map { visit.zone.localDateTime(at: $0) }
        let when = time.map { "\(say.nearDay($0.date, from: visit.today)), \(say.time($0))" } ?? ""
        let path = "/undo/\(number)"
        let isMachines = change.optional("door") == nil
        let undo: HTML =
            isMachines
            ? .none
            : """
            <form method="post" action="\(path)" hx-post="\(path)">\(visit.formFields)\
            <button class="plain" aria-label="\(say(.undoChange(number)))">\(say(.undo))</button></form>
            """
        return """
            <li><div><strong>\(who)</strong> \(sentence(change)) \
            <span class="muted">\(when)</span></div>\(undo)</li>
            """
    }

    /// What a change did, without who did it.
    private func sentence(_ change: Record) -> String {
        let say = visit.say
        if change.optionalNumber("undoes") != nil { return say(.didUndo) }
        if change.record("before") == nil, change.record("after") == nil {
            return say(.didTasks(change.number("taskCount")))
        }
        guard let after = change.record("after") else { return say(.didDelete) }
        guard let before = change.record("before") else { return say(.didMake) }
        var parts: [String] = []
        if let state = after.optional("state"), state != before.optional("state") {
            let phrase: Phrase =
                switch state {
                case "complete": .didComplete
                case "skipped": .didSkip
                case "deleted": .didDelete
                default: .didReopen
                }
            parts.append(say(phrase))
        }
        if let at = after.instant("dueAt"), at != before.instant("dueAt") {
            let local = visit.zone.localDateTime(at: at)
            let day = say.nearDay(local.date, from: visit.today)
            parts.append(say(.didMove("\(day), \(say.time(local))")))
        }
        if after.members["assigneeId"] != nil {
            let name = people.user(after.optional("assigneeId"))?.name ?? say(.nobody)
            parts.append(say(.didGive(name)))
        }
        if let title = after.optional("title"), title != before.optional("title") {
            parts.append(say(.didRename(String(title.prefix(80)))))
        }
        if after.members["body"] != nil { parts.append(say(.didEditTexts)) }
        if after.members["rule"] != nil { parts.append(say(.didChangeRule)) }
        return parts.isEmpty ? say(.didChangeDetails) : parts.joined(separator: ", ")
    }
}
