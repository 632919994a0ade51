import JSON
import Recurrence
import Wording

/// One task: to be read and edited, with its history, its series and its neighbours.
struct TaskView {
    let visit: Visit
    let id: String

    private var say: ReaderLocale { visit.say }
    private var path: String { "/tasks/\(id.percentEncoded)" }

    /// What stands in the form where it is not what is stored.
    private struct Draft {
        var values: TaskFields.Values
        var state: RuleBuilder.State
        var scope = TaskScope.this
        var faults: [String] = []
        /// The task as somebody else changed it meanwhile.
        var conflict: ShownTask?
    }

    // MARK: Requests

    func view() async throws -> Outcome { try await view(nil) }

    /// Saves the form, or shows again what is wrong with it.
    func save() async throws -> Outcome {
        guard let (task, rule) = try await read() else { return visit.nothingHere }
        let editor = TaskEditor(visit: visit, task: task, rule: rule)
        let state = try await editor.builder(editor.values).state(of: visit.form)
        let values = editor.values(from: state)
        var draft = Draft(values: values, state: state, scope: editor.scope)
        if visit.form.has("show") || state.misunderstood != nil { return try await view(draft) }
        let members = editor.members(state)
        if members.members.isEmpty { return .seeOther(path) }
        do {
            let answer = try await editor.save(members)
            let effect = EffectSentence(answer).map { " " + $0.text(say) } ?? ""
            let id = answer.record("task")?.optional("id") ?? id
            return .seeOther(
                "/tasks/\(id.percentEncoded)",
                Notice(
                    text: say(.saved(String(values.title.prefix(80)))) + effect,
                    changeNumbers: answer.optionalNumber("changeNumber").map { [$0] } ?? []
                )
            )
        } catch let refusal as Refusal where refusal.status == 412 {
            let theirs = refusal.problem.record("task")
            draft.conflict = theirs.flatMap { ShownTask($0, in: visit.zone) }
            return try await view(draft)
        } catch let refusal as Refusal where refusal.status == 422 {
            draft.faults = refusal.reasons
            return try await view(draft)
        }
    }

    /// What the form would do.
    func effect() async throws -> HTML {
        guard let (task, rule) = try await read() else { return .none }
        let editor = TaskEditor(visit: visit, task: task, rule: rule)
        let state = try await editor.builder(editor.values).state(of: visit.form)
        let members = editor.members(state)
        if members.members.isEmpty { return "<p>\(say(.noEffect))</p>" }
        do {
            let effect = try await editor.effect(members)
            return "<p>\(effect?.text(say) ?? say(.noEffect))</p>"
        } catch let refusal as Refusal where refusal.status == 422 || refusal.status == 409 {
            let faults = refusal.reasons.map { reason -> HTML in
                #"<p class="fault">\#(reason)</p>"#
            }
            return HTML(faults)
        }
    }

    /// The task, and the rule of its series.
    private func read() async throws -> (ShownTask, String?)? {
        let record = try await visit.api.get(path).record("task")
        guard let task = record.flatMap({ ShownTask($0, in: visit.zone) }) else { return nil }
        guard let seriesID = task.seriesID else { return (task, nil) }
        let series = try? await visit.api.get("/series/\(seriesID)").record("series")
        return (task, series?.record("recurrence")?.optional("rule"))
    }

    // MARK: Showing

    private func view(_ draft: Draft?) async throws -> Outcome {
        guard let (task, rule) = try await read() else { return visit.nothingHere }
        async let people = People(for: visit.api)
        async let history = visit.api.get(path + "/history")
        async let why = visit.api.get(path + "/why")
        let draft =
            draft ?? Draft(values: TaskFields.Values(task), state: RuleBuilder.State(rule: rule))
        let names = try await people
        let editor = TaskEditor(visit: visit, task: task, rule: rule)
        let builder = try await editor.builder(draft.values).markup(draft.state)
        let aside = TaskAside(
            visit: visit,
            people: names,
            task: task,
            history: try await history.records("changes"),
            reasons: try await why.record("why")?.texts("reasons") ?? []
        )
        return .view(
            View(
                title: task.title,
                content: """
                    <div class="wide two">
                    <div>
                    \(head(task))
                    <form class="edit card" method="post" action="\(path)" hx-post="\(path)">
                    \(visit.formFields(back: path))
                    <input type="hidden" name="etag" value="\(task.record.text("etag"))">
                    <input type="hidden" name="zone" \
                    value="\(task.record.record("due")?.text("timeZone") ?? "")">
                    \(told(draft, names))
                    \(TaskFields(visit: visit, people: names).markup(draft.values))
                    \(builder)
                    \(scopes(task, draft.scope))
                    <p class="row end"><button class="main">\(say(.save))</button></p>
                    </form>
                    </div>
                    \(try await aside.markup())
                    </div>
                    """
            )
        )
    }

