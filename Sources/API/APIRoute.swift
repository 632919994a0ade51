package import HTTPTypes
import Tasks

/// What the path of a request names.
package enum APIRoute: Hashable {
    case me
    case tasks
    case task(String)
    case action(TaskAction, ofTask: String)
    case batch
    case whyTask(String)
    case whySeries(String)
    case taskHistory(String)
    case seriesHistory(String)
    case undoing(ofChange: String)
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
    case events
    case preview
    case reminders
    case users
    case user(String)
    case contacts
    case contact(String)
    case categories
    case category(String)
    case location
    case teams
    case team(String)
    case tokens
    case token(String)
    case rotation(ofToken: String)
    case directoryImport
    case directoryExport
    case audit
    case webhooks
    case webhook(String)
    case webhookRotation(String)
    case webhookReplay(String)
    case webhookTest(String)
    case webhookDeliveries(String)

    /// Reads the parts of a path after the API's prefix; nil where the API has no such path.
    package init?(_ parts: [String]) {
        switch (parts.first, parts.count) {
        case ("me", 1): self = .me
        case ("tasks", 1): self = .tasks
        case ("tasks", 2): self = .task(parts[1])
        case ("batch", 1): self = .batch
        case ("tasks", 3) where parts[2] == "why": self = .whyTask(parts[1])
        case ("series", 3) where parts[2] == "why": self = .whySeries(parts[1])
        case ("tasks", 3) where parts[2] == "history": self = .taskHistory(parts[1])
        case ("series", 3) where parts[2] == "history": self = .seriesHistory(parts[1])
        case ("changes", 3) where parts[2] == "undo": self = .undoing(ofChange: parts[1])
        case ("tasks", 3):
            guard let action = TaskAction(rawValue: parts[2]) else { return nil }
            self = .action(action, ofTask: parts[1])
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
        case ("events", 1): self = .events
        case ("recurrence", 2) where parts[1] == "preview": self = .preview
        case ("reminders", 1): self = .reminders
        case ("users", 1): self = .users
        case ("users", 2): self = .user(parts[1])
        case ("contacts", 1): self = .contacts
        case ("contacts", 2): self = .contact(parts[1])
        case ("categories", 1): self = .categories
        case ("categories", 2): self = .category(parts[1])
        default: self.init(ofAdministration: parts)
        }
    }

    /// Reads the path of what those ask for who administer.
    private init?(ofAdministration parts: [String]) {
        switch (parts.first, parts.count) {
        case ("location", 1): self = .location
        case ("teams", 1): self = .teams
        case ("teams", 2): self = .team(parts[1])
        case ("tokens", 1): self = .tokens
        case ("tokens", 2): self = .token(parts[1])
        case ("tokens", 3) where parts[2] == "rotate": self = .rotation(ofToken: parts[1])
        case ("directory", 2) where parts[1] == "import": self = .directoryImport
        case ("directory", 2) where parts[1] == "export": self = .directoryExport
        case ("audit", 1): self = .audit
        case ("webhooks", 1): self = .webhooks
        case ("webhooks", 2): self = .webhook(parts[1])
        case ("webhooks", 3) where parts[2] == "rotate": self = .webhookRotation(parts[1])
        case ("webhooks", 3) where parts[2] == "replay": self = .webhookReplay(parts[1])
        case ("webhooks", 3) where parts[2] == "test": self = .webhookTest(parts[1])
        case ("webhooks", 3) where parts[2] == "deliveries": self = .webhookDeliveries(parts[1])
        default: return nil
        }
    }

    /// The methods that the path has, beside HEAD where it has GET, and OPTIONS.
    private var ownMethods: [HTTPRequest.Method] {
        switch self {
        case .tasks, .series, .users, .teams, .contacts, .categories, .tokens, .calendars,
            .webhooks:
            [.get, .post]
        case .task, .oneSeries, .user, .team, .contact, .category, .calendar, .webhook:
            [.get, .patch, .delete]
        case .location: [.get, .patch]
        case .token: [.get, .delete]
        case .absences: [.get, .put]
        case .action, .undoing, .pausing, .resuming, .ending, .preview, .batch, .rotation,
            .directoryImport, .webhookRotation, .webhookReplay, .webhookTest:
            [.post]
        case .me, .changes, .events, .occurrences, .adherence, .whyTask, .whySeries,
            .taskHistory, .seriesHistory, .directoryExport, .audit,
            .webhookDeliveries, .reminders:
            [.get]
        }
    }

    /// Whether the path names a record that the methods which write change, as the client has it.
    var changesRecord: Bool {
        switch self {
        case .task, .action, .oneSeries, .pausing, .resuming, .ending, .calendar, .user, .team,
            .contact, .category, .webhook, .webhookRotation, .webhookReplay:
            true
        case .me, .tasks, .batch, .whyTask, .whySeries, .taskHistory, .seriesHistory, .undoing,
            .series, .occurrences, .adherence, .calendars, .absences, .changes, .events, .preview,
            .users, .contacts, .categories, .location, .teams, .tokens, .token, .rotation,
            .directoryImport, .directoryExport, .audit, .webhooks, .webhookTest,
            .webhookDeliveries, .reminders:
            false
        }
    }

    /// Whether a write of the path is made in the one transaction of an atomic batch.
    ///
    /// When somebody is reminded, and what webhooks are told, is not; and what reads would not show
    /// what the operations before it make.
    var joinsAtomicBatches: Bool {
        switch self {
        case .action(let action, _): action != .snooze
        case .tasks, .task, .undoing, .series, .oneSeries, .pausing, .resuming, .ending,
            .calendars, .calendar, .users, .user, .contacts, .contact, .categories, .category,
            .location, .teams, .team, .tokens, .token, .rotation, .directoryImport:
            true
        case .me, .batch, .whyTask, .whySeries, .taskHistory, .seriesHistory, .occurrences,
            .adherence, .absences, .changes, .events, .preview, .reminders, .directoryExport,
            .audit, .webhooks, .webhook, .webhookRotation, .webhookReplay, .webhookTest,
            .webhookDeliveries:
            false
        }
    }

    /// Whether the path has a method; HEAD is read as GET.
    package func has(_ method: HTTPRequest.Method) -> Bool { ownMethods.contains(method) }

    /// The value of the field `Allow`.
    package var allowedMethods: String {
        let names = ownMethods.map(\.rawValue)
        let reading = names.contains("GET") ? ["HEAD"] : []
        return (names + reading + ["OPTIONS"]).joined(separator: ", ")
    }

    /// Refuses those whose token, or whose role, does not allow it.
    ///
    /// Whom only the role keeps from changing users may change a part of their own record, which
    /// `DirectoryWrites` looks at.
    func checkScope(
        of principal: Principal,
        for method: HTTPRequest.Method
    ) throws(Problem) {
        guard let scope = scope(for: method), !scope.isGranted(to: principal) else { return }
        if case .user = self, method == .patch, principal.allows(scope.rawValue) { return }
        throw Problem.needsScope(scope)
    }

    /// The scope that a token needs; none where every token in force will do.
    package func scope(for method: HTTPRequest.Method) -> APIScope? {
        switch self {
        case .me, .batch: nil
        case .tasks, .task, .series, .oneSeries: method == .get ? .readTasks : .writeTasks
        case .action, .undoing, .pausing, .resuming, .ending: .writeTasks
        case .occurrences, .adherence, .changes, .events, .preview, .taskHistory, .seriesHistory,
            .whyTask, .whySeries:
            .readTasks
        case .users, .user, .teams, .team, .contacts, .contact, .categories, .category,
            .calendars, .calendar, .absences:
            method == .get ? .readDirectory : .writeDirectory
        case .location: method == .get ? .readDirectory : .writeSettings
        case .tokens, .token, .rotation: .writeTokens
        case .directoryImport, .directoryExport, .audit: .writeDirectory
        case .webhooks, .webhook: method == .get ? .readWebhooks : .writeWebhooks
        case .webhookRotation, .webhookReplay, .webhookTest: .writeWebhooks
        case .webhookDeliveries: .readWebhooks
        case .reminders: .readReminders
        }
    }
}
