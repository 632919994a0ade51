import Recurrence
import Tasks
import Wording

/// The search: words and filters over tasks in all states, and those that have a name.
struct SearchView<Filters: SavedFilterStore> {
    let visit: Visit
    let filters: Filters

    private var say: ReaderLocale { visit.say }
    private static var limit: Int { 50 }

    private static var states: [(value: String, phrase: Phrase)] {
        [
            ("", .anyState), ("open", .stateOpen), ("complete", .stateComplete),
            ("skipped", .stateSkipped), ("deleted", .stateDeleted),
        ]
    }

    // MARK: Searches by name

    /// Keeps this search under a name, or forgets one.
    func act(_ action: String) async throws -> Outcome {
        let session = visit.visitor.session
        switch action {
        case "save":
            let sent = Form(parsing: Array((visit.form["query"] ?? "").utf8))
            let saved = SavedFilters.query(of: sent)
            guard let name = SavedFilters.name(visit.form.said("name") ?? ""), !saved.isEmpty else {
                return told(.filterUnnamed, at: saved, isFailure: true)
            }
            guard saved.utf8.count <= SavedFilter.queryLengths.upperBound else {
                return told(.filterTooLong, at: "", isFailure: true)
            }
            let isKept = try await filters.save(
                SavedFilter(name: name, query: saved),
                of: session.userID,
                in: session.locationID,
                at: visit.now
            )
            return isKept
                ? told(.filterSaved(name), at: saved)
                : told(.tooManyFilters(SavedFilter.countLimit), at: saved, isFailure: true)
        case "remove":
            let removed = try await filters.removeFilter(
                named: visit.form["name"] ?? "",
                of: session.userID,
                in: session.locationID
            )
            return removed.map { told(.filterRemoved($0.name), at: "") } ?? visit.nothingHere
        default: return visit.nothingHere
        }
    }

    private func told(_ phrase: Phrase, at query: String, isFailure: Bool = false) -> Outcome {
        .seeOther(
            query.isEmpty ? "/search" : "/search?" + query,
            Notice(text: say(phrase), isFailure: isFailure)
        )
    }

    // MARK: Showing

    func view() async throws -> View {
        async let people = People(for: visit.api)
        async let saved = filters.savedFilters(
            of: visit.visitor.session.userID,
            in: visit.visitor.session.locationID
        )
        let page = try await visit.api.get("/tasks?" + query)
        let names = try await people
        let tasks = visit.tasks(page)
        let next = page.optional("nextCursor")
        return View(
            title: say(.search),
            place: .search,
            content: """
                <h1>\(say(.search))</h1>
                \(SavedFilters(visit: visit).list(try await saved))
                \(form(names))
                <div id="found">\(SavedFilters(visit: visit).saveForm)\
                \(results(tasks, names, next: next))</div>
                """
        )
    }

    /// What the API is asked, in its own words.
    private var query: String {
        var parts = ["limit=\(Self.limit)", "sort=due"]
        if let words = visit.query.said("q") {
            parts.append("q=\(String(words.prefix(400)).percentEncoded)")
        }
        let states = Set(Self.states.map(\.value))
        let state = visit.query.said("state").flatMap { states.contains($0) ? $0 : nil }
        parts.append("state=\(state ?? "open,complete,skipped")")
        for name in ["assignee", "category", "contact", "tag"] {
            if let value = visit.query.said(name) {
                parts.append("\(name)=\(value.percentEncoded)")
            }
        }
        if let day = visit.query.said("from").flatMap({ CivilDate(shown: $0) }) {
            parts.append("dueFrom=\(visit.start(of: day).shown)")
        }
        if let day = visit.query.said("until").flatMap({ CivilDate(shown: $0) }) {
            parts.append("dueTo=\(visit.start(of: day.advanced(byDays: 1)).shown)")
        }
        if let cursor = visit.query.said("cursor") {
            parts.append("cursor=\(cursor.percentEncoded)")
        }
        return parts.joined(separator: "&")
    }

    private func form(_ people: People) -> HTML {
        func options(_ list: [People.Person], _ name: String, first: Phrase) -> HTML {
            let chosen = visit.query.said(name)
            let items = list.map { person -> HTML in
                """
                <option value="\(person.id)"\(" selected", if: person.id == chosen)>\
                \(person.name)</option>
                """
            }
            return #"<option value="">\#(say(first))</option>\#(items)"#
        }
        let states = Self.states.map { value, phrase -> HTML in
            """
            <option value="\(value)"\(" selected", if: value == visit.query.said("state") ?? "")>\
            \(say(phrase))</option>
            """
        }
        return """
            <form class="search card" method="get" action="/search" role="search" \
            aria-label="\(say(.search))" \
            hx-get="/search" hx-trigger="input changed delay:200ms from:#search, change" \
            hx-target="#found" hx-select="#found" hx-swap="outerHTML" hx-select-oob="unset" \
            hx-push-url="true" hx-sync="this:replace">
            <div class="row"><input type="search" id="search" name="q" class="grow" \
            value="\(visit.query["q"] ?? "")" aria-label="\(say(.searchWords))" \
            placeholder="\(say(.searchHint))" maxlength="300" autocomplete="off">
            <button class="main">\(say(.find))</button></div>
            <div class="row filters">
            <label>\(say(.state)) <select name="state">\(states)</select></label>
            <label>\(say(.assignee)) <select name="assignee">\
            \(options(people.users, "assignee", first: .anyone))</select></label>
            <label>\(say(.category)) <select name="category">\
            \(options(people.categories, "category", first: .any))</select></label>
            <label>\(say(.from)) <input type="date" name="from" \
            value="\(visit.query["from"] ?? "")"></label>
            <label>\(say(.until)) <input type="date" name="until" \
            value="\(visit.query["until"] ?? "")"></label>
            </div></form>
            """
    }

    private func results(_ tasks: [ShownTask], _ people: People, next: String?) -> HTML {
        if tasks.isEmpty {
            return #"<div class="kind" role="status"><p>\#(say(.nothingFound))</p></div>"#
        }
        let row = TaskRow(visit: visit, people: people)
        let list = TaskList(visit: visit, people: people).markup(
            #"<ul class="tasks">\#(tasks.map { row.markup($0) })</ul>"#
        )
        let more: HTML =
            next.map { cursor -> HTML in
                let rest = visit.queryText(without: "cursor")
                return """
                    <p class="row end"><a class="button" \
                    href="/search?\(rest)cursor=\(cursor.percentEncoded)">\(say(.nextPage))</a></p>
                    """
            } ?? .none
        return """
            <p class="muted" role="status">\(say(.found(tasks.count, next != nil)))</p>
            \(list)\(more)
            """
    }
}

extension Visit {
    /// The query of this request without one of its parameters, with an ampersand at its end.
    func queryText(without name: String) -> String {
        let text = ownPath.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        let parts = text.split(separator: "&").filter { !$0.hasPrefix(name + "=") }
        return parts.isEmpty ? "" : parts.joined(separator: "&") + "&"
    }
}
