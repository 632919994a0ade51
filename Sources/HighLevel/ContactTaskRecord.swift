import HTTPServing
import JSON
import Tasks

/// A task as HighLevel shows it beside its contact.
struct ContactTaskRecord {
    let task: TaskInstance
    let names: ShownNames

    func write(to json: inout JSONWriter) {
        json.beginObject()
        writeMembers(to: &json)
        json.endObject()
    }

    /// Writes the members that every answer with a task has, among them the task's series.
    func writeMembers(to json: inout JSONWriter) {
        json.write("id", task.id.highLevel)
        json.write("title", task.template.title)
        if !task.template.body.isEmpty { json.write("body", task.template.body) }
        if let user { json.write("assignedTo", user.publicID) }
        json.write("dueDate", task.due.timestamp)
        json.name("completed")
        json.write(task.state == .completed)
        if let contact {
            json.write("contactId", contact.publicID)
            if let business = contact.business { json.write("businessId", business) }
        }
        if let slot = task.slot { json.write("recurringTaskId", slot.seriesID.highLevel) }
    }

    var contact: ContactName? { task.template.contactID.flatMap { names.contacts[$0] } }

    var user: UserName? { task.template.assigneeID.flatMap { names.users[$0] } }
}
