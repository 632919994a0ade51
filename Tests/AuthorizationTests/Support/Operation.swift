import HTTPTypes
import Testing

/// An operation of a dialect: the method, the path and the body of its request.
///
/// A ``Name`` in braces, in path or body, stands for the name of a record.
struct Operation: Sendable, CustomTestStringConvertible {
    let dialect: Dialect
    let method: HTTPRequest.Method
    let path: String
    let body: String
    /// Whether a token for reading is enough.
    let isReading: Bool

    enum Dialect: Sendable {
        case lionDesk
        case highLevel
    }

    private init(
        _ dialect: Dialect,
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String = "",
        isReading: Bool? = nil
    ) {
        self.dialect = dialect
        self.method = method
        self.path = path
        self.body = body
        self.isReading = isReading ?? (method == .get)
    }

    var testDescription: String { "\(method.rawValue) \(path)" }

    /// The names in the path and its query, in order.
    var names: [Name] {
        path.split { "/?=&".contains($0) }.compactMap { part in
            part.first == "{" ? Name(rawValue: String(part.dropFirst().dropLast())) : nil
        }
    }

    /// Every operation of both dialects.
    ///
    /// A record is deleted after all other operations on it.
    static let all = lionDesk + highLevel

    private static let task = """
        {"assigned_user_id": "{user}", "contact_id": "{contactNumber}", "category_id": "{category}",
         "due_at": "2030-01-07T09:00:00", "description": "Call", "status": "incomplete"}
        """

    static let createTask = Operation(.lionDesk, .post, "/api/v1/scheduled/tasks", task)

    private static let lionDesk = [
        Operation(.lionDesk, .get, "/api/v1/scheduled/tasks"),
        createTask,
        Operation(.lionDesk, .get, "/api/v1/scheduled/tasks/{task}"),
        Operation(.lionDesk, .patch, "/api/v1/scheduled/tasks/{task}", task),
        Operation(.lionDesk, .put, "/api/v1/scheduled/tasks/{task}", task),
        Operation(.lionDesk, .get, "/api/v1/scheduled/events"),
        Operation(.lionDesk, .get, "/api/v1/scheduled/events/{event}"),
        Operation(.lionDesk, .delete, "/api/v1/scheduled/tasks/{task}"),
        Operation(.lionDesk, .get, "/api/v1/task-categories"),
        Operation(.lionDesk, .post, "/api/v1/task-categories", #"{"name": "Viewing"}"#),
        Operation(.lionDesk, .get, "/api/v1/task-categories/{category}"),
        Operation(.lionDesk, .patch, "/api/v1/task-categories/{category}", #"{"name": "Sale"}"#),
        Operation(.lionDesk, .put, "/api/v1/task-categories/{category}", #"{"name": "Sale"}"#),
        Operation(.lionDesk, .delete, "/api/v1/task-categories/{category}"),
        Operation(.lionDesk, .get, "/api/v1/me"),
        Operation(.lionDesk, .get, "/api/v1/users"),
        Operation(.lionDesk, .get, "/api/v1/users/{user}"),
        Operation(.lionDesk, .get, "/api/v1/contacts"),
        Operation(.lionDesk, .get, "/api/v1/contacts/{contactNumber}"),
    ]

    private static let series = """
        {"title": "Call", "contactIds": ["{contact}"], "owners": ["{userName}"],
         "rruleOptions": {"intervalType": "daily", "interval": 1, "dueAfterSeconds": 600,
                          "startDate": "2030-01-07T10:00:00.000Z"}}
        """
    private static let contactTask = """
        {"title": "Call", "dueDate": "2030-01-07T10:00:00Z", "completed": false,
         "assignedTo": "{userName}"}
        """
    private static let search = #"{"contactId": ["{contact}"], "assignedTo": ["{userName}"]}"#

    static let createRecurringTask = Operation(
        .highLevel,
        .post,
        "/locations/{location}/recurring-tasks",
        series
    )
    static let createContactTask = Operation(
        .highLevel,
        .post,
        "/contacts/{contact}/tasks",
        contactTask
    )

    private static let highLevel = [
        Operation(.highLevel, .get, "/locations/{location}"),
        Operation(.highLevel, .get, "/locations/{location}/tasks"),
        Operation(.highLevel, .get, "/contacts/?locationId={location}"),
        Operation(.highLevel, .get, "/contacts/{contact}"),
        Operation(.highLevel, .get, "/users/?locationId={location}"),
        Operation(.highLevel, .get, "/users/{userName}"),
        Operation(.highLevel, .get, "/locations/{location}/recurring-tasks"),
        createRecurringTask,
        Operation(.highLevel, .get, "/locations/{location}/recurring-tasks/{recurringTask}"),
        Operation(
            .highLevel,
            .put,
            "/locations/{location}/recurring-tasks/{recurringTask}",
            series
        ),
        Operation(.highLevel, .delete, "/locations/{location}/recurring-tasks/{recurringTask}"),
        Operation(
            .highLevel,
            .post,
            "/locations/{location}/tasks/search",
            search,
            isReading: true
        ),
        Operation(.highLevel, .get, "/contacts/{contact}/tasks"),
        createContactTask,
        Operation(.highLevel, .get, "/contacts/{contact}/tasks/{contactTask}"),
        Operation(.highLevel, .put, "/contacts/{contact}/tasks/{contactTask}", contactTask),
        Operation(
            .highLevel,
            .put,
            "/contacts/{contact}/tasks/{contactTask}/completed",
            #"{"completed": true}"#
        ),
        Operation(.highLevel, .delete, "/contacts/{contact}/tasks/{contactTask}"),
    ]
}

/// A kind of record that requests name.
enum Name: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case location
    case user
    /// The user as HighLevel names them.
    case userName
    case contact
    /// The contact as LionDesk names it.
    case contactNumber
    case category
    case task
    case event
    case recurringTask
    case contactTask
    case team
    case calendar
    /// A token, by its identifier in the own API.
    case token
    case webhook

    var testDescription: String { rawValue }

    /// The text that stands for the name in paths and bodies.
    var placeholder: String { "{\(rawValue)}" }
}

/// The names of somebody's records.
typealias Names = [Name: String]

extension Names {
    /// A text in which the placeholders are replaced by the names.
    func fill(_ text: String) -> String {
        reduce(text) { $0.replacing($1.key.placeholder, with: $1.value) }
    }
}
