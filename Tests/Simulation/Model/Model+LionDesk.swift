import HTTPTypes
import JSON
import Recurrence
import Tasks

/// One user of LionDesk's and the time at which the user acts.
struct LionDeskActor {
    let user: SimulatedOffice.User
    let zone: Zone
    let now: Timestamp

    init(_ place: Int, at now: Timestamp) throws {
        user = SimulatedOffice.users[place]
        zone = try SimulatedOffice.zone(of: user)
        self.now = now
    }

    func request(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: JSONObject? = nil,
        spare: Bool = false
    ) -> SimulatedRequest {
        SimulatedRequest(
            method: method,
            path: "/api/v1\(path)",
            token: user.token(isSpare: spare),
            body: body?.text ?? ""
        )
    }

    func due(_ due: SimulationStep.RelativeDue) -> WallClockTime {
        WallClockTime(local: due.local(from: now, in: zone), zone: zone)
    }
}

extension Model {
    /// The category that a choice names, if there is one.
    private func category(_ choice: Int?, in location: Int) -> ModelCategory? {
        let categories = locations[location].categories
        guard let choice, !categories.isEmpty else { return nil }
        let ids = categories.keys.sorted()
        return categories[ids[choice % ids.count]]
    }

    /// The members of a body.
    func members(
        of fields: SimulationStep.TaskFields,
        by actor: LionDeskActor,
        rule: String?
    ) -> JSONObject {
        var members = JSONObject()
        members["description"] = fields.title.map { .string("Title \($0)") }
        members["notes"] = fields.notes.map { .string("Notes \($0)") }
        members["assigned_user_id"] = fields.assignee.map { .integer($0) }
        members["contact_id"] = fields.contact.map { .integer($0) }
        members["category_id"] = category(fields.category, in: actor.user.location)
            .map { .integer($0.id) }
        members["reminder_type"] = fields.reminder.map { .integer(Int64($0)) }
        members["is_all_day"] = fields.isAllDay.map { .bool($0) }
        members["notify_assignee"] = fields.notifies.map { .bool($0) }
        members["due_at"] = fields.due.map { .string(actor.due($0).local.wireText) }
        members["status"] = fields.status.map { .string($0.rawValue) }
        members["recurrence_rule"] = rule.map { .string($0) }
        return members
    }

    /// The content after an edit, which sets what it leaves out to the defaults.
    func content(
        _ content: ModelContent,
        after fields: SimulationStep.TaskFields,
        by actor: LionDeskActor
    ) -> ModelContent {
        ModelContent(
            title: fields.title.map { "Title \($0)" } ?? content.title,
            body: fields.notes.map { "Notes \($0)" } ?? "",
            assignee: fields.assignee ?? content.assignee,
            contact: fields.contact,
            category: category(fields.category, in: actor.user.location)?.id,
            reminder: Int64(fields.reminder ?? 0),
            isAllDay: fields.isAllDay ?? false,
            notifies: fields.notifies ?? true
        )
    }

    /// Whether a user may refer to what a body refers to, or the task does so already.
    func mayRefer(
        _ fields: SimulationStep.TaskFields,
        by actor: LionDeskActor,
        unchangedIn content: ModelContent? = nil
    ) -> Bool {
        let assigneeIsFine =
            fields.assignee.map { number in
                SimulatedOffice.user(number).map { other in
                    other.location == actor.user.location && actor.user.sharesWork(with: other)
                } ?? false
            } ?? true
        let contactIsFine =
            fields.contact.map { number in
                SimulatedOffice.contacts.contains { contact in
                    contact.number == number && contact.location == actor.user.location
                        && (SimulatedOffice.user(contact.owner)
                            .map { actor.user.sharesWork(with: $0) } ?? false)
                }
            } ?? true
        let category = category(fields.category, in: actor.user.location)
        let categoryIsFine =
            category.map { $0.owner == actor.user.number && !$0.isDeleted } ?? true
        guard let content else { return assigneeIsFine && contactIsFine && categoryIsFine }
        return (assigneeIsFine || fields.assignee == content.assignee)
            && (contactIsFine || fields.contact == content.contact)
            && (categoryIsFine || category?.id == content.category)
    }

    // MARK: Creating

    func createTask(
        user: Int,
        _ fields: SimulationStep.TaskFields,
        at now: Timestamp
    ) throws -> PlannedRequest? {
        let actor = try LionDeskActor(user, at: now)
        guard let due = fields.due.map(actor.due), let status = fields.status else { return nil }
        var rule: ModelRule?
        if case .other(let parts, let end) = fields.rule {
            rule = ModelRule(parts: parts, end: end.end(from: due.timestamp))
        }
        let members = members(of: fields, by: actor, rule: rule?.text)
        var plan = PlannedRequest(
            location: actor.user.location,
            request: actor.request(
                .post,
                "/scheduled/tasks",
                members,
                spare: fields.usesSpareToken
            ),
            expectation: .refused(400)
        )
        guard mayRefer(fields, by: actor) else { return plan }
        var task = ModelTask(
            creator: actor.user.number,
            content: content(ModelContent(title: ""), after: fields, by: actor),
            dueAt: due.timestamp,
            dueLocal: due.local,
            zone: actor.zone.identifier,
            state: status.state,
            createdAt: now
        )
        task.setDue(due.timestamp, in: actor.zone)
        plan.expectation = Expectation(statuses: [201], made: [task], answer: .task(task))
        guard let rule else { return plan }
        var series = ModelSeries(
            id: 0,
            creator: task.creator,
            content: task.content,
            start: due.local,
            zone: actor.zone,
            rule: rule,
            createdAt: now,
            making: .ahead(ModelSeries.AheadMaking())
        )
        var made = try begin(&series, at: now)
        made[0].state = status.state
        plan.expectation.made = made
        plan.expectation.series = [series]
        plan.expectation.answer = .task(made[0])
        return plan
    }

