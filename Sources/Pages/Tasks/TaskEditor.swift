import JSON
import Recurrence
import Wording

/// An edit of a task, as its form says it.
struct TaskEditor {
    let visit: Visit
    let task: ShownTask

    /// The rule of the task's series, if it has one.
    let rule: String?

    var scope: TaskScope {
        task.seriesID == nil
            ? .this : visit.form["scope"].flatMap { TaskScope(rawValue: $0) } ?? .this
    }

    private var timeZone: String {
        task.record.record("due")?.text("timeZone") ?? visit.zone.identifier
    }

    var values: TaskFields.Values {
        TaskFields.Values(visit.form, due: TaskFields.Values(task).due)
    }

    /// What the form says, with the first date of a rule that was changed.
    func values(from state: RuleBuilder.State) -> TaskFields.Values {
        var values = values
        if state.rule != rule { values.due = state.start ?? values.due }
        return values
    }

    func builder(_ values: TaskFields.Values) -> RuleBuilder {
        var builder = RuleBuilder(visit: visit, start: values.due, timeZone: timeZone)
        builder.assigneeID = values.assigneeID
        return builder
    }

    /// The request that the form stands for; nothing where it changes nothing.
    func members(_ state: RuleBuilder.State) -> JSONObject {
        var members = values(from: state).members(
            changing: TaskFields.Values(task),
            timeZone: timeZone
        )
        if state.rule != rule {
            members["recurrence"] = state.rule.map { .object(["rule": .string($0)]) } ?? .null
        }
        return members
    }

    private var query: String {
        guard scope != .this else { return "" }
        let overrides = visit.form["overrides"] ?? "keep"
        let known = ["keep", "shift", "drop"].contains(overrides) ? overrides : "keep"
        return "?scope=\(scope.rawValue)&overrides=\(known)"
    }

    /// What the edit would do.
    func effect(_ members: JSONObject) async throws -> EffectSentence? {
        let mark = query.isEmpty ? "?" : "&"
        let path = "/tasks/\(task.id.percentEncoded)\(query)\(mark)dryRun=true"
        return EffectSentence(try await visit.api.patch(path, members))
    }

    /// Makes the edit, if the task is still as the form had it.
    func save(_ members: JSONObject) async throws -> Record {
        try await visit.api.patch(
            "/tasks/\(task.id.percentEncoded)\(query)",
            members,
            ifMatch: visit.form.has("force") ? nil : visit.form.said("etag")
        )
    }
}
