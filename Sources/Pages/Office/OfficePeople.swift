import HTTPTypes
import JSON
import Recurrence
import Wording

/// The colleagues: who they are, what they may do, and when they are away.
struct OfficePeople: OfficePage {
    let visit: Visit
    var area: OfficeArea { .people }

    private static let names = ["name", "email", "phone", "role", "timeZone", "locale"]

    // MARK: Ways

    func view(_ parts: [String]) async throws -> Outcome {
        guard let id = parts.first else { return .view(try await list()) }
        guard parts.count == 1 else { return visit.nothingHere }
        return try await person(id)
    }

    func act(_ parts: [String]) async throws -> Outcome {
        guard let id = parts.first else { return try await add() }
        let path = "/users/\(id.percentEncoded)"
        switch (parts.dropFirst().first, parts.count) {
        case (nil, 1): return try await save(id)
        case ("absences", 2): return try await addAbsence(of: id)
        case ("absences", 3): return try await removeAbsence(of: id, from: parts[2])
        case ("delete", 2):
            try await visit.api.delete(path)
            return told(.personRemoved)
        default: return visit.nothingHere
        }
    }

    // MARK: All

    private func list(_ fields: FormFields? = nil) async throws -> View {
        let page = try await visit.api.get("/users?limit=200\(cursorQuery)")
        let lines = page.records("users").map { user -> HTML in
            let facts = [user.text("email"), user.text("timeZone")].filter { !$0.isEmpty }
            return """
                <li><div><a class="title" href="\(area.path)/\(user.text("id"))">\
                \(user.text("name"))</a> <span class="muted">\
                \(facts.joined(separator: " · "))</span></div>\
                <span class="chip">\(say(.role(user.text("role"))))</span></li>
                """
        }
        let fields = fields ?? FormFields(say: say, name: "person")
        return area.page(
            visit,
            """
            \(card(nil, #"<ul class="lines">\#(lines)</ul>\#(more(page, at: area.path))"#))
            \(card(.addPerson, form("", kind: "edit", """
                \(fields.told(besides: Self.names))<div class="fields">
                \(fields.text("name", .name, isRequired: true))
                \(fields.text("email", .email, type: "email"))
                \(fields.choice("role", .role, "agent", among: roles))</div>
                <p class="row end"><button class="main">\(say(.add))</button></p>
                <p class="muted">\(say(.signInCommand)) <code>perennial sign-in --user ID</code></p>
                """)))
            """
        )
    }

    private var roles: [(value: String, text: String)] {
        ["agent", "manager", "admin"].map { ($0, say(.role($0))) }
    }

    private func add() async throws -> Outcome {
        let form = visit.form
        var body: JSONObject = ["name": .string(form.said("name") ?? "")]
        body["email"] = form.said("email").map { .string($0) }
        body["role"] = .string(form.said("role") ?? "agent")
        do {
            let answer = try await visit.api.post("/users", body)
            let id = answer.record("user")?.text("id") ?? ""
            return told(.adminAdded, at: "\(area.path)/\(id)")
        } catch let refusal as Refusal where refusal.status == 422 {
            let fields = FormFields(
                say: say,
                name: "person",
                faults: FieldFaults(refusal),
                sent: form
            )
            return .view(try await list(fields))
        }
    }

    // MARK: One

    private func person(
        _ id: String,
        _ fields: FormFields? = nil,
        absence: FormFields? = nil
    ) async throws -> Outcome {
        let path = "/users/\(id.percentEncoded)"
        async let answer = visit.api.get(path)
        async let absences = visit.api.get(path + "/absences")
        guard let user = try await answer.record("user") else { return visit.nothingHere }
        let isSelf = user.text("id") == visit.userID
        let fields = fields ?? FormFields(say: say, name: "person")
        let own = "/\(user.text("id"))"
        let edit = form(
            own,
            kind: "edit",
            back: area.path + own,
            """
            \(fields.told(besides: Self.names))<div class="fields">
            \(fields.text("name", .name, user.text("name"), isRequired: true))
            \(fields.text("email", .email, user.text("email"), type: "email"))
            \(fields.text("phone", .phone, user.text("phone"), type: "tel"))
            \(fields.choice("role", .role, user.text("role"), among: roles,
                hint: isSelf ? "\(say(.ownRole))" : .none))
            \(fields.field("timeZone", .zone) { attributes in
                """
                <input\(attributes) list="zones" autocomplete="off" maxlength="100" \
                value="\(fields.value("timeZone", or: user.text("timeZone")))">
                """
            })
            \(fields.choice("locale", .locale, user.text("locale"),
                among: [("", say(.asBrowser))] + LocaleChoices.locales))
            </div>\(LocaleChoices.zoneList(visit.site.zoneNames(), id: "zones"))
            <p class="row end"><button class="main">\(say(.save))</button></p>
            """
        )
        let remove: HTML =
            isSelf
            ? .none
            : card(nil, confirmed(.removePerson, .removePersonQuestion, at: own + "/delete"))
        return .view(
            area.page(
                visit,
                title: user.text("name"),
                """
                \(card(nil, edit))
                \(card(.absences, absenceList(try await absences, own, absence)))
                \(remove)
                """
            )
        )
    }

