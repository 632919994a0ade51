import Recurrence
import Wording

/// What can be done to one task, in a sheet over the page or on a page of its own.
struct TaskSheet {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    func outcome(of id: String) async throws -> Outcome {
        async let people = People(for: visit.api)
        let record = try await visit.api.get("/tasks/\(id.percentEncoded)").record("task")
        guard let task = record.flatMap({ ShownTask($0, in: visit.zone) }) else {
            return visit.nothingHere
        }
        let sheet = markup(task, try await people)
        if visit.isPartial { return .piece(sheet) }
        return .view(View(title: task.title, content: #"<div class="sheet">\#(sheet)</div>"#))
    }

    private func markup(_ task: ShownTask, _ people: People) -> HTML {
        let say = visit.say
        let due = say.nearDay(task.due.date, from: visit.today)
        let time = task.isAllDay ? say(.allDay) : say.time(task.due)
        return """
            <form method="post" action="/tasks" hx-post="/tasks" class="actions">
            \(visit.formFields)
            <h2 id="sheet-title">\(task.title)</h2>
            <p class="muted">\(due), \(time)</p>
            \(task.state == .open ? openActions(task, people) : closedActions(task))
            <p class="foot"><a class="button" href="\(task.path)">\(say(.open))</a>
            <button type="submit" formmethod="dialog" class="plain" data-close hidden>\
            \(say(.close))</button></p>
            </form>
            """
    }

    private func openActions(_ task: ShownTask, _ people: People) -> HTML {
        let say = visit.say
        let times: [(String, Phrase)] = [
            ("hour", .oneHour), ("evening", .thisEvening), ("tomorrow", .tomorrowMorning),
            ("monday", .nextMonday),
        ]
        let buttons = times.map { name, phrase -> HTML in
            #"<button name="postpone-\#(name)" value="\#(task.id)">\#(say(phrase))</button>"#
        }
        let users = people.users.map { user -> HTML in
            let isAssignee = user.id == task.assigneeID
            let name = user.id == visit.userID ? "\(user.name) (\(say(.me)))" : user.name
            return """
                <option value="\(user.id)"\(" selected", if: isAssignee)>\(name)</option>
                """
        }
        return """
            <p class="row"><button class="main" name="complete" value="\(task.id)">\
            \(Icon.check.markup)\(say(.complete))</button></p>
            <fieldset><legend>\(say(.postpone))</legend><p class="row">\(buttons)</p>
            <p class="row"><label>\(say(.anotherTime)) <input type="datetime-local" name="to" \
            value="\(task.due.inputText)"></label>
            <button name="move" value="\(task.id)">\(say(.move))</button></p></fieldset>
            <fieldset><legend>\(say(.giveTo))</legend><p class="row">
            <select name="assignee" aria-label="\(say(.giveTo))">\(users)</select>
            <button name="give" value="\(task.id)">\(say(.give))</button></p></fieldset>
            <fieldset><legend>\(say(.skip))</legend><p class="row">
            <input name="reason" aria-label="\(say(.skipReason))" \
            placeholder="\(say(.skipReason))" maxlength="500">
            <button name="skip" value="\(task.id)">\(say(.skip))</button></p></fieldset>
            <p class="row"><button class="plain" name="snooze" value="\(task.id)">\
            \(say(.snooze)) (\(say(.oneHour)))</button>
            <button class="plain danger" name="delete" value="\(task.id)">\(say(.delete))</button></p>
            """
    }

    private func closedActions(_ task: ShownTask) -> HTML {
        let phrase: Phrase =
            switch task.state {
            case .open, .complete: .reopen
            case .skipped: .unskip
            case .deleted: .restore
            }
        return """
            <p class="row"><button class="main" name="\(task.state.wayBack)" value="\(task.id)">\
            \(visit.say(phrase))</button></p>
            """
    }
}
