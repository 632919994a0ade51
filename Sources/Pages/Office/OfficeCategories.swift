import JSON
import Wording

/// The categories: those that every office has, its own, and those of one person.
struct OfficeCategories: OfficePage {
    let visit: Visit
    var area: OfficeArea { .categories }

    /// The numbers of those that every location has, which stay as they are.
    private static let fixed = Set(["1", "2", "3", "4", "5"])

    func act(_ parts: [String]) async throws -> Outcome {
        let name: JSONObject = ["name": .string(visit.form.said("name") ?? "")]
        let id = parts.first ?? ""
        do {
            switch parts.count {
            case 0:
                try await visit.api.post("/categories", name)
                return told(.adminAdded)
            case 1:
                try await visit.api.patch("/categories/\(id.percentEncoded)", name)
                return told(.adminSaved)
            case 2 where parts[1] == "delete":
                try await visit.api.delete("/categories/\(id.percentEncoded)")
                return told(.categoryRemoved)
            default: return visit.nothingHere
            }
        } catch let refusal as Refusal where refusal.status == 422 {
            return .view(try await view((id, FieldFaults(refusal))))
        }
    }

    func view(_ faulty: (id: String, faults: FieldFaults)? = nil) async throws -> View {
        async let people = People(for: visit.api)
        let page = try await visit.api.get("/categories?limit=200\(cursorQuery)")
        let names = try await people
        let lines = page.records("categories").map { category -> HTML in
            let id = category.text("id")
            let name = category.text("name")
            if Self.fixed.contains(id) {
                return """
                    <li><div><strong>\(name)</strong></div>\
                    <span class="muted">\(say(.everyOffice))</span></li>
                    """
            }
            let owner: HTML =
                names.user(category.optional("ownerId")).map { owner -> HTML in
                    #" <span class="chip">\#(say(.onlyOf(owner.name)))</span>"#
                } ?? .none
            let fields = formFields("category-\(id)", faulty.flatMap { $0.id == id ? $0 : nil })
            return """
                <li><details class="fold"\(" open", if: !fields.faults.isEmpty)>\
                <summary><strong>\(name)</strong>\(owner)</summary>\
                \(form("/\(id)", kind: "row bottom", """
                    \(fields.text("name", .name, name, limit: 200, isRequired: true))
                    <button>\(say(.save))</button>
                    """))</details>\
                \(confirmed(.remove, .removeCategoryQuestion, at: "/\(id)/delete"))</li>
                """
        }
        let fields = formFields("new-category", faulty.flatMap { $0.id.isEmpty ? $0 : nil })
        return area.page(
            visit,
            """
            \(card(nil, #"<ul class="lines">\#(lines)</ul>\#(more(page, at: area.path))"#))
            \(card(.addCategory, form("", kind: "row bottom", """
                \(fields.text("name", .name, limit: 200, isRequired: true))
                <button class="main">\(say(.add))</button>
                """)))
            """
        )
    }

    private func formFields(
        _ name: String,
        _ faulty: (id: String, faults: FieldFaults)?
    ) -> FormFields {
        FormFields(
            say: say,
            name: name,
            faults: faulty?.faults ?? .none,
            sent: faulty == nil ? nil : visit.form
        )
    }
}
