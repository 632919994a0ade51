import HTTPTypes
import Wording

/// What a request of the page is answered with.
enum Outcome: Sendable {
    /// A whole page.
    case view(View)
    /// A piece of a page, for a script that puts it in.
    case piece(HTML)
    /// Another page, after something was done.
    case seeOther(String, Notice? = nil)
}

/// What stands in the frame of the page.
struct View: Sendable {
    let title: String
    /// The link of the navigation that leads here.
    var place: Place?
    let content: HTML
    var status: HTTPResponse.Status = .ok
}

/// The views that the navigation leads to.
enum Place: String, CaseIterable, Sendable {
    case today
    case calendar
    case board
    case series
    case search
    case team
    case settings
    case admin

    var path: String { self == .today ? "/" : "/\(rawValue)" }

    /// Whether it stands in a menu where there is little room.
    var isBeyond: Bool {
        switch self {
        case .today, .calendar, .series, .search: false
        case .board, .team, .settings, .admin: true
        }
    }

    var phrase: Phrase {
        switch self {
        case .today: .today
        case .calendar: .calendar
        case .board: .board
        case .series: .series
        case .search: .search
        case .team: .team
        case .settings: .settings
        case .admin: .admin
        }
    }

    var icon: Icon {
        switch self {
        case .today: .today
        case .calendar: .calendar
        case .board: .board
        case .series: .again
        case .search: .search
        case .team: .team
        case .settings: .settings
        case .admin: .admin
        }
    }
}
