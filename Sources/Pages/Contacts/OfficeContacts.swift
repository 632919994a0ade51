import JSON
import Wording

/// The contacts: those that are there, one of them, and how they are taken over from a table.
struct OfficeContacts: OfficePage {
    let visit: Visit
    var area: OfficeArea { .contacts }

    private static let names = ["firstName", "lastName", "email", "phone", "business", "ownerId"]

    // MARK: Ways

    func view(_ parts: [String]) async throws -> Outcome {
        switch (parts.first, parts.count) {
        case (nil, 0): return .view(try await list())
        case ("import", 1): return .view(ImportView(visit: visit).form())
        case (let id?, 1): return try await contact(id)
        default: return visit.nothingHere
        }
    }

    func act(_ parts: [String]) async throws -> Outcome {
        switch (parts.first, parts.count) {
        case (nil, 0): return try await save(nil)
        case ("import", 1): return try await ImportView(visit: visit).act()
        case (let id?, 1): return try await save(id)
        case (let id?, 2) where parts[1] == "delete":
            try await visit.api.delete("/contacts/\(id.percentEncoded)")
            return told(.contactRemoved)
        default: return visit.nothingHere
        }
    }

    // MARK: All

    private func list(_ fields: FormFields? = nil) async throws -> View {
        async let people = People(for: visit.api)
        let page = try await visit.api.get("/contacts?limit=100\(cursorQuery)")
        let names = try await people
        let lines = page.records("contacts").map { contact -> HTML in
            let facts = ["business", "email", "phone"].map { contact.text($0) }
                .filter { !$0.isEmpty }
            let owner: HTML =
                names.user(contact.optional("ownerId")).map { owner -> HTML in
                    #"<span class="chip">\#(owner.name)</span>"#
                } ?? .none
            return """
                <li><div><a class="title" href="\(area.path)/\(contact.text("id"))">\
                \(People.name(ofContact: contact))</a> <span class="muted">\
                \(facts.joined(separator: " · "))</span></div>\(owner)</li>
                """
        }
        let list: HTML =
            lines.isEmpty
            ? empty(.noContacts)
            : card(nil, #"<ul class="lines">\#(lines)</ul>\#(more(page, at: area.path))"#)
        let fields = fields ?? FormFields(say: say, name: "contact")
        let add = form(
            "",
            kind: "edit",
            """
            \(inputs(fields, Record([:]), names))
            <p class="row end"><button class="main">\(say(.add))</button></p>
            """
        )
        return area.page(
            visit,
            beside: #"<a class="button" href="\#(area.path)/import">\#(say(.importContacts))</a>"#,
            "\(list)\(card(.addContact, add))"
        )
    }

    private func inputs(_ fields: FormFields, _ contact: Record, _ people: People) -> HTML {
        let owners = [("", say(.nobody))] + people.users.map { ($0.id, $0.name) }
        return """
            \(fields.told(besides: Self.names))<div class="fields">
            \(fields.text("firstName", .firstName, contact.text("firstName")))
            \(fields.text("lastName", .lastName, contact.text("lastName")))
            \(fields.text("email", .email, contact.text("email"), type: "email"))
            \(fields.text("phone", .phone, contact.text("phone"), type: "tel"))
            \(fields.text("business", .business, contact.text("business")))
            \(fields.choice("ownerId", .owner, contact.text("ownerId"), among: owners))</div>
            """
    }

    // MARK: One

    private func contact(_ id: String, _ fields: FormFields? = nil) async throws -> Outcome {
        async let people = People(for: visit.api)
        let answer = try await visit.api.get("/contacts/\(id.percentEncoded)")
        guard let contact = answer.record("contact") else { return visit.nothingHere }
        let own = "/\(contact.text("id"))"
        let edit = form(
            own,
            kind: "edit",
            back: area.path + own,
            """
            \(inputs(fields ?? FormFields(say: say, name: "contact"), contact, try await people))
            <p class="row end"><button class="main">\(say(.save))</button></p>
            """
        )
        return .view(
            area.page(
                visit,
                title: People.name(ofContact: contact),
                beside: #"<a class="button" href="/contacts\#(own)">\#(say(.timeline))</a>"#,
                """
                \(card(nil, edit))
                \(card(nil, confirmed(.removeContact, .removeContactQuestion, at: own + "/delete")))
                """
            )
        )
    }

    /// Saves a contact, or adds one.
    private func save(_ id: String?) async throws -> Outcome {
        var body: JSONObject = [:]
        for name in Self.names {
            let text = visit.form.said(name)
            if id != nil || text != nil { body[name] = text.map { .string($0) } ?? .null }
        }
        do {
            guard let id else {
                if body.members.isEmpty { return told(.nothingToAdd) }
                try await visit.api.post("/contacts", body)
                return told(.adminAdded)
            }
            try await visit.api.patch("/contacts/\(id.percentEncoded)", body)
            return told(.adminSaved, at: "\(area.path)/\(id.percentEncoded)")
        } catch let refusal as Refusal where refusal.status == 422 {
            let fields = FormFields(
                say: say,
                name: "contact",
                faults: FieldFaults(refusal),
                sent: visit.form
            )
            guard let id else { return .view(try await list(fields)) }
            return try await contact(id, fields)
        }
    }
}
