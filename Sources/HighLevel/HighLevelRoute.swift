import HTTPTypes

/// The operation that a request's method and path name; HEAD means the same as GET.
enum HighLevelRoute: Hashable {
    case location(locationName: String)
    case recurringTasks(RecurringTaskOperation, locationName: String)
    case taskSearch(locationName: String)
    case taskList(locationName: String)
    case contacts
    case contact(contactName: String)
    case contactTasks(ContactTaskOperation, contactName: String)
    case users
    case user(userName: String)

    /// Reads a method and the parts of a path; returns nil where the API has no such route.
    init?(_ method: HTTPRequest.Method, _ parts: [Substring]) {
        let method = method == .head ? .get : method
        guard parts.count >= 3 else {
            guard method == .get, let route = Self.lookUp(parts) else { return nil }
            self = route
            return
        }
        let owner = String(parts[1])
        let rest = parts.dropFirst(3).map(String.init)
        switch (parts[0], parts[2]) {
        case ("locations", "recurring-tasks"):
            guard let operation = RecurringTaskOperation(method, rest) else { return nil }
            self = .recurringTasks(operation, locationName: owner)
        case ("locations", "tasks"):
            switch (method, rest) {
            case (.post, ["search"]): self = .taskSearch(locationName: owner)
            case (.get, []): self = .taskList(locationName: owner)
            default: return nil
            }
        case ("contacts", "tasks"):
            guard let operation = ContactTaskOperation(method, rest) else { return nil }
            self = .contactTasks(operation, contactName: owner)
        default: return nil
        }
    }

    /// The look-up in the directory that a path of one or two parts names.
    private static func lookUp(_ parts: [Substring]) -> HighLevelRoute? {
        let name = parts.count == 2 ? String(parts[1]) : nil
        return switch (parts.first, name) {
        case ("locations", let name?): .location(locationName: name)
        case ("contacts", nil): .contacts
        case ("contacts", let name?): .contact(contactName: name)
        case ("users", nil): .users
        case ("users", let name?): .user(userName: name)
        default: nil
        }
    }

    /// The location that the path names; nil where it names none, and the token's location counts.
    var locationName: String? {
        switch self {
        case .location(let name), .recurringTasks(_, let name), .taskSearch(let name),
            .taskList(let name):
            name
        case .contacts, .contact, .contactTasks, .users, .user: nil
        }
    }

    /// The scope that a token with scopes must have; nil where none is needed.
    func scope(_ options: HighLevelOptions) -> HighLevelScope? {
        switch self {
        case .recurringTasks(let operation, _):
            guard options.recurringTasksNeedScopes else { return nil }
            return operation.isReading ? .readRecurringTasks : .writeRecurringTasks
        case .location: return .readLocations
        case .taskSearch, .taskList: return .searchTasks
        case .contacts, .contact: return .readContacts
        case .contactTasks(let operation, _):
            return operation.isReading ? .readContacts : .writeContacts
        case .users, .user: return .readUsers
        }
    }
}

/// What a token may do that does not stand for everything, in HighLevel's own names.
package enum HighLevelScope: String, CaseIterable {
    case readRecurringTasks = "recurring-tasks.readonly"
    case writeRecurringTasks = "recurring-tasks.write"
    case readLocations = "locations.readonly"
    case searchTasks = "locations/tasks.readonly"
    case readContacts = "contacts.readonly"
    case writeContacts = "contacts.write"
    case readUsers = "users.readonly"
}

/// An operation on a location's recurring tasks, with the identifier of the one it is about.
enum RecurringTaskOperation: Hashable {
    case create
    /// HighLevel itself has no list.
    case list
    case get(String)
    case update(String)
    case delete(String)

    fileprivate init?(_ method: HTTPRequest.Method, _ path: [String]) {
        switch (method, path.count) {
        case (.post, 0): self = .create
        case (.get, 0): self = .list
        case (.get, 1): self = .get(path[0])
        case (.put, 1): self = .update(path[0])
        case (.delete, 1): self = .delete(path[0])
        default: return nil
        }
    }

    fileprivate var isReading: Bool {
        switch self {
        case .list, .get: true
        case .create, .update, .delete: false
        }
    }
}

/// An operation on a contact's tasks, with the identifier of the one it is about.
enum ContactTaskOperation: Hashable {
    case create
    case list
    case get(String)
    case update(String)
    /// Sets whether the task is completed, and changes nothing else.
    case updateStatus(String)
    case delete(String)

    fileprivate init?(_ method: HTTPRequest.Method, _ path: [String]) {
        switch (method, path.count) {
        case (.post, 0): self = .create
        case (.get, 0): self = .list
        case (.get, 1): self = .get(path[0])
        case (.put, 1): self = .update(path[0])
        case (.put, 2) where path[1] == "completed": self = .updateStatus(path[0])
        case (.delete, 1): self = .delete(path[0])
        default: return nil
        }
    }

    fileprivate var isReading: Bool {
        switch self {
        case .list, .get: true
        case .create, .update, .updateStatus, .delete: false
        }
    }
}
