import Tasks

/// What can be done to a task by a path of its own.
package enum TaskAction: String, Hashable, Sendable, CaseIterable {
    case complete, reopen, skip, unskip, restore, postpone, snooze
}

/// What a write is about to do to a task.
enum TaskPurpose: Hashable {
    case change
    case deletion
    case action(TaskAction)

    /// Why the state of a task does not allow it; nothing where it does.
    func refusal(of task: TaskInstance) -> String? {
        let isSkipped = task.skip != nil
        switch (self, task.state) {
        case (.deletion, _), (_, .open): return nil
        case (.action(.restore), .deleted) where isSkipped:
            return "The task is skipped, not deleted."
        case (.action(.restore), _), (.action(.complete), .completed),
            (.action(.reopen), .completed), (.change, .completed):
            return nil
        case (.action(.skip), .deleted) where isSkipped: return nil
        case (.action(.unskip), .deleted) where isSkipped: return nil
        case (.change, .deleted), (.action, .deleted):
            return isSkipped ? "The task is skipped." : "The task is deleted."
        case (.action, .completed): return "The task is complete."
        }
    }
}
