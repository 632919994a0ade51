import JSON
import Recurrence
import Wording

/// Who did what in administration, the latest first.
struct OfficeAudit: OfficePage {
    let visit: Visit
    var area: OfficeArea { .audit }

    func view() async throws -> View {
        async let people = People(for: visit.api)
        let page = try await visit.api.get("/audit?limit=50\(cursorQuery)")
        let names = try await people
        let lines = page.records("entries").map { line($0, names) }
        let list: HTML =
            lines.isEmpty
            ? empty(.noAudit)
            : card(nil, #"<ul class="lines">\#(lines)</ul>\#(more(page, at: area.path))"#)
        return area.page(visit, list)
    }

    private func line(_ entry: Record, _ people: People) -> HTML {
        let user = people.user(entry.optional("actorId"))?.name
        let who = user ?? say(entry.text("door") == "command" ? .byCommand : .byOfficesToken)
        let when = entry.instant("at").map { moment($0) } ?? ""
        let changes = changes(entry.record("detail"))
        let details: HTML =
            changes.isEmpty
            ? .none
            : """
            <details class="fold"><summary>\(say(.whatChanged))</summary>\
            <dl class="facts">\(changes)</dl></details>
            """
        return """
            <li class="entry-line"><div><strong>\(who)</strong> \
            \(say.deed(entry.text("action"))) <span class="muted">\(subject(entry, people))</span>\
            \(details)</div><span class="muted">\(when)</span></li>
            """
    }

    /// What an entry is about, by name where it is known.
    private func subject(_ entry: Record, _ people: People) -> String {
        guard let subject = entry.optional("subject") else { return "" }
        switch entry.text("action").split(separator: ".").first {
        case "user"?: return people.user(subject)?.name ?? "#\(subject)"
        case "contact"?: return people.contact(subject)?.name ?? "#\(subject)"
        case "category"?: return people.category(subject)?.name ?? "#\(subject)"
        default: return subject
        }
    }

    /// What was changed from what to what; of an import, how many records of each kind.
    private func changes(_ detail: Record?) -> [HTML] {
        guard let detail else { return [] }
        let (before, after) = (detail.record("before"), detail.record("after"))
        guard before != nil || after != nil else {
            return detail.members.members.prefix(30).map { change($0.name, shown($0.value)) }
        }
        let names = (after ?? before)?.members.members.map(\.name) ?? []
        return names.prefix(30).map { name in
            let values = [before, after].map { $0?.members[name].map { shown($0) } }
            switch (values[0], values[1]) {
            case (let old?, let new?): return change(name, "\(old) → \(new)")
            case (let value, nil), (nil, let value): return change(name, value ?? "–")
            }
        }
    }

    private func change(_ name: String, _ value: String) -> HTML {
        #"<div><dt lang="en">\#(name)</dt><dd>\#(value)</dd></div>"#
    }

    /// A value as one reads it, up to a length.
    private func shown(_ value: JSONValue) -> String {
        switch value {
        case .null: return "–"
        case .string(let text): return String(text.prefix(200))
        default:
            var json = JSONWriter()
            json.write(value)
            return String(String(decoding: json.bytes, as: UTF8.self).prefix(200))
        }
    }
}