    private func head(_ task: ShownTask) -> HTML {
        let day = say.nearDay(task.due.date, from: visit.today)
        let time = task.isAllDay ? say(.allDay) : say.time(task.due)
        let main: HTML =
            task.state == .open
            ? """
            <button class="main" name="complete" value="\(task.id)">\(Icon.check.markup)\
            \(say(.complete))</button>
            """
            : """
            <button name="\(task.state.wayBack)" value="\(task.id)">\(say(.reopen))</button>
            """
        let words: HTML =
            task.words.map { words -> HTML in
                #"<span class="chip">\#(Icon.again.markup)\#(words)</span>"#
            } ?? .none
        return """
            <div class="head"><div><h1>\(task.title)</h1>
            <p class="summary">\(day), \(time) \(words)\(state(task))</p></div>
            <form class="row" method="post" action="/tasks" hx-post="/tasks">\
            \(visit.formFields(back: path))\(main)\
            <a class="button" data-sheet href="\(task.path)/sheet?back=\(path.percentEncoded)" \
            aria-label="\(say(.moreForTask(task.title)))">\(say(.more))</a></form></div>
            """
    }

    private func state(_ task: ShownTask) -> HTML {
        switch task.state {
        case .open:
            task.isOverdue(at: visit)
                ? #"<span class="chip late">\#(say(.isOverdue))</span>"# : .none
        case .complete: #"<span class="chip when">\#(say(.stateComplete))</span>"#
        case .skipped: #"<span class="chip">\#(say(.stateSkipped))</span>"#
        case .deleted: #"<span class="chip">\#(say(.stateDeleted))</span>"#
        }
    }

    /// What is wrong with the form, or who was faster.
    private func told(_ draft: Draft, _ people: People) -> HTML {
        let faults = draft.faults.map { fault -> HTML in
            #"<p class="fault" role="alert">\#(fault)</p>"#
        }
        guard let other = draft.conflict else { return HTML(faults) }
        let theirs = TaskFields.Values(other)
        var lines: [(Phrase, String)] = []
        if theirs.title != draft.values.title { lines.append((.title, theirs.title)) }
        if theirs.due != draft.values.due {
            let day = say.nearDay(theirs.due.date, from: visit.today)
            lines.append((.due, "\(day), \(say.time(theirs.due))"))
        }
        if theirs.assigneeID != draft.values.assigneeID {
            lines.append((.assignee, people.user(theirs.assigneeID)?.name ?? say(.nobody)))
        }
        if theirs.body != draft.values.body { lines.append((.notes, theirs.body)) }
        let items = lines.map { name, value -> HTML in
            "<div><dt>\(say(name))</dt><dd>\(value)</dd></div>"
        }
        return """
            <div class="conflict" role="alert"><p>\(say(.changedMeanwhile))</p><dl>\(items)</dl>
            <p class="row"><button name="force" value="1">\(say(.saveMine))</button>
            <a class="button" href="\(path)">\(say(.keepTheirs))</a></p></div>
            """
    }

    private func scopes(_ task: ShownTask, _ chosen: TaskScope) -> HTML {
        guard task.seriesID != nil else { return .none }
        let ways: [(String, Phrase)] = [
            ("keep", .overridesKeep), ("shift", .overridesShift), ("drop", .overridesDrop),
        ]
        let options = ways.map { value, phrase -> HTML in
            #"<option value="\#(value)">\#(say(phrase))</option>"#
        }
        let effectPath = path + "/effect"
        return """
            <div class="reach">\(TaskScope.radios(chosen, say))
            <p class="row"><label>\(say(.overrides)) <select name="overrides">\(options)</select>\
            </label></p>
            <div class="effect" role="status" aria-label="\(say(.effect))" hx-post="\(effectPath)" \
            hx-trigger="change from:closest form delay:200ms" hx-include="closest form" \
            hx-target="this" hx-select="unset" hx-select-oob="unset" hx-swap="innerHTML" \
            hx-sync="this:replace"></div></div>
            """
    }
}