    /// The tasks that a series begins with; notes which occurrence is the next.
    func begin(_ series: inout ModelSeries, at now: Timestamp) throws -> [ModelTask] {
        guard let set = try series.set else { return [] }
        let first = ModelHorizon.first(of: set, at: now)
        let next = first.last.flatMap { set.next(afterSlot: $0.recurrenceID) }
        series.making = .ahead(ModelSeries.AheadMaking(next: next))
        return first.map(series.task)
    }

    // MARK: Reading and probing

    func getTask(user: Int, choice: Int, at now: Timestamp) throws -> PlannedRequest? {
        let actor = try LionDeskActor(user, at: now)
        let location = locations[actor.user.location]
        guard let task = location.task(choice, where: { $0.creator == actor.user.number }) else {
            return nil
        }
        return PlannedRequest(
            location: actor.user.location,
            request: actor.request(.get, "/scheduled/tasks/\(task.id)"),
            expectation: Expectation(statuses: [200], answer: .task(task))
        )
    }

    func findTasks(
        user: Int,
        _ status: SimulationStep.Status?,
        at now: Timestamp
    ) throws -> PlannedRequest {
        let actor = try LionDeskActor(user, at: now)
        let total = locations[actor.user.location].tasks.values.count { task in
            task.creator == actor.user.number && (status.map { $0.state == task.state } ?? true)
        }
        let query = status.map { "?status=\($0.rawValue)" } ?? ""
        return PlannedRequest(
            location: actor.user.location,
            request: actor.request(.get, "/scheduled/tasks\(query)"),
            expectation: Expectation(statuses: [200], answer: .total(total))
        )
    }

    /// A user asks for, changes or deletes a task of somebody else's.
    func probeTask(
        user: Int,
        choice: Int,
        _ kind: SimulationStep.ProbeKind,
        at now: Timestamp
    ) throws -> PlannedRequest? {
        let actor = try LionDeskActor(user, at: now)
        let place = choice % locations.count
        let foreign = locations[place].task(choice) { $0.creator != actor.user.number }
        guard let task = foreign else { return nil }
        let isKnown =
            place == actor.user.location && task.content.assignee == actor.user.number
        let path = "/scheduled/tasks/\(task.id)"
        let status: JSONObject = ["update_type": "3", "status": "complete"]
        let (request, refusal) =
            switch kind {
            case .get: (actor.request(.get, path), 404)
            case .patch: (actor.request(.patch, path, status), isKnown ? 403 : 404)
            case .delete: (actor.request(.delete, path), isKnown ? 403 : 404)
            }
        return PlannedRequest(
            location: actor.user.location,
            request: request,
            expectation: .refused(refusal)
        )
    }

    /// A request that means nothing.
    func sendNonsense(user: Int, _ kind: Int, at now: Timestamp) throws -> PlannedRequest {
        let actor = try LionDeskActor(user, at: now)
        let path = "/scheduled/tasks"
        var request = actor.request(.post, path)
        var status = 400
        switch kind {
        case 0: request.body = #"{"description": "#
        case 1:
            request = actor.request(.get, "\(path)/abc")
            status = 404
        case 2: request.body = #"{"description": "Without the rest"}"#
        case 3:
            request.token = "0000000000000000000000000000000000000000"
            status = 401
        default:
            request.body = """
                {"description": "x", "assigned_user_id": \(actor.user.number), "status":
                 "incomplete", "due_at": "2025-01-01", "recurrence_rule": "FREQ=SOMETIMES"}
                """
        }
        return PlannedRequest(
            location: actor.user.location,
            request: request,
            expectation: .refused(status)
        )
    }

    // MARK: Categories

    func createCategory(user: Int, name: Int, at now: Timestamp) throws -> PlannedRequest {
        let actor = try LionDeskActor(user, at: now)
        let category = ModelCategory(id: 0, name: "Category \(name)", owner: actor.user.number)
        return PlannedRequest(
            location: actor.user.location,
            request: actor.request(
                .post,
                "/task-categories",
                ["name": .string(category.name)]
            ),
            expectation: Expectation(statuses: [201], categories: [category])
        )
    }

    /// Renames a category, or deletes it where there is no name.
    func changeCategory(
        user: Int,
        choice: Int,
        name: Int?,
        at now: Timestamp
    ) throws -> PlannedRequest? {
        let actor = try LionDeskActor(user, at: now)
        let location = locations[actor.user.location]
        guard var category = category(choice, in: actor.user.location) else { return nil }
        let path = "/task-categories/\(category.id)"
        let request = actor.request(
            name == nil ? .delete : .patch,
            path,
            name.map { ["name": .string("Category \($0)")] }
        )
        var expectation = Expectation(statuses: [200])
        if category.owner != actor.user.number || category.isDeleted {
            expectation = .refused(404)
        } else if let name {
            category.name = "Category \(name)"
            expectation.categories = [category]
        } else {
            category.isDeleted = true
            expectation.categories = [category]
            let isOwn = { (creator: Int64?, content: ModelContent) in
                creator == category.owner && content.category == category.id
            }
            expectation.changed = location.tasks.values.filter { isOwn($0.creator, $0.content) }
                .map { task in
                    var task = task
                    task.content.category = nil
                    return task
                }
            expectation.series = location.series.values.filter { isOwn($0.creator, $0.content) }
                .map { series in
                    var series = series
                    series.content.category = nil
                    return series
                }
        }
        return PlannedRequest(
            location: actor.user.location,
            request: request,
            expectation: expectation
        )
    }
}
