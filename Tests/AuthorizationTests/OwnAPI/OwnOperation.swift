import HTTPTypes
import JSON
import Testing

/// An operation of the own API.
///
/// A ``Name`` in braces, in path or body, stands for the name of a record.
struct OwnOperation: Sendable, CustomTestStringConvertible {
    let method: HTTPRequest.Method
    /// The path without `/v1`.
    let path: String
    /// The scope that it needs; none where every token in force will do.
    let scope: String?
    let body: String
    /// Parameters that a request of it needs.
    let query: String
    /// Whether it answers alike whether the record in its path is seen or not.
    let isBlind: Bool
    /// Whether what its path names is not there, for anybody.
    let isOfNothing: Bool

    private init(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ scope: String?,
        _ body: String = "",
        query: String = "",
        isBlind: Bool = false,
        isOfNothing: Bool = false
    ) {
        self.isOfNothing = isOfNothing
        self.method = method
        self.path = path
        self.scope = scope
        self.body = body
        self.query = query
        self.isBlind = isBlind
    }

    var testDescription: String { "\(method.rawValue) \(path)" }

    /// The names in the path, in order.
    var names: [Name] {
        path.split(separator: "/").compactMap { part in
            part.first == "{" ? Name(rawValue: String(part.dropFirst().dropLast())) : nil
        }
    }

    /// Whether the path names a record that not everybody in the location sees.
    var namesRecord: Bool { !names.isEmpty && !isBlind }

    private static let draft = """
        {"title": "Call", "dueAt": "2030-01-07T09:00:00Z", "assigneeId": "{user}",
         "contactId": "{contactNumber}", "categoryId": "{category}"}
        """
    private static let later = #"{"to": {"local": "2030-01-08T09:00:00"}}"#
    private static let batch = #"{"operations": [{"method": "GET", "path": "/me"}]}"#
    private static let edit = """
        {"assigneeId": "{user}", "contactId": "{contactNumber}", "categoryId": "{category}"}
        """

