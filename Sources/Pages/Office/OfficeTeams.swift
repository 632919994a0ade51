import JSON
import Wording

/// The teams, whose members see each other's work where they share it.
struct OfficeTeams: OfficePage {
    let visit: Visit
    var area: OfficeArea { .teams }

    private static let names = ["name", "isSharing", "memberIds"]

    func act(_ parts: [String]) async throws -> Outcome {
        let id = parts.first ?? ""
        let path = "/teams/\(id.percentEncoded)"
        let form = visit.form
        let body: JSONObject = [
            "name": .string(form.said("name") ?? ""), "isSharing": .bool(form.has("isSharing")),
            "memberIds": .array(form.all("memberIds").map { .string($0) }),
        ]
        do {
            switch parts.count {
            case 0:
                try await visit.api.post("/teams", body)
                return told(.adminAdded)
            case 1:
                try await visit.api.patch(path, body)
                return told(.adminSaved)
            case 2 where parts[1] == "delete":
                try await visit.api.delete(path)
                return told(.teamRemoved)
            default: return visit.nothingHere
            }
        } catch let refusal as Refusal where refusal.status == 422 {
            return .view(try await view((id, FieldFaults(refusal))))
        }
    }

    func view(_ faulty: (id: String, faults: FieldFaults)? = nil) async throws -> View {
        async let people = People(for: visit.api)
        let page = try await visit.api.get("/teams?limit=100\(cursorQuery)")
        let names = try await people
        let teams = page.records("teams").map { team -> HTML in
            let id = team.text("id")
            let fault = faulty.flatMap { $0.id == id ? $0.faults : nil }
            let members = team.texts("memberIds").compactMap { names.user($0)?.name }
            let told = members.isEmpty ? say(.noMembers) : members.joined(separator: ", ")
            let chip: HTML =
                team.flag("isSharing")
                ? #"<span class="chip when">\#(say(.sharing))</span>"# : .none
            let edit = form("/\(id)", kind: "edit", fields(of: team, names, fault, .save))
            let remove = confirmed(.remove, .removeTeamQuestion, at: "/\(id)/delete")
            return """
                <section class="card"><h2>\(team.text("name")) \(chip)</h2>\
                <p class="muted">\(told)</p><details class="fold"\(" open", if: fault != nil)>\
                <summary>\(say(.edit))</summary>\(edit)\(remove)</details></section>
                """
        }
        let fault = faulty.flatMap { $0.id.isEmpty ? $0.faults : nil }
        let add = form("", kind: "edit", fields(of: Record([:]), names, fault, .add))
        return area.page(
            visit,
            """
            \(teams.isEmpty ? empty(.noTeams) : HTML(teams))\(more(page, at: area.path))
            \(card(.addTeam, add))
            """
        )
    }

    private func fields(
        of team: Record,
        _ people: People,
        _ faults: FieldFaults?,
        _ button: Phrase
    ) -> HTML {
        let fields = FormFields(
            say: say,
            name: "team-\(team.text("id"))",
            faults: faults ?? .none,
            sent: faults == nil ? nil : visit.form
        )
        let isSharing = fields.sent.map { $0.has("isSharing") } ?? team.flag("isSharing")
        return """
            \(fields.told(besides: Self.names))<div class="fields">
            \(fields.text("name", .name, team.text("name"), isRequired: true))
            <label class="check"><input type="checkbox" name="isSharing" value="1"\
            \(" checked", if: isSharing)> \(say(.sharesWork))</label>
            \(fields.boxes(
                "memberIds",
                .members,
                Set(team.texts("memberIds")),
                among: people.users.map { ($0.id, $0.name) }
            ))</div>
            <p class="row end"><button class="main">\(say(button))</button></p>
            """
    }
}
