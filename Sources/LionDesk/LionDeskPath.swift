/// What a path of the API names; the base is `/api/v1`.
enum LionDeskPath: Equatable {
    case tasks
    case task(String)
    case categories
    case category(String)
    case events
    case event(String)

    /// Reads the parts of a path; returns nil for a path that the API does not have.
    init?(_ parts: [Substring]) {
        guard parts.count > 2, parts[0] == "api", parts[1] == "v1" else { return nil }
        var parts = parts.dropFirst(2)
        if parts.first == "scheduled" {
            parts.removeFirst()
        } else if parts.first != "task-categories" {
            return nil
        }
        guard let resource = parts.first, parts.count <= 2 else { return nil }
        let id = parts.count == 2 ? parts.last.map(String.init) : nil
        switch resource {
        case "tasks": self = id.map(Self.task) ?? .tasks
        case "events": self = id.map(Self.event) ?? .events
        case "task-categories": self = id.map(Self.category) ?? .categories
        default: return nil
        }
    }

    /// The methods that are answered at the path, as an `Allow` header field lists them.
    var methods: String {
        switch self {
        case .tasks, .categories: "GET, HEAD, POST"
        case .task, .category: "GET, HEAD, PUT, PATCH, DELETE"
        case .events, .event: "GET, HEAD"
        }
    }
}
