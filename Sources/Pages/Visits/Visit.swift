import HTTPTypes
import Hummingbird
import Recurrence
import Tasks
import Wording

/// One request of somebody who is signed in.
struct Visit: Sendable {
    let visitor: Visitor
    let request: Request
    /// The parts of the path.
    let path: [String]
    let query: Form
    /// The fields of the form that was sent; none of a GET.
    let form: Form
    let now: Timestamp
    /// The zone of the user's clocks.
    let zone: Zone
    let say: ReaderLocale
    let api: OwnAPI
    /// The token that every form carries.
    let formToken: String
    /// Where the location's log ended before anything was read.
    let cursor: String
    /// What an action before this request did, to be told once.
    let notice: Notice?
    let site: PageSite

    var principal: Principal { visitor.principal }

    /// The user's number as records have it.
    var userID: String { principal.userID.map { "\($0.rawValue)" } ?? "" }

    /// What the user's clocks show.
    var localNow: LocalDateTime { zone.localDateTime(at: now) }

    var today: CivilDate { localNow.date }

    /// Whether a script of the page asks for a part of a view.
    var isPartial: Bool {
        HTTPField.Name("HX-Request").map { request.headers[$0] == "true" } ?? false
    }

    /// The instant at which a day begins.
    func start(of date: CivilDate) -> Timestamp { zone.timestamp(of: LocalDateTime(date)) }

    /// The path and query of the page that a form stands on, to go back to.
    var returnPath: String {
        let path = form["back"] ?? query["back"] ?? "/"
        // Only to the page itself.
        guard path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\"),
            path.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return "/" }
        return path
    }

    /// The path and query of this request.
    var ownPath: String {
        let query = request.uri.query.map { "?\($0)" } ?? ""
        return request.uri.path + query
    }
}

/// What an action did, told on the next page: a sentence, and the changes that can be undone.
struct Notice: Hashable, Sendable {
    let text: String
    var changeNumbers: [Int64] = []
    var isFailure = false
}
