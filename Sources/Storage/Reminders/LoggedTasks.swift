import JSON
import Recurrence
import Tasks

/// The tasks that an entry of the log is about, as planning needs to know of them.
struct LoggedTasks {
    struct Mention {
        let id: Int64
        /// Whether somebody made it, or assigned it to another user.
        var isAssigned = false
    }

    let changedAt: Timestamp
    let actorID: Identifier<User>?
    let kind: ChangeKind
    /// By rising number.
    let tasks: [Mention]

    /// Creates it from the columns of ``ReminderWorkStatements/change``.
    init(_ row: some SQLRow) throws(UnreadableValue) {
        changedAt = try row.timestamp(0)
        actorID = try row.optionalIdentifier(1)
        let kind: ChangeKind = try row.value(2)
        self.kind = kind
        let detail = try row.text(3)
        guard let json = try? JSONValue(parsing: Array(detail.utf8)) else {
            throw UnreadableValue(column: row.name(of: 3), reason: "is no JSON")
        }
        var found: [Int64: Mention] = [:]
        for name in ["tasks", "made", "removedTasks"] {
            guard case .array(let items)? = json.object?[name] else { continue }
            for item in items {
                if case .integer(let id) = item { found[id] = Mention(id: id) }
                guard let members = item.object, case .integer(let id)? = members["id"] else {
                    continue
                }
                var task = Mention(id: id)
                if let before = members["before"] {
                    task.isAssigned = before.object?["assigneeID"] != nil
                } else {
                    task.isAssigned = kind == .created
                }
                found[id] = task
            }
        }
        tasks = found.values.sorted { $0.id < $1.id }
    }
}

/// Whether anybody may have to be reminded because of a change.
enum ReminderConcern {
    /// It is about no task.
    case none
    /// It is about tasks that do not speak of reminders; what people or the location say may be.
    case tasks
    case reminders

    init(_ tasks: some Sequence<TaskInstance>) {
        self = .none
        for task in tasks {
            if task.template.speaksOfReminders {
                self = .reminders
                return
            }
            self = .tasks
        }
    }

    init(of plan: ChangePlan, by actor: Actor?) {
        let speaks = { (task: TaskInstance) in task.template.speaksOfReminders }
        if plan.tasks.contains(where: { speaks($0.after) || $0.before.map(speaks) ?? false })
            || plan.removedTasks.contains(where: speaks)
        {
            self = .reminders
        } else {
            self = plan.tasks.isEmpty && plan.removedTasks.isEmpty ? .none : .tasks
        }
        if case .tasks = self, plan.tasks.contains(where: { $0.assigns(by: actor) }) {
            self = .reminders
        }
    }
}

extension Replacement<TaskInstance> {
    /// Whether somebody is to be told that the task is theirs now.
    fileprivate func assigns(by actor: Actor?) -> Bool {
        guard let assigneeID = after.template.assigneeID, after.template.notifiesAssignee else {
            return false
        }
        return assigneeID != before?.template.assigneeID && assigneeID != actor?.userID
            && assigneeID != after.creatorID
    }
}