    private func save(_ id: String) async throws -> Outcome {
        let form = visit.form
        func text(_ name: String) -> JSONValue { form.said(name).map { .string($0) } ?? .null }
        var body: JSONObject = [
            "name": .string(form.said("name") ?? ""), "email": text("email"),
            "phone": text("phone"), "timeZone": text("timeZone"), "locale": text("locale"),
        ]
        // Nobody takes away their own role, so it is not said where it stays.
        if id != visit.userID { body["role"] = text("role") }
        do {
            try await visit.api.patch("/users/\(id.percentEncoded)", body)
            return told(.adminSaved, at: "\(area.path)/\(id.percentEncoded)")
        } catch let refusal as Refusal where refusal.status == 422 {
            return try await person(
                id,
                FormFields(say: say, name: "person", faults: FieldFaults(refusal), sent: form)
            )
        }
    }

    // MARK: Absences

    private func absenceList(_ list: Record, _ own: String, _ fields: FormFields?) -> HTML {
        let fields = fields ?? FormFields(say: say, name: "absence")
        let lines = list.records("absences").compactMap { absence -> HTML? in
            guard let from = CivilDate(shown: absence.text("from")),
                let until = CivilDate(shown: absence.text("until"))
            else { return nil }
            let last = until.advanced(byDays: -1)
            let days = say.day(from, besides: visit.today)
            let span = from == last ? days : "\(days) – \(say.day(last, besides: visit.today))"
            let button: HTML = """
                <button aria-label="\(say(.removeNamed(span)))">\(say(.remove))</button>
                """
            return """
                <li><div>\(span)\(isPast(until))</div>\
                \(form("\(own)/absences/\(from.shown)", button))</li>
                """
        }
        let all: HTML =
            lines.isEmpty
            ? #"<p class="muted">\#(say(.noAbsences))</p>"# : #"<ul class="lines">\#(lines)</ul>"#
        return """
            \(all)\(form("\(own)/absences", kind: "edit", """
                <div class="fields">\
                \(fields.text("from", .firstDay, type: "date", limit: 10, isRequired: true))
                \(fields.text("until", .lastDay, type: "date", limit: 10, isRequired: true))</div>
                \(fields.told(besides: ["from", "until"]))
                <p class="row end"><button>\(say(.addAbsence))</button></p>
                """))
            """
    }

    private func isPast(_ until: CivilDate) -> HTML {
        until <= visit.today ? #" <span class="chip">\#(say(.past))</span>"# : .none
    }

    private func addAbsence(of id: String) async throws -> Outcome {
        var faults = FieldFaults()
        let from = visit.form.said("from").flatMap { CivilDate(shown: $0) }
        let last = visit.form.said("until").flatMap { CivilDate(shown: $0) }
        if from == nil { faults.note("from", say(.readNoDay)) }
        if last == nil { faults.note("until", say(.readNoDay)) }
        if let from, let last, last < from { faults.note("until", say(.beforeFirstDay)) }
        if let from, let last, faults.isEmpty {
            let path = "/users/\(id.percentEncoded)/absences"
            var absences = try await visit.api.get(path).records("absences").map(\.members)
            absences.append([
                "from": .string(from.shown),
                "until": .string(last.advanced(byDays: 1).shown),
            ])
            do {
                return try await set(absences, of: id, .adminAdded)
            } catch let refusal as Refusal where refusal.status == 422 {
                faults = FieldFaults(refusal)
            }
        }
        return try await person(
            id,
            absence: FormFields(say: say, name: "absence", faults: faults, sent: visit.form)
        )
    }

    private func removeAbsence(of id: String, from day: String) async throws -> Outcome {
        let absences = try await visit.api.get("/users/\(id.percentEncoded)/absences")
            .records("absences").filter { $0.text("from") != day }.map(\.members)
        return try await set(absences, of: id, .adminSaved)
    }

    private func set(
        _ absences: [JSONObject],
        of id: String,
        _ phrase: Phrase
    ) async throws -> Outcome {
        let answer = try await visit.api.send(
            .put,
            "/users/\(id.percentEncoded)/absences",
            ["absences": .array(absences.map { .object($0) })]
        )
        return told(effectOf: answer, phrase, at: "\(area.path)/\(id.percentEncoded)")
    }
}
