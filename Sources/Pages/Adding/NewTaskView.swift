import JSON
import Recurrence
import Wording

/// The full form of a new task.
struct NewTaskView {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    private var say: ReaderLocale { visit.say }

    /// The form, empty but for what the address says.
    func view() async throws -> View {
        let people = try await People(for: visit.api)
        let day = visit.query.said("on").flatMap { CivilDate(shown: $0) }
        let hour = visit.query.number("at").flatMap { (0...23).contains($0) ? $0 : nil }
        var values = TaskFields.Values(due: standardDue(on: day, at: hour))
        values.assigneeID = visit.userID
        values.contactID = visit.query.said("contact")
        values.title = visit.query.said("text") ?? ""
        return try await view(values, RuleBuilder.State(), people)
    }

    /// Makes the task, or shows again what is wrong.
    func create() async throws -> Outcome {
        let people = try await People(for: visit.api)
        var values = TaskFields.Values(visit.form, due: standardDue(on: nil, at: nil))
        let state = try await builder(values).state(of: visit.form)
        values.due = state.start ?? values.due
        if visit.form.has("show") || state.misunderstood != nil {
            return .view(try await view(values, state, people))
        }
        var body = values.members(timeZone: visit.zone.identifier)
        if let rule = state.rule {
            body["recurrence"] = .object([
                "rule": .string(rule), "start": .string(values.due.text(in: .extended)),
                "timeZone": .string(visit.zone.identifier),
            ])
            body["due"] = nil
            for policy in policies.creationMembers.members { body[policy.name] = policy.value }
        }
        do {
            let answer = try await visit.api.post("/tasks", body)
            let task = answer.record("task").flatMap { ShownTask($0, in: visit.zone) }
            let day = say.nearDay(task?.due.date ?? values.due.date, from: visit.today)
            return .seeOther(
                visit.returnPath,
                Notice(
                    text: say(.added(String(values.title.prefix(80)), day)),
                    changeNumbers: answer.optionalNumber("changeNumber").map { [$0] } ?? []
                )
            )
        } catch let refusal as Refusal where refusal.status == 422 {
            return .view(try await view(values, state, people, faults: refusal.reasons))
        }
    }

    /// The builder alone, after a change of it.
    func rule() async throws -> HTML {
        var values = TaskFields.Values(visit.form, due: standardDue(on: nil, at: nil))
        let state = try await builder(values).state(of: visit.form)
        guard let start = state.start, start != values.due else {
            return try await builder(values).markup(state)
        }
        values.due = start
        let fields = TaskFields(visit: visit, people: try await People(for: visit.api))
        return """
            \(try await builder(values).markup(state))\(fields.due(values, isReplacing: true))
            """
    }

    private func builder(_ values: TaskFields.Values) -> RuleBuilder {
        let zone = visit.form.said("zone") ?? visit.zone.identifier
        var builder = RuleBuilder(visit: visit, start: values.due, timeZone: zone)
        builder.assigneeID = values.assigneeID
        builder.policies = policies.creationMembers
        return builder
    }

    private var policies: SeriesPolicyForm { SeriesPolicyForm(visit: visit) }

    /// The next full hour, or an hour of a day.
    private func standardDue(on day: CivilDate?, at hour: Int?) -> LocalDateTime {
        if let day { return LocalDateTime(day, secondOfDay: (hour ?? 9) * 3600) }
        let now = visit.localNow
        return now.advanced(bySeconds: Int64(3600 - now.secondOfDay % 3600))
    }

    private func view(
        _ values: TaskFields.Values,
        _ state: RuleBuilder.State,
        _ people: People,
        faults: [String] = []
    ) async throws -> View {
        let told = faults.map { fault -> HTML in #"<p class="fault" role="alert">\#(fault)</p>"# }
        let calendars = try await visit.api.get("/calendars?limit=100").records("calendars")
        let back: HTML =
            visit.query.has("back") || visit.form.has("back")
            ? visit.formFields : visit.formFields(back: "/")
        return View(
            title: say(.newTask),
            content: """
                <h1>\(say(.newTask))</h1>
                <form class="edit card" method="post" action="/add/full" hx-post="/add/full" \
                data-rule>
                \(back)\(told)
                \(TaskFields(visit: visit, people: people).markup(values))
                \(try await builder(values).markup(state))
                \(policies.fold(calendars: calendars))
                <p class="row end"><button class="main">\(say(.create))</button></p>
                </form>
                """
        )
    }
}
