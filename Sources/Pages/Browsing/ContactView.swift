import Recurrence
import Wording

/// One contact: what is to be done, and what was.
struct ContactView {
    let visit: Visit
    let id: String

    private var say: ReaderLocale { visit.say }

    func view() async throws -> Outcome {
        let contact = try await visit.api.get("/contacts/\(id.percentEncoded)").record("contact")
        guard let contact else { return visit.nothingHere }
        let number = contact.text("id")
        async let people = People(for: visit.api)
        let end = visit.start(of: visit.today.advanced(byDays: 62)).shown
        async let open = visit.api.get(
            "/tasks?contact=\(number)&state=open&sort=due&limit=100&dueTo=\(end)"
        )
        async let past = visit.api.get(
            "/tasks?contact=\(number)&state=complete,skipped&sort=-due&limit=100"
        )
        let names = try await people
        return .view(
            View(
                title: People.name(ofContact: contact),
                content: """
                    \(head(contact, names))
                    \(TaskList(visit: visit, people: names).markup(
                        lists(
                            open: visit.tasks(try await open),
                            past: visit.tasks(try await past),
                            names
                        )
                    ))
                    """
            )
        )
    }

    private func head(_ contact: Record, _ people: People) -> HTML {
        var facts: [HTML] = []
        if let business = contact.optional("business") { facts.append("<span>\(business)</span>") }
        if let email = contact.optional("email") {
            facts.append(#"<a href="mailto:\#(email)">\#(email)</a>"#)
        }
        if let phone = contact.optional("phone") {
            facts.append(#"<a href="tel:\#(phone)">\#(phone)</a>"#)
        }
        if let owner = people.user(contact.optional("ownerId")) {
            facts.append("<span>\(say(.owner)): \(owner.name)</span>")
        }
        let back = visit.ownPath.percentEncoded
        return """
            <div class="head"><div><h1>\(People.name(ofContact: contact))</h1>
            <p class="meta facts">\(facts.joined(by: " "))</p></div>
            <a class="button main" href="/add?contact=\(contact.text("id"))&amp;back=\(back)">\
            \(Icon.plus.markup)\(say(.addTask))</a></div>
            """
    }

    private func lists(open: [ShownTask], past: [ShownTask], _ people: People) -> HTML {
        if open.isEmpty, past.isEmpty {
            return #"<div class="kind"><p>\#(say(.noTasksOfContact))</p></div>"#
        }
        let list = TaskList(visit: visit, people: people)
        let row = TaskRow(visit: visit, people: people, hidesContact: true)
        var parts: [HTML] = []
        for (title, id, tasks) in [
            (Phrase.openTasks, "open", open), (Phrase.doneTasks, "past", past),
        ] where !tasks.isEmpty {
            let items: HTML = #"<ul class="tasks">\#(tasks.map { row.markup($0) })</ul>"#
            parts.append(list.section(title, id: id, tasks, items))
        }
        return HTML(parts)
    }
}
