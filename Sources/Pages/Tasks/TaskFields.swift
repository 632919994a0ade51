import JSON
import Recurrence
import Wording

/// The fields of a task's form: those of a new one and of one that is edited.
struct TaskFields {
    /// What stands in the fields.
    struct Values: Sendable, Equatable {
        var title = ""
        var body = ""
        var due: LocalDateTime
        var isAllDay = false
        var assigneeID: String?
        var contactID: String?
        var categoryID: String?
        var priority = 0
        var tags: [String] = []
    }

    let visit: Visit
    let people: People

    func markup(_ values: Values) -> HTML {
        let say = visit.say
        let priorities = (0...3).map { number -> HTML in
            """
            <option value="\(number)"\(" selected", if: number == values.priority)>\
            \(say(.priorityOf(number)))</option>
            """
        }
        return """
            <div class="fields">
            <label class="whole">\(say(.title)) <input name="title" value="\(values.title)" \
            required maxlength="2000"></label>
            <label>\(say(.due)) \(due(values))</label>
            <label class="check"><input type="checkbox" name="all-day" value="1"\
            \(" checked", if: values.isAllDay)> \(say(.allDay))</label>
            <label>\(say(.assignee)) <select name="assignee" id="assignee">\
            \(options(people.users, values.assigneeID, none: .nobody))</select></label>
            <label>\(say(.contact)) <select name="contact">\
            \(options(people.contacts, values.contactID, none: .none))</select></label>
            <label>\(say(.category)) <select name="category">\
            \(options(people.categories, values.categoryID, none: .none))</select></label>
            <label>\(say(.priority)) <select name="priority">\(priorities)</select></label>
            <label class="whole">\(say(.tags)) <input name="tags" \
            value="\(values.tags.joined(separator: ", "))" maxlength="1000"></label>
            <label class="whole">\(say(.notes)) <textarea name="body" maxlength="10000">\
            \n\(values.body)</textarea></label>
            </div>
            """
    }

    /// The field of the due time; one that replaces the one on the page, where that is asked for.
    func due(_ values: Values, isReplacing: Bool = false) -> HTML {
        """
        <input type="datetime-local" name="due" id="due" value="\(values.due.inputText)" required\
        \(#" hx-swap-oob="true""#, if: isReplacing)>
        """
    }

    private func options(_ people: [People.Person], _ chosen: String?, none: Phrase) -> HTML {
        let names = people.map { person -> HTML in
            """
            <option value="\(person.id)"\(" selected", if: person.id == chosen)>\
            \(person.name)</option>
            """
        }
        // Whoever is not in the list stays chosen.
        var other: HTML = .none
        if let chosen, !people.contains(where: { $0.id == chosen }) {
            other = #"<option value="\#(chosen)" selected>#\#(chosen)</option>"#
        }
        return #"<option value="">\#(visit.say(none))</option>\#(other)\#(names)"#
    }
}

extension TaskFields.Values {
    /// What a form says; a due time that cannot be read is the other one.
    init(_ form: Form, due standard: LocalDateTime) {
        title = form.said("title") ?? ""
        // Browsers send line breaks as two characters.
        body = (form["body"] ?? "").replacing("\r\n", with: "\n")
        due = form.said("due").flatMap { LocalDateTime(shown: $0) } ?? standard
        isAllDay = form.has("all-day")
        assigneeID = form.said("assignee")
        contactID = form.said("contact")
        categoryID = form.said("category")
        priority = form.number("priority") ?? 0
        tags = (form["tags"] ?? "").split(separator: ",").map(\.trimmingWhitespace)
            .filter { !$0.isEmpty }
    }

    init(_ task: ShownTask) {
        title = task.title
        body = task.body
        due = task.record.record("due")?.local("local") ?? task.due
        isAllDay = task.isAllDay
        assigneeID = task.assigneeID
        contactID = task.contactID
        categoryID = task.categoryID
        priority = task.priority
        tags = task.tags
    }

    /// The members of a request that say these values, or those that differ from former ones.
    func members(changing former: TaskFields.Values? = nil, timeZone: String) -> JSONObject {
        var members: JSONObject = [:]
        func isNew<Value: Equatable>(_ path: KeyPath<TaskFields.Values, Value>) -> Bool {
            former.map { $0[keyPath: path] != self[keyPath: path] } ?? true
        }
        if isNew(\.title) { members["title"] = .string(title) }
        if isNew(\.body) { members["body"] = .string(body) }
        if isNew(\.due) {
            members["due"] = .object([
                "local": .string(due.text(in: .extended)), "timeZone": .string(timeZone),
            ])
        }
        if isNew(\.isAllDay) { members["isAllDay"] = .bool(isAllDay) }
        if isNew(\.assigneeID) { members["assigneeId"] = assigneeID.map { .string($0) } ?? .null }
        if isNew(\.contactID) { members["contactId"] = contactID.map { .string($0) } ?? .null }
        if isNew(\.categoryID) { members["categoryId"] = categoryID.map { .string($0) } ?? .null }
        if isNew(\.priority) { members["priority"] = .integer(Int64(priority)) }
        if isNew(\.tags) { members["tags"] = .array(tags.map { .string($0) }) }
        return members
    }
}
