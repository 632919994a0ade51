import HTTPTypes
import Hummingbird
import Tasks
import Wording

/// Which view or action is at which path.
struct PageRoutes<Sessions: PageStore>: Sendable {
    let sessions: Sessions

    func outcome(of visit: Visit) async throws -> Outcome {
        visit.request.method == .post
            ? try await action(visit) : try await view(visit)
    }

    private func view(_ visit: Visit) async throws -> Outcome {
        let path = visit.path
        switch (path.first, path.count) {
        case (nil, 0): return .view(try await TodayView(visit).view())
        case ("add", 1), ("add", 2): return .view(try await NewTaskView(visit).view())
        case ("tasks", 2): return try await TaskView(visit: visit, id: path[1]).view()
        case ("tasks", 3) where path[2] == "sheet":
            return try await TaskSheet(visit).outcome(of: path[1])
        case ("tasks", 3) where path[2] == "move":
            return try await MoveSheet(visit: visit, id: path[1]).outcome()
        case ("series", 1): return .view(try await SeriesListView(visit: visit).view())
        case ("series", 2): return try await SeriesView(visit: visit, id: path[1]).view()
        case ("calendar", 1): return .view(try await CalendarView(visit: visit).view())
        case ("board", 1): return .view(try await BoardView(visit: visit).view())
        case ("search", 1):
            return .view(try await SearchView(visit: visit, filters: sessions).view())
        case ("settings", 1), ("settings", 2):
            return .view(try await SettingsView(visit: visit, sessions: sessions).view())
        case ("team", 1) where visit.principal.role >= .manager:
            return .view(try await TeamView(visit: visit).view())
        case ("team", 2) where path[1] == "share" && visit.principal.role >= .manager:
            return try await TeamShare(visit: visit).outcome()
        case ("admin", _) where visit.principal.role >= .admin:
            return try await OfficeView(visit: visit).view(Array(path.dropFirst()))
        case ("contacts", 2): return try await ContactView(visit: visit, id: path[1]).view()
        default: return visit.nothingHere
        }
    }

    private func action(_ visit: Visit) async throws -> Outcome {
        let path = visit.path
        switch (path.first, path.count) {
        case ("add", 1): return try await AddView(visit).add()
        case ("add", 2) where path[1] == "understood":
            return .piece(try await AddView(visit).understood())
        case ("add", 2) where path[1] == "full": return try await NewTaskView(visit).create()
        case ("rule", 1): return .piece(try await NewTaskView(visit).rule())
        case ("tasks", 1): return try await TaskActions(visit).carryOut()
        case ("tasks", 2): return try await TaskView(visit: visit, id: path[1]).save()
        case ("tasks", 3) where path[2] == "effect":
            return .piece(try await TaskView(visit: visit, id: path[1]).effect())
        case ("tasks", 3) where path[2] == "move":
            return try await MoveSheet(visit: visit, id: path[1]).move()
        case ("series", 3): return try await SeriesView(visit: visit, id: path[1]).act(path[2])
        case ("settings", 2...3):
            return try await SettingsView(visit: visit, sessions: sessions)
                .act(Array(path.dropFirst()))
        case ("search", 2):
            return try await SearchView(visit: visit, filters: sessions).act(path[1])
        case ("team", 1) where visit.principal.role >= .manager:
            return try await TeamView(visit: visit).handOver()
        case ("team", 2) where path[1] == "share" && visit.principal.role >= .manager:
            return try await TeamShare(visit: visit).give()
        case ("admin", 2...) where visit.principal.role >= .admin:
            return try await OfficeView(visit: visit).act(Array(path.dropFirst()))
        case ("undo", 2): return try await TaskActions(visit).undo(path[1])
        default: return visit.nothingHere
        }
    }
}

extension Visit {
    var nothingHere: Outcome {
        .view(
            View(
                title: say(.notFoundTitle),
                content: "<h1>\(say(.notFoundTitle))</h1><p>\(say(.notFound))</p>",
                status: .notFound
            )
        )
    }

    /// What a refusal of the API is shown as: of an action on the page before, of a view in its place.
    func outcome(of refusal: Refusal) -> Outcome {
        if request.method == .post, !asksForPiece {
            return .seeOther(returnPath, Notice(text: told(refusal), isFailure: true))
        }
        if refusal.status == 404 { return nothingHere }
        return .view(
            View(
                title: say(.refusedTitle),
                content: "<h1>\(say(.refusedTitle))</h1><p>\(told(refusal))</p>",
                status: HTTPResponse.Status(code: refusal.status)
            )
        )
    }

    /// Whether a piece of a view is asked for, and nothing done.
    private var asksForPiece: Bool {
        ["understood", "effect"].contains(path.last) || path.first == "rule"
    }

    /// A refusal in a sentence.
    func told(_ refusal: Refusal) -> String {
        switch refusal.status {
        case 403: say(.forbidden)
        case 404: say(.notFound)
        case 503: say(.unavailable)
        default: refusal.reasons.joined(separator: "; ").capitalizedFirst
        }
    }
}