    /// Every operation; a route that is not here fails `OwnAPITests`.
    static let all: [OwnOperation] =
        [
            OwnOperation(.get, "/me", nil),
            OwnOperation(.get, "/tasks", "tasks.read"),
            OwnOperation(.post, "/tasks", "tasks.write", draft),
            OwnOperation(.get, "/tasks/{task}", "tasks.read"),
            OwnOperation(.patch, "/tasks/{task}", "tasks.write", edit),
            OwnOperation(.delete, "/tasks/{task}", "tasks.write"),
            OwnOperation(.post, "/tasks/{task}/complete", "tasks.write"),
            OwnOperation(.post, "/tasks/{task}/reopen", "tasks.write"),
            OwnOperation(.post, "/tasks/{task}/skip", "tasks.write"),
            OwnOperation(.post, "/tasks/{task}/unskip", "tasks.write"),
            OwnOperation(.post, "/tasks/{task}/restore", "tasks.write"),
            OwnOperation(.post, "/tasks/{task}/postpone", "tasks.write", later),
            OwnOperation(.post, "/tasks/{task}/snooze", "tasks.write", #"{"for": "PT1H"}"#),
            OwnOperation(.get, "/tasks/{task}/history", "tasks.read"),
            OwnOperation(.get, "/tasks/{task}/why", "tasks.read"),
            OwnOperation(.get, "/series/{recurringTask}/history", "tasks.read"),
            OwnOperation(.get, "/series/{recurringTask}/why", "tasks.read", query: "on=2030-01-07"),
            OwnOperation(.post, "/changes/9999999/undo", "tasks.write", isOfNothing: true),
            OwnOperation(.get, "/events", "tasks.read"),
            OwnOperation(.post, "/batch", nil, batch),
            OwnOperation(.get, "/series", "tasks.read"),
            OwnOperation(.get, "/series/{recurringTask}", "tasks.read"),
            OwnOperation(.get, "/series/{recurringTask}/occurrences", "tasks.read"),
            OwnOperation(.get, "/changes", "tasks.read"),
            OwnOperation(.post, "/recurrence/preview", "tasks.read", #"{"rule": "FREQ=DAILY"}"#),
            OwnOperation(.get, "/reminders", "reminders.read"),
            OwnOperation(.get, "/users", "directory.read"),
            OwnOperation(.get, "/users/{user}", "directory.read"),
            OwnOperation(.get, "/contacts", "directory.read"),
            OwnOperation(.get, "/contacts/{contactNumber}", "directory.read"),
            OwnOperation(.get, "/categories", "directory.read"),
            OwnOperation(.get, "/categories/{category}", "directory.read"),
        ] + administration + policies + webhooks

    private static let team = #"{"name": "Closers", "memberIds": ["{user}"]}"#
    private static let contact = #"{"lastName": "Ortiz", "sharedWithIds": ["{user}"]}"#
    private static let ownCategory = #"{"name": "Viewing", "ownerId": "{user}"}"#
    private static let document = """
        {"teams": [{"name": "Closers", "location": "{location}", "members": [{user}]}]}
        """

    private static let administration: [OwnOperation] = [
        OwnOperation(.get, "/location", "directory.read"),
        OwnOperation(.patch, "/location", "settings.write", #"{"timeZone": "Asia/Tokyo"}"#),
        OwnOperation(.post, "/users", "directory.write", #"{"name": "Gina"}"#),
        OwnOperation(.patch, "/users/{user}", "directory.write", #"{"role": "manager"}"#),
        OwnOperation(.delete, "/users/{user}", "directory.write"),
        OwnOperation(.get, "/teams", "directory.read"),
        OwnOperation(.post, "/teams", "directory.write", team),
        OwnOperation(.get, "/teams/{team}", "directory.read"),
        OwnOperation(.patch, "/teams/{team}", "directory.write", team),
        OwnOperation(.delete, "/teams/{team}", "directory.write"),
        OwnOperation(.post, "/contacts", "directory.write", contact),
        OwnOperation(.patch, "/contacts/{contactNumber}", "directory.write", contact),
        OwnOperation(.delete, "/contacts/{contactNumber}", "directory.write"),
        OwnOperation(.post, "/categories", "directory.write", ownCategory),
        OwnOperation(.patch, "/categories/{category}", "directory.write", ownCategory),
        OwnOperation(.delete, "/categories/{category}", "directory.write"),
        OwnOperation(.get, "/tokens", "tokens.write"),
        OwnOperation(.post, "/tokens", "tokens.write", #"{"userId": "{user}"}"#),
        OwnOperation(.get, "/tokens/{token}", "tokens.write"),
        OwnOperation(.delete, "/tokens/{token}", "tokens.write"),
        OwnOperation(.post, "/tokens/{token}/rotate", "tokens.write"),
        OwnOperation(.post, "/directory/import", "directory.write", document),
        OwnOperation(.get, "/directory/export", "directory.write"),
        OwnOperation(.get, "/audit", "directory.write"),
    ]

    private static let series = """
        {"title": "Call", "recurrence": {"rule": "FREQ=DAILY"}, "assigneeId": "{user}",
         "contactId": "{contactNumber}", "categoryId": "{category}"}
        """
    private static let calendar = #"{"name": "Holidays"}"#

    private static let policies: [OwnOperation] = [
        OwnOperation(.post, "/series", "tasks.write", series),
        OwnOperation(.patch, "/series/{recurringTask}", "tasks.write", edit),
        OwnOperation(.delete, "/series/{recurringTask}", "tasks.write"),
        OwnOperation(.post, "/series/{recurringTask}/pause", "tasks.write"),
        OwnOperation(.post, "/series/{recurringTask}/resume", "tasks.write"),
        OwnOperation(.post, "/series/{recurringTask}/end", "tasks.write"),
        OwnOperation(.get, "/series/{recurringTask}/adherence", "tasks.read"),
        OwnOperation(.get, "/calendars", "directory.read"),
        OwnOperation(.post, "/calendars", "directory.write", calendar),
        OwnOperation(.get, "/calendars/{calendar}", "directory.read"),
        OwnOperation(.patch, "/calendars/{calendar}", "directory.write", calendar),
        OwnOperation(.delete, "/calendars/{calendar}", "directory.write"),
        OwnOperation(.get, "/users/{user}/absences", "directory.read"),
        OwnOperation(.put, "/users/{user}/absences", "directory.write", #"{"absences": []}"#),
    ]

    private static let webhooks: [OwnOperation] = [
        OwnOperation(.get, "/webhooks", "webhooks.read"),
        OwnOperation(.post, "/webhooks", "webhooks.write", #"{"url": "https://example.com/"}"#),
        OwnOperation(.get, "/webhooks/{webhook}", "webhooks.read"),
        OwnOperation(.patch, "/webhooks/{webhook}", "webhooks.write", #"{"paused": true}"#),
        OwnOperation(.delete, "/webhooks/{webhook}", "webhooks.write"),
        OwnOperation(.post, "/webhooks/{webhook}/rotate", "webhooks.write"),
        OwnOperation(.post, "/webhooks/{webhook}/replay", "webhooks.write"),
        OwnOperation(.post, "/webhooks/{webhook}/test", "webhooks.write"),
        OwnOperation(.get, "/webhooks/{webhook}/deliveries", "webhooks.read"),
    ]

    /// Whether the record in the path is one that everybody in its location sees.
    var isOfLocation: Bool { names.contains(.calendar) || names.contains(.webhook) }

    /// Whether it writes, and can be tried.
    var isWriting: Bool { scope?.hasSuffix(".write") ?? false && method != .get }

    /// The path with its query; a write is only tried.
    var target: String {
        let trial = isWriting ? "dryRun=true" : ""
        let parts = [query, trial].filter { !$0.isEmpty }
        return path + (parts.isEmpty ? "" : "?") + parts.joined(separator: "&")
    }
}
