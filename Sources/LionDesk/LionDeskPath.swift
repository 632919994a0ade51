/// What a path of the API names; the base is `/api/v1`.
enum LionDeskPath: Equatable {
    case tasks
    case task(String)
    case categories
    case category(String)
    case events
    case event(String)
    case me
    case users
    case user(String)
    case contacts
    case contact(String)

    /// Reads the parts of a path; returns nil for a path that the API does not have.
    init?(_ parts: [Substring]) {
        guard parts.count > 2, parts[0] == "api", parts[1] == "v1" else { return nil }
        var parts = Array(parts.dropFirst(2))
        let isScheduled = parts.first == "scheduled"
        if isScheduled { parts.removeFirst() }
        guard let resource = parts.first, parts.count <= 2 else { return nil }
        let id = parts.count == 2 ? String(parts[1]) : nil
        switch (resource, isScheduled) {
        case ("tasks", true): self = id.map(Self.task) ?? .tasks
        case ("events", true): self = id.map(Self.event) ?? .events
        case ("task-categories", _): self = id.map(Self.category) ?? .categories
        case ("me", false) where id == nil: self = .me
        case ("users", false): self = id.map(Self.user) ?? .users
        case ("contacts", false): self = id.map(Self.contact) ?? .contacts
        default: return nil
        }
    }

    /// The methods that are answered at the path, as an `Allow` header field lists them.
    var methods: String {
        switch self {
        case .tasks, .categories: "GET, HEAD, POST"
        case .task, .category: "GET, HEAD, PUT, PATCH, DELETE"
        case .events, .event, .me, .users, .user, .contacts, .contact: "GET, HEAD"
        }
    }
}
