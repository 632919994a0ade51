import Recurrence
import Wording

/// What administrators look after, each on a page of its own.
enum OfficeArea: String, CaseIterable, Sendable {
    case people
    case teams
    case contacts
    case categories
    case daysOff = "days-off"
    case tokens
    case webhooks
    case reminders
    case audit
    case health

    var path: String { "/admin/\(rawValue)" }

    var phrase: Phrase {
        switch self {
        case .people: .people
        case .teams: .teams
        case .contacts: .contacts
        case .categories: .categories
        case .daysOff: .daysOff
        case .tokens: .accessTokens
        case .webhooks: .webhooks
        case .reminders: .reminders
        case .audit: .audit
        case .health: .health
        }
    }

    /// What it is for.
    var purpose: Phrase {
        switch self {
        case .people: .peoplePurpose
        case .teams: .teamsPurpose
        case .contacts: .contactsPurpose
        case .categories: .categoriesPurpose
        case .daysOff: .daysOffPurpose
        case .tokens: .tokensPurpose
        case .webhooks: .webhooksPurpose
        case .reminders: .remindersPurpose
        case .audit: .auditPurpose
        case .health: .healthPurpose
        }
    }

    /// A page of the area, with the ways to the others, and something beside the heading, which is the
    /// area's where there is no title.
    func page(
        _ visit: Visit,
        title: String? = nil,
        beside: HTML = .none,
        _ content: HTML
    ) -> View {
        let say = visit.say
        let links = Self.allCases.map { area -> HTML in
            """
            <li><a href="\(area.path)"\(#" aria-current="page""#, if: area == self)>\
            \(say(area.phrase))</a></li>
            """
        }
        let trail: HTML =
            title == nil
            ? .none : #"<p class="trail"><a href="\#(path)">\#(say(phrase))</a></p>"#
        return View(
            title: title ?? say(phrase),
            place: .admin,
            content: """
                <nav class="areas" aria-label="\(say(.admin))"><ul>\
                <li><a href="/admin">\(say(.overview))</a></li>\(links)</ul></nav>
                \(trail)<div class="head"><div><h1>\(title ?? say(phrase))</h1>
                <p class="summary">\(title == nil ? say(purpose) : "")</p></div>\(beside)</div>
                <div class="stack">\(content)</div>
                """
        )
    }
}

/// What the pages of the office have in common.
protocol OfficePage {
    var visit: Visit { get }
    var area: OfficeArea { get }
}

extension OfficePage {
    var say: ReaderLocale { visit.say }

    /// Leads back to the area, or to a page of it, and tells what was done.
    func told(_ text: String, at path: String? = nil, undoing number: Int64? = nil) -> Outcome {
        .seeOther(path ?? area.path, Notice(text: text, changeNumbers: number.map { [$0] } ?? []))
    }

    func told(_ phrase: Phrase, at path: String? = nil) -> Outcome { told(say(phrase), at: path) }

    /// Tells what a write of policies did to tasks.
    func told(effectOf answer: Record, _ phrase: Phrase, at path: String) -> Outcome {
        let effect = EffectSentence(answer).map { " " + $0.text(say) } ?? ""
        return told(say(phrase) + effect, at: path, undoing: answer.optionalNumber("changeNumber"))
    }

    func card(_ title: Phrase? = nil, _ content: HTML) -> HTML {
        let heading: HTML = title.map { title -> HTML in "<h2>\(say(title))</h2>" } ?? .none
        return #"<section class="card">\#(heading)\#(content)</section>"#
    }

    /// A form that is sent below the area.
    func form(
        _ path: String,
        kind: StaticString = "row",
        back: String? = nil,
        _ content: HTML
    ) -> HTML {
        let action = area.path + path
        return """
            <form class="\(kind.description)" method="post" action="\(action)" hx-post="\(action)">\
            \(visit.formFields(back: back ?? area.path))\(content)</form>
            """
    }

    /// A button that asks once more before it is pressed.
    func confirmed(_ phrase: Phrase, _ question: Phrase, at path: String) -> HTML {
        """
        <details class="ask"><summary class="button danger">\(say(phrase))</summary>\
        <div class="question"><p>\(say(question))</p>\
        \(form(path, #"<button class="danger">\#(say(phrase))</button>"#))</div></details>
        """
    }

    func empty(_ phrase: Phrase) -> HTML { #"<div class="kind"><p>\#(say(phrase))</p></div>"# }

    /// A day and a time of day on the visitor's clocks.
    func moment(_ time: Timestamp) -> String {
        let local = visit.zone.localDateTime(at: time)
        return "\(say.nearDay(local.date, from: visit.today)), \(say.time(local))"
    }

    /// The way to the next page of a list.
    func more(_ list: Record, at path: String) -> HTML {
        guard let cursor = list.optional("nextCursor") else { return .none }
        return """
            <p class="row end"><a class="button" href="\(path)?cursor=\(cursor.percentEncoded)">\
            \(say(.nextPage))</a></p>
            """
    }

    /// The place in a list that the address names.
    var cursorQuery: String {
        visit.query.said("cursor").map { "&cursor=\($0.percentEncoded)" } ?? ""
    }
}
