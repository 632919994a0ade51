import Recurrence
import Wording

/// A task as a line of a list, with what can be done to it at once.
struct TaskRow {
    let visit: Visit
    let people: People
    /// Whether the day is said, and not the time alone.
    var saysDay = true
    /// Whether the contact is left out, as on the contact's own view.
    var hidesContact = false

    func markup(_ task: ShownTask) -> HTML {
        let say = visit.say
        let isLate = task.isOverdue(at: visit)
        return """
            <li class="task p\(task.priority)\(" late", if: isLate)\
            \(" over", if: task.state != .open)" id="\(task.elementID)" data-id="\(task.id)">\
            <input type="checkbox" class="pick" name="id" value="\(task.id)" \
            aria-label="\(say(.selectTask(task.title)))">\
            \(mainButton(task))\
            <div class="when">\(when(task))</div>\
            <div class="what"><a class="title" href="\(task.path)">\(task.title)</a>\
            <p class="meta">\(meta(task))</p></div>\
            <a class="more" href="\(task.path)/sheet?back=\(visit.ownPath.percentEncoded)" \
            data-sheet aria-label="\(say(.moreForTask(task.title)))">\(Icon.more.markup)</a>\
            </li>
            """
    }

    private func mainButton(_ task: ShownTask) -> HTML {
        if task.state == .open {
            return """
                <button class="done" name="complete" value="\(task.id)" \
                aria-label="\(visit.say(.completeTask(task.title)))">\(Icon.check.markup)</button>
                """
        }
        return """
            <button class="done is-done" name="\(task.state.wayBack)" value="\(task.id)" \
            aria-label="\(visit.say(.reopenTask(task.title)))">\(Icon.check.markup)</button>
            """
    }

    private func when(_ task: ShownTask) -> HTML {
        let say = visit.say
        let day = say.nearDay(task.due.date, from: visit.today)
        let time = task.isAllDay ? say(.allDay) : say.time(task.due)
        let stamp = task.due.inputText
        if !saysDay { return #"<time datetime="\#(stamp)">\#(time)</time>"# }
        return """
            <time datetime="\(stamp)"><span class="day">\(day)</span> \
            <span class="hour">\(time)</span></time>
            """
    }

    private func meta(_ task: ShownTask) -> HTML {
        var parts: [HTML] = []
        if let contact = people.contact(task.contactID), !hidesContact {
            parts.append(
                #"<a class="contact" href="/contacts/\#(contact.id)">\#(contact.name)</a>"#
            )
        }
        if task.seriesID != nil {
            parts.append(
                """
                <span class="rule">\(Icon.again.markup)\
                \(task.words ?? visit.say(.repeats))</span>
                """
            )
        }
        if let category = people.category(task.categoryID) {
            parts.append(#"<span class="category">\#(category.name)</span>"#)
        }
        parts += task.tags.prefix(5).map { tag -> HTML in #"<span class="tag">#\#(tag)</span>"# }
        if task.priority > 0 {
            let name = visit.say(.priorityOf(task.priority))
            parts.append(
                #"<span class="priority">\#(Icon.flag.markup)\#(name)</span>"#
            )
        }
        if task.isComputed {
            parts.append(#"<span class="tag">\#(visit.say(.planned))</span>"#)
        }
        if let user = people.user(task.assigneeID), user.id != visit.userID {
            parts.append(
                """
                <span class="assignee"><span class="initials" aria-hidden="true">\
                \(user.initials)</span>\(user.name)</span>
                """
            )
        }
        switch task.state {
        case .open: break
        case .complete: parts.append("<span>\(visit.say(.stateComplete))</span>")
        case .skipped: parts.append("<span>\(visit.say(.stateSkipped))</span>")
        case .deleted: parts.append("<span>\(visit.say(.stateDeleted))</span>")
        }
        return parts.joined(by: " ")
    }
}

extension ShownTask.State {
    /// The action that makes a task open again.
    var wayBack: String {
        switch self {
        case .open, .complete: "reopen"
        case .skipped: "unskip"
        case .deleted: "restore"
        }
    }
}

/// A form around lists of tasks, by whose buttons they are completed, one or several at once.
struct TaskList {
    let visit: Visit
    let people: People

    func markup(_ content: HTML) -> HTML {
        let say = visit.say
        let others = people.users.filter { $0.id != visit.userID }
        let givings = ([People.Person(id: visit.userID, name: say(.me))] + others)
            .map { user -> HTML in #"<option value="give \#(user.id)">\#(user.name)</option>"# }
        return """
            <form class="list" method="post" action="/tasks" hx-post="/tasks">
            \(visit.formFields)
            <fieldset class="bulk"><legend class="sr">\(say(.bulk))</legend>
            <label>\(say(.bulk)): <select name="what">
            <option value="complete">\(say(.complete))</option>
            <option value="skip">\(say(.skip))</option>
            <optgroup label="\(say(.postpone))">
            <option value="postpone tomorrow">\(say(.tomorrowMorning))</option>
            <option value="postpone monday">\(say(.nextMonday))</option>
            </optgroup>
            <optgroup label="\(say(.giveTo))">\(givings)</optgroup>
            </select></label>
            <button name="bulk" value="1">\(say(.apply))</button></fieldset>
            \(content)
            </form>
            """
    }

    /// A heading with its list.
    func section(
        _ title: Phrase,
        id: String,
        _ tasks: [ShownTask],
        note: String = "",
        _ list: HTML
    ) -> HTML {
        let count: HTML =
            tasks.isEmpty ? .none : #"<span class="count">\#(tasks.count)</span>"#
        return """
            <section aria-labelledby="\(id)" class="group \(id)">
            <h2 id="\(id)">\(visit.say(title))\(count)</h2>
            \(list)
            </section>
            """
    }
}
