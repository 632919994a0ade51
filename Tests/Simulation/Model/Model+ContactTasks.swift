import HTTPServing
import HTTPTypes
import HighLevel
import JSON
import Recurrence
import Tasks

extension HighLevelActor {
    fileprivate func path(_ contact: SimulatedOffice.Contact, _ rest: String = "") -> String {
        "/contacts/\(contact.publicID)/tasks\(rest)"
    }

    fileprivate func due(_ due: SimulationStep.RelativeDue) -> Timestamp {
        zone.timestamp(of: due.local(from: now, in: zone))
    }

    fileprivate func members(of fields: SimulationStep.TaskFields) -> JSONObject {
        var members = JSONObject()
        members["title"] = fields.title.map { .string("Title \($0)") }
        members["body"] = fields.notes.map { .string("Notes \($0)") }
        members["dueDate"] = fields.due
            .map { .string(Zone.utc.localDateTime(at: due($0)).wireText + "Z") }
        members["completed"] = fields.status.map { .bool($0 == .complete) }
        members["assignedTo"] = fields.assignee.flatMap { _ in owner }
            .map { .string($0.publicID) }
        return members
    }
}

extension Model {
    func createContactTask(
        location: Int,
        contact: Int,
        _ fields: SimulationStep.TaskFields,
        at now: Timestamp
    ) throws -> PlannedRequest? {
        let actor = try HighLevelActor(location, at: now)
        let contact = actor.contacts[contact % actor.contacts.count]
        guard let due = fields.due.map(actor.due), let title = fields.title else { return nil }
        let assignee = fields.assignee.flatMap { _ in actor.owner }?.number
        var task = ModelTask(
            creator: assignee,
            content: ModelContent(
                title: "Title \(title)",
                body: fields.notes.map { "Notes \($0)" } ?? "",
                assignee: assignee,
                contact: contact.number
            ),
            dueAt: due,
            dueLocal: actor.zone.localDateTime(at: due),
            zone: actor.zone.identifier,
            state: fields.status == .complete ? .completed : .open,
            createdAt: now
        )
        task.setDue(due, in: actor.zone)
        return actor.plan(
            actor.request(.post, actor.path(contact), actor.members(of: fields)),
            Expectation(statuses: [201], made: [task])
        )
    }

    func updateContactTask(
        location: Int,
        choice: Int,
        _ fields: SimulationStep.TaskFields,
        at now: Timestamp
    ) throws -> PlannedRequest? {
        let actor = try HighLevelActor(location, at: now)
        guard let (old, contact) = contactTask(choice, for: actor) else { return nil }
        var task = old
        if let title = fields.title { task.content.title = "Title \(title)" }
        if let notes = fields.notes { task.content.body = "Notes \(notes)" }
        if fields.assignee != nil, let owner = actor.owner {
            task.content.assignee = owner.number
        }
        if let due = fields.due { task.setDue(actor.due(due), in: actor.zone) }
        if let status = fields.status { task.state = status == .complete ? .completed : .open }
        let path = actor.path(contact, "/\(HighLevelID(old.id).text)")
        return actor.plan(
            actor.request(.put, path, actor.members(of: fields)),
            Expectation(statuses: [200], changed: task == old ? [] : [task])
        )
    }

    func completeContactTask(
        location: Int,
        choice: Int,
        _ isCompleted: Bool,
        at now: Timestamp
    ) throws -> PlannedRequest? {
        let actor = try HighLevelActor(location, at: now)
        guard let (old, contact) = contactTask(choice, for: actor) else { return nil }
        var task = old
        task.state = isCompleted ? .completed : .open
        let path = actor.path(contact, "/\(HighLevelID(old.id).text)/completed")
        return actor.plan(
            actor.request(.put, path, ["completed": .bool(isCompleted)]),
            Expectation(statuses: [200], changed: task == old ? [] : [task])
        )
    }

    func deleteContactTask(
        location: Int,
        choice: Int,
        at now: Timestamp
    ) throws -> PlannedRequest? {
        let actor = try HighLevelActor(location, at: now)
        guard let (old, contact) = contactTask(choice, for: actor) else { return nil }
        var task = old
        task.state = .deleted
        let path = actor.path(contact, "/\(HighLevelID(old.id).text)")
        return actor.plan(
            actor.request(.delete, path),
            Expectation(statuses: [200], changed: [task])
        )
    }

    func listContactTasks(
        location: Int,
        contact: Int,
        at now: Timestamp
    ) throws -> PlannedRequest {
        let actor = try HighLevelActor(location, at: now)
        let contact = actor.contacts[contact % actor.contacts.count]
        let count = locations[location].tasks.values.count { task in
            task.content.contact == contact.number && task.state != .deleted
        }
        return actor.plan(
            actor.request(.get, actor.path(contact)),
            Expectation(statuses: [200], answer: .count("tasks", count))
        )
    }

    /// A task that is about a contact and is not deleted.
    private func contactTask(
        _ choice: Int,
        for actor: HighLevelActor
    ) -> (ModelTask, SimulatedOffice.Contact)? {
        let task = locations[actor.place].task(choice) { task in
            task.content.contact != nil && task.state != .deleted
        }
        guard let task,
            let contact = actor.contacts.first(where: {
                $0.number == task.content.contact
            })
        else { return nil }
        return (task, contact)
    }
}
