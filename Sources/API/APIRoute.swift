import HTTPTypes

/// What the path of a request names.
enum APIRoute: Hashable {
    case me
    case tasks
    case task(String)
    case completion(ofTask: String)
    case reopening(ofTask: String)
    case series
    case oneSeries(String)
    case occurrences(ofSeries: String)
    case pausing(ofSeries: String)
    case resuming(ofSeries: String)
    case ending(ofSeries: String)
    case adherence(ofSeries: String)
    case calendars
    case calendar(String)
    case absences(ofUser: String)
    case changes
    case preview
    case users
    case user(String)
    case contacts
    case contact(String)
    case categories
    case category(String)

    /// Reads the parts of a path after the API's prefix; nil where the API has no such path.
    init?(_ parts: [String]) {
        switch (parts.first, parts.count) {
        case ("me", 1): self = .me
        case ("tasks", 1): self = .tasks
        case ("tasks", 2): self = .task(parts[1])
        case ("tasks", 3) where parts[2] == "complete": self = .completion(ofTask: parts[1])
        case ("tasks", 3) where parts[2] == "reopen": self = .reopening(ofTask: parts[1])
        case ("series", 1): self = .series
        case ("series", 2): self = .oneSeries(parts[1])
        case ("series", 3) where parts[2] == "occurrences":
            self = .occurrences(ofSeries: parts[1])
        case ("series", 3) where parts[2] == "pause": self = .pausing(ofSeries: parts[1])
        case ("series", 3) where parts[2] == "resume": self = .resuming(ofSeries: parts[1])
        case ("series", 3) where parts[2] == "end": self = .ending(ofSeries: parts[1])
        case ("series", 3) where parts[2] == "adherence": self = .adherence(ofSeries: parts[1])
        case ("calendars", 1): self = .calendars
        case ("calendars", 2): self = .calendar(parts[1])
        case ("users", 3) where parts[2] == "absences": self = .absences(ofUser: parts[1])
        case ("changes", 1): self = .changes
        case ("recurrence", 2) where parts[1] == "preview": self = .preview
        case ("users", 1): self = .users
        case ("users", 2): self = .user(parts[1])
        case ("contacts", 1): self = .contacts
        case ("contacts", 2): self = .contact(parts[1])
        case ("categories", 1): self = .categories
        case ("categories", 2): self = .category(parts[1])
        default: return nil
        }
    }

    /// The methods that the path has, beside HEAD where it has GET, and OPTIONS.
    private var ownMethods: [HTTPRequest.Method] {
        switch self {
        case .tasks, .series, .calendars: [.get, .post]
        case .task, .oneSeries, .calendar: [.get, .patch, .delete]
        case .completion, .reopening, .pausing, .resuming, .ending, .preview: [.post]
        case .absences: [.get, .put]
        case .me, .changes, .occurrences, .adherence, .users, .user, .contacts, .contact,
            .categories, .category:
            [.get]
        }
    }

    /// Whether the path has a method; HEAD is read as GET.
    func has(_ method: HTTPRequest.Method) -> Bool { ownMethods.contains(method) }

    /// The value of the field `Allow`.
    var allowedMethods: String {
        let names = ownMethods.map(\.rawValue)
        let reading = names.contains("GET") ? ["HEAD"] : []
        return (names + reading + ["OPTIONS"]).joined(separator: ", ")
    }

    /// The scope that a token needs; none where every token in force will do.
    func scope(for method: HTTPRequest.Method) -> APIScope? {
        switch self {
        case .me: nil
        case .tasks, .task, .series, .oneSeries: method == .get ? .readTasks : .writeTasks
        case .completion, .reopening, .pausing, .resuming, .ending: .writeTasks
        case .occurrences, .adherence, .changes, .preview: .readTasks
        case .calendars, .calendar, .absences: method == .get ? .readDirectory : .writeDirectory
        case .users, .user, .contacts, .contact, .categories, .category: .readDirectory
        }
    }
}
