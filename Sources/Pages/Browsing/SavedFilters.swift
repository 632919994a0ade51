import Tasks
import Wording

/// The searches that a user has given a name, and the form that gives one to the search at hand.
struct SavedFilters {
    let visit: Visit

    private var say: ReaderLocale { visit.say }

    /// The parts of a search, in the order in which they are kept.
    private static let parts = [
        "q", "state", "assignee", "category", "contact", "tag", "from", "until",
    ]

    /// A search as it is kept: what it says, in one order, and nothing else.
    static func query(of form: Form) -> String {
        parts.compactMap { name in
            form.said(name).map { "\(name)=\($0.percentEncoded)" }
        }.joined(separator: "&")
    }

    /// A name without what cannot be seen; nothing where none is left, or it is too long.
    static func name(_ text: String) -> String? {
        let scalars = text.unicodeScalars.filter { $0.properties.generalCategory != .control }
        let name = String(String.UnicodeScalarView(scalars)).trimmingWhitespace
        return SavedFilter.nameLengths.contains(name.count) && name.utf8.count <= 1000 ? name : nil
    }

    /// The searches as links, each with a way to forget it.
    func list(_ filters: [SavedFilter]) -> HTML {
        if filters.isEmpty { return .none }
        let present = Self.query(of: visit.query)
        let sorted = filters.sorted { $0.name.lowercased() < $1.name.lowercased() }
        let items = sorted.map { filter -> HTML in
            """
            <li class="chip"><a href="/search?\(filter.query)"\
            \(#" aria-current="true""#, if: filter.query == present)>\(filter.name)</a>\
            <form method="post" action="/search/remove" hx-post="/search/remove">\
            \(visit.formFields)<input type="hidden" name="name" value="\(filter.name)">\
            <button class="plain" aria-label="\(say(.removeNamed(filter.name)))">\
            \(Icon.close.markup)</button></form></li>
            """
        }
        return """
            <nav class="saved" aria-label="\(say(.savedFilters))">\
            <ul class="chips">\(items)</ul></nav>
            """
    }

    /// Names the search at hand; nothing where nothing is searched for.
    var saveForm: HTML {
        let query = Self.query(of: visit.query)
        if query.isEmpty { return .none }
        return """
            <details class="fold save"><summary>\(say(.saveFilter))</summary>\
            <form class="row" method="post" action="/search/save" hx-post="/search/save">\
            \(visit.formFields)<input type="hidden" name="query" value="\(query)">\
            <label>\(say(.name)) <input name="name" required \
            maxlength="\(SavedFilter.nameLengths.upperBound)"></label>\
            <button>\(say(.save))</button></form></details>
            """
    }
}
