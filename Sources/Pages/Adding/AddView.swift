import JSON
import Recurrence
import Wording

/// Adding: the line of words with what is understood of it.
struct AddView {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    private var say: ReaderLocale { visit.say }

    /// Adds what a line says.
    func add() async throws -> Outcome {
        guard let text = visit.form.said("text") else { return .seeOther(visit.returnPath) }
        let line = AddLine(visit: visit, people: try await People(for: visit.api))
        do {
            let meaning = try await line.meaning(of: text)
            let answer = try await visit.api.post("/tasks", meaning.body)
            let day = say.nearDay(meaning.due.date, from: visit.today)
            let time = meaning.isAllDay ? "" : ", \(say.time(meaning.due))"
            let rule = meaning.words.map { ", \($0)" } ?? "\(time)"
            return .seeOther(
                visit.returnPath,
                Notice(
                    text: say(.added(String(meaning.title.prefix(80)), "\(day)\(rule)")),
                    changeNumbers: answer.optionalNumber("changeNumber").map { [$0] } ?? []
                )
            )
        } catch let misunderstanding as AddLine.Misunderstanding {
            let reasons = misunderstanding.reasons.joined(separator: "; ")
            return .seeOther(
                visit.returnPath,
                Notice(text: "\(say(.notUnderstood)): \(reasons)", isFailure: true)
            )
        }
    }

    /// What is understood of a line while it is written.
    func understood() async throws -> HTML {
        guard let text = visit.form.said("text") else { return .none }
        let line = AddLine(visit: visit, people: try await People(for: visit.api))
        do {
            let meaning = try await line.meaning(of: text)
            return markup(
                of: meaning,
                dates: try await dates(of: meaning),
                afternoon: try await line.afternoon(of: text, meaning: meaning)
            )
        } catch let misunderstanding as AddLine.Misunderstanding {
            let reasons = misunderstanding.reasons.map { reason -> HTML in "<li>\(reason)</li>" }
            return """
                <p class="fault">\(say(.notUnderstood))</p><ul class="fault">\(reasons)</ul>
                """
        }
    }

    /// The first three dates of a rule.
    private func dates(of meaning: AddLine.Meaning) async throws -> [LocalDateTime] {
        guard let rule = meaning.rule else { return [] }
        let answer = try await visit.api.post(
            "/recurrence/preview",
            [
                "rule": .string(rule), "start": .string(meaning.due.text(in: .extended)),
                "timeZone": .string(meaning.timeZone), "count": .integer(3),
            ]
        )
        return answer.records("occurrences").compactMap { $0.local("slot") }
    }

    private func markup(
        of meaning: AddLine.Meaning,
        dates: [LocalDateTime],
        afternoon: (text: String, due: LocalDateTime)?
    ) -> HTML {
        var chips: [HTML] = []
        let day = say.nearDay(meaning.due.date, from: visit.today)
        let time = meaning.isAllDay ? say(.allDay) : say.time(meaning.due)
        chips.append(#"<span class="chip when">\#(day), \#(time)</span>"#)
        if let afternoon {
            // A button of a script's, since without scripts nothing is told while it is written.
            chips.append(
                """
                <button type="button" class="swap" data-text="\(afternoon.text)">\
                \(say.time(afternoon.due))?</button>
                """
            )
        }
        if meaning.lacksTime { chips.append(#"<span class="muted">\#(say(.withoutTime))</span>"#) }
        if let words = meaning.words {
            chips.append(#"<span class="chip">\#(Icon.again.markup)\#(words)</span>"#)
        }
        if let contact = meaning.contact {
            chips.append(#"<span class="chip">\#(Icon.person.markup)\#(contact.name)</span>"#)
        }
        if let assignee = meaning.assignee, assignee.id != visit.userID {
            chips.append(#"<span class="chip">→ \#(assignee.name)</span>"#)
        }
        if let category = meaning.category {
            chips.append(#"<span class="chip">\#(category.name)</span>"#)
        }
        chips += meaning.tags.map { tag -> HTML in #"<span class="chip">#\#(tag)</span>"# }
        if meaning.priority > 0 {
            let name = say(.priorityOf(meaning.priority))
            chips.append(#"<span class="chip">\#(Icon.flag.markup)\#(name)</span>"#)
        }
        var list: HTML = ""
        if !dates.isEmpty {
            let items = dates.map { date -> HTML in
                "<li>\(say.day(date.date, besides: visit.today))</li>"
            }
            list = """
                <span class="muted" id="add-dates">\(say(.nextDates)):</span>
                <ol class="dates" aria-labelledby="add-dates">\(items)</ol>
                """
        }
        return #"<p><strong>\#(meaning.title)</strong> \#(chips.joined(by: " "))</p>\#(list)"#
    }
}
