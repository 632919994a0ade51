import JSON
import Recurrence
import Wording

/// What a task that was dragged, or is moved by its menu, is to become: with what each choice changes.
struct MoveSheet {
    let visit: Visit
    let id: String

    private var say: ReaderLocale { visit.say }
    private var path: String { "/tasks/\(id.percentEncoded)" }

    /// Asks how far the move reaches; a single task has nothing to be asked.
    func outcome() async throws -> Outcome {
        let record = try await visit.api.get(path).record("task")
        guard let task = record.flatMap({ ShownTask($0, in: visit.zone) }) else {
            return visit.nothingHere
        }
        if visit.query["state"] == "complete" { return try await TaskSheet(visit).outcome(of: id) }
        let people = try await People(for: visit.api)
        let goal = goal(of: task, visit.query)
        var notes: [TaskScope: String] = [:]
        if task.seriesID != nil {
            for scope in TaskScope.allCases { notes[scope] = await note(of: scope, goal) }
        }
        let sheet = markup(task, goal, notes, people)
        if visit.isPartial { return .piece(sheet) }
        return .view(View(title: task.title, content: #"<div class="sheet">\#(sheet)</div>"#))
    }

    /// Moves it.
    func move() async throws -> Outcome {
        let record = try await visit.api.get(path).record("task")
        guard let task = record.flatMap({ ShownTask($0, in: visit.zone) }) else {
            return visit.nothingHere
        }
        let goal = goal(of: task, visit.form)
        let scope = visit.form["scope"].flatMap { TaskScope(rawValue: $0) } ?? .this
        let answer = try await visit.api.patch(
            "\(path)?scope=\(scope.rawValue)",
            goal.members(in: visit.zone)
        )
        let effect = scope == .this ? nil : EffectSentence(answer)
        let name = goal.name(among: try await People(for: visit.api))
        let day = say.nearDay(goal.local.date, from: visit.today)
        let place = name ?? goal.told(day, say)
        return .seeOther(
            visit.returnPath,
            Notice(
                text: say(.postponed(String(task.title.prefix(80)), place))
                    + (effect.map { " " + $0.text(say) } ?? ""),
                changeNumbers: answer.optionalNumber("changeNumber").map { [$0] } ?? []
            )
        )
    }

    /// When it is to be due, or whose or of what sort it is to be.
    private struct Goal {
        var local: LocalDateTime
        let isAllDay: Bool
        var assigneeID: String?
        var categoryID: String?

        func members(in zone: Zone) -> JSONObject {
            if let assigneeID { return ["assigneeId": .string(assigneeID)] }
            if let categoryID { return ["categoryId": .string(categoryID)] }
            return [
                "due": .object([
                    "local": .string(local.text(in: .extended)),
                    "timeZone": .string(zone.identifier),
                ])
            ]
        }

        func told(_ day: String, _ say: ReaderLocale) -> String {
            isAllDay ? day : "\(day), \(say.time(local))"
        }

        /// Whom or what it goes to.
        func name(among people: People) -> String? {
            people.user(assigneeID)?.name ?? people.category(categoryID)?.name
        }
    }

    /// The day and the hour that were said; what was not said stays.
    private func goal(of task: ShownTask, _ form: Form) -> Goal {
        let date = form.said("date").flatMap { CivilDate(shown: $0) } ?? task.due.date
        var second = task.due.secondOfDay
        if let hour = form.number("at"), (0...23).contains(hour) {
            // The minutes stay while it is moved within the hour.
            second = hour == task.due.time.hour ? second : hour * 3600
        }
        if let time = form.said("time") {
            second = LocalDateTime(shown: "\(date.shown)T\(time)")?.secondOfDay ?? second
        }
        var goal = Goal(
            local: LocalDateTime(date, secondOfDay: second),
            isAllDay: task.isAllDay
        )
        goal.assigneeID = form.said("assignee")
        goal.categoryID = form.said("category")
        return goal
    }

    private func note(of scope: TaskScope, _ goal: Goal) async -> String {
        do {
            let answer = try await visit.api.patch(
                "\(path)?scope=\(scope.rawValue)&dryRun=true",
                goal.members(in: visit.zone)
            )
            return EffectSentence(answer)?.text(say) ?? ""
        } catch let refusal as Refusal {
            return "\(say(.impossible)): \(refusal.reasons.joined(separator: "; "))"
        } catch {
            return say(.impossible)
        }
    }

    private func markup(
        _ task: ShownTask,
        _ goal: Goal,
        _ notes: [TaskScope: String],
        _ people: People
    ) -> HTML {
        let day = say.longDay(goal.local.date).capitalizedFirst
        let scopes: HTML =
            task.seriesID == nil ? .none : TaskScope.radios(.this, say, notes: notes)
        let place = goal.name(among: people) ?? goal.told(day, say)
        return """
            <form method="post" action="\(path)/move" hx-post="\(path)/move" class="actions">
            \(visit.formFields)
            <h2 id="sheet-title">\(say(.moveTask(task.title)))</h2>
            <p class="muted">\(say(.moveTo(place)))</p>
            \(fields(goal))
            \(scopes)
            <p class="foot"><button class="main">\(say(.move))</button>
            <button type="submit" formmethod="dialog" class="plain" data-close hidden>\
            \(say(.cancel))</button></p>
            </form>
            """
    }

    private func fields(_ goal: Goal) -> HTML {
        if let id = goal.assigneeID {
            return #"<input type="hidden" name="assignee" value="\#(id)">"#
        }
        if let id = goal.categoryID {
            return #"<input type="hidden" name="category" value="\#(id)">"#
        }
        return """
            <div class="fields"><label>\(say(.day)) <input type="date" name="date" \
            value="\(goal.local.date.shown)" required></label>
            <label>\(say(.hours)) <input type="time" name="time" \
            value="\(goal.local.inputText.suffix(5))"></label></div>
            """
    }
}
