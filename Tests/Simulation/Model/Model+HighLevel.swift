import HTTPServing
import HTTPTypes
import HighLevel
import JSON
import Recurrence
import Tasks

/// One location's client of HighLevel's and the time at which it acts.
struct HighLevelActor {
    let place: Int
    let zone: Zone
    let now: Timestamp

    init(_ place: Int, at now: Timestamp) throws {
        self.place = place
        zone = try SimulatedOffice.zone(of: place)
        self.now = now
    }

    private var location: SimulatedOffice.Location { SimulatedOffice.locations[place] }

    var seriesPath: String { "/locations/\(location.name)/recurring-tasks" }

    var contacts: [SimulatedOffice.Contact] { SimulatedOffice.contacts(of: place) }

    /// The user whom this client gives tasks to.
    var owner: SimulatedOffice.User? { SimulatedOffice.users.first { $0.location == place } }

    func request(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: JSONObject? = nil
    ) -> SimulatedRequest {
        SimulatedRequest(
            method: method,
            path: path,
            token: location.token(isSpare: false),
            body: body?.text ?? ""
        )
    }

    func plan(_ request: SimulatedRequest, _ expectation: Expectation) -> PlannedRequest {
        PlannedRequest(location: place, request: request, expectation: expectation)
    }
}

/// The rule that `rruleOptions` mean, as the model reads them.
struct ModelSchedule {
    let start: LocalDateTime
    let zone: Zone
    let rule: ModelRule
    let options: JSONObject
    /// Whether the options end before they begin.
    let isContradictory: Bool

    init(_ fields: SimulationStep.SeriesFields, for actor: HighLevelActor) throws {
        let asked = WallClockTime(
            local: fields.start.local(from: actor.now, in: actor.zone),
            zone: actor.zone
        ).timestamp
        zone = fields.interval == .hourly ? .utc : actor.zone
        let from = zone.localDateTime(at: asked)
        var date = from.date
        var parts = "FREQ=\(fields.interval.rawValue.uppercased());INTERVAL=\(fields.every)"
        switch fields.interval {
        case .hourly, .daily: break
        case .weekly:
            // 1970-01-01 was a Thursday.
            let today = (date.daysSince1970 + 3) % 7
            let day = fields.dayOfWeek ?? today
            date = date.advanced(byDays: (day - today + 7) % 7)
            parts += ";BYDAY=\(Self.days[day])"
        case .monthly:
            let day = fields.dayOfMonth ?? date.components.day
            date = Self.first(day, from: date)
            let days = (min(day, 28)...day).map { "\($0)" }.joined(separator: ",")
            parts += ";BYMONTHDAY=\(days)" + (day > 28 ? ";BYSETPOS=-1" : "")
        }
        start = LocalDateTime(date, secondOfDay: from.secondOfDay)
        let end = fields.endDays.map { asked.advanced(by: .seconds($0 * 86_400)) }
        rule = ModelRule(parts: parts, end: end.map { .until($0) } ?? .never)
        if let end {
            isContradictory = end < zone.timestamp(of: start)
        } else {
            isContradictory = false
        }
        var options: JSONObject = [
            "intervalType": .string(fields.interval.rawValue),
            "interval": .integer(Int64(fields.every)),
            "startDate": .string(Zone.utc.localDateTime(at: asked).wireText + "Z"),
            "dueAfterSeconds": .integer(fields.dueAfter),
            "createTaskIfOverDue": .bool(fields.createsWhileOverdue),
        ]
        options["endDate"] = end.map { .string(Zone.utc.localDateTime(at: $0).wireText + "Z") }
        if fields.interval == .weekly {
            options["dayOfWeek"] = fields.dayOfWeek.map { .string(Self.days[$0]) }
        }
        if fields.interval == .monthly {
            options["dayOfMonth"] = fields.dayOfMonth.map { .integer(Int64($0)) }
        }
        options["count"] = fields.count.map { .integer(Int64($0)) }
        self.options = options
    }

    private static let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    /// The first date on or after another with a day of the month, or with the last of a shorter
    /// month.
    private static func first(_ day: Int, from date: CivilDate) -> CivilDate {
        var date = date
        while true {
            let (year, month, today) = date.components
            if today == min(day, CivilDate.dayCount(ofMonth: month, year: year)) { return date }
            date = date.advanced(byDays: 1)
        }
    }
}

extension Model {
    func createSeries(
        location: Int,
        _ fields: SimulationStep.SeriesFields,
        at now: Timestamp
    ) throws -> PlannedRequest {
        let actor = try HighLevelActor(location, at: now)
        let schedule = try ModelSchedule(fields, for: actor)
        let contacts = actor.contacts.prefix(fields.contactCount)
        let owners = fields.hasOwner ? [actor.owner].compactMap { $0 } : []
        let body: JSONObject = [
            "title": .string("Series \(fields.title)"),
            "rruleOptions": .object(schedule.options),
            "contactIds": .array(contacts.map { .string($0.publicID) }),
            "owners": .array(owners.map { .string($0.publicID) }),
            "ignoreTaskCreation": .bool(fields.ignoresTaskCreation),
        ]
        let request = actor.request(.post, actor.seriesPath, body)
        if schedule.isContradictory { return actor.plan(request, .refused(422)) }
        var series = ModelSeries(
            id: 0,
            creator: owners.first?.number,
            content: ModelContent(
                title: "Series \(fields.title)",
                assignee: owners.first?.number,
                contact: contacts.first?.number
            ),
            start: schedule.start,
            zone: schedule.zone,
            rule: schedule.rule,
            createdAt: now,
            making: .whenDue(
                ModelSeries.DueMaking(
                    contacts: contacts.map(\.number),
                    owners: owners.map(\.number),
                    dueAfter: fields.dueAfter,
                    dueZone: actor.zone,
                    limit: fields.count,
                    skipsWhileOverdue: !fields.createsWhileOverdue,
                    catchUp: catchUp,
                    through: schedule.start
                )
            )
        )
        let made = try series.begin(
            first: fields.ignoresTaskCreation ? .whenItComes : .now,
            at: now
        )
        return actor.plan(
            request,
            Expectation(statuses: [201], made: made, series: [series])
        )
    }

    func updateSeries(
        location: Int,
        choice: Int,
        _ fields: SimulationStep.SeriesFields,
        _ parts: SimulationStep.SeriesParts,
        at now: Timestamp
    ) throws -> PlannedRequest? {
        let actor = try HighLevelActor(location, at: now)
        let here = locations[location]
        guard var series = here.series(choice, where: { !$0.isDeleted }) else { return nil }
        let schedule = try ModelSchedule(fields, for: actor)
        let contacts = actor.contacts.prefix(fields.contactCount).map { $0 }
        let owners = fields.hasOwner ? [actor.owner].compactMap { $0 } : []
        var body = JSONObject()
        if parts.title {
            body["title"] = .string("Series \(fields.title)")
            series.content.title = "Series \(fields.title)"
        }
        let formerContacts = series.due?.contacts
        if parts.contacts {
            body["contactIds"] = .array(contacts.map { .string($0.publicID) })
            series.content.contact = contacts.first?.number
            series.changeDue { $0.contacts = contacts.map(\.number) }
        }
        if parts.owners {
            body["owners"] = .array(owners.map { .string($0.publicID) })
            series.content.assignee = owners.first?.number
            series.changeDue { $0.owners = owners.map(\.number) }
        }
        if parts.rule {
            body["rruleOptions"] = .object(schedule.options)
            body["ignoreTaskCreation"] = .bool(fields.ignoresTaskCreation)
        }
        let request = actor.request(
            .put,
            "\(actor.seriesPath)/\(HighLevelID(series.id).text)",
            body
        )
        if parts.rule, schedule.isContradictory { return actor.plan(request, .refused(422)) }
        var expectation = Expectation(statuses: [200])
        if parts.rule {
            let lists = (
                contacts: parts.contacts ? contacts.map(\.number) : nil,
                owners: parts.owners ? owners.map(\.number) : nil
            )
            expectation = try taking(schedule, fields, lists, series, in: here, actor)
        } else {
            if series.ahead != nil {
                expectation.changed = here.rewritten(for: series, parts, at: now)
            } else if parts.contacts, formerContacts != contacts.map(\.number) {
                try series.resume(at: now)
            }
            expectation.series = [series]
        }
        var plan = actor.plan(request, expectation)
        plan.needsWorkDone = series.isWaiting(at: now)
        return plan
    }

    /// A series takes a schedule, which may be its first one.
    private func taking(
        _ schedule: ModelSchedule,
        _ fields: SimulationStep.SeriesFields,
        _ lists: (contacts: [Int64]?, owners: [Int64]?),
        _ former: ModelSeries,
        in location: LocationModel,
        _ actor: HighLevelActor
    ) throws -> Expectation {
        var series = former
        var expectation = Expectation(statuses: [200])
        var isFreed = false
        let tasks = location.tasks(ofSeries: former.id)
        if former.ahead != nil {
            for old in tasks where old.isNotMadeYet(at: actor.now) {
                if old.slot == schedule.start { isFreed = true }
                var task = old
                task.state = .deleted
                task.seriesID = nil
                task.slot = nil
                task.slotContact = 0
                expectation.changed.append(task)
            }
        }
        let isTaken = tasks.contains { $0.slot == schedule.start }
        series.start = schedule.start
        series.zone = schedule.zone
        series.rule = schedule.rule
        let content = former.content
        series.making = .whenDue(
            ModelSeries.DueMaking(
                contacts: lists.contacts ?? former.due?.contacts
                    ?? content.contact.map { [$0] } ?? [],
                owners: lists.owners ?? former.due?.owners
                    ?? content.assignee.map { [$0] } ?? [],
                dueAfter: fields.dueAfter,
                dueZone: actor.zone,
                limit: fields.count,
                skipsWhileOverdue: !fields.createsWhileOverdue,
                catchUp: former.due?.catchUp ?? catchUp,
                through: schedule.start,
                count: try former.carriedOutCount(at: actor.now)
            )
        )
        expectation.made = try series.begin(
            first: isTaken && !isFreed
                ? .hasTasks : fields.ignoresTaskCreation ? .whenItComes : .now,
            at: actor.now
        )
        expectation.series = [series]
        return expectation
    }

    func deleteSeries(location: Int, choice: Int, at now: Timestamp) throws -> PlannedRequest? {
        let actor = try HighLevelActor(location, at: now)
        let here = locations[location]
        guard let series = here.series(choice, where: { !$0.isDeleted }) else { return nil }
        var gone = series.stopped
        gone.isDeleted = true
        var expectation = Expectation(statuses: [200], series: [gone])
        if series.ahead != nil {
            expectation.changed = here.tasks(ofSeries: series.id)
                .filter { $0.isNotMadeYet(at: now) }
                .map { task in
                    var task = task
                    task.state = .deleted
                    return task
                }
        }
        let path = "\(actor.seriesPath)/\(HighLevelID(series.id).text)"
        var plan = actor.plan(actor.request(.delete, path), expectation)
        plan.needsWorkDone = series.isWaiting(at: now)
        return plan
    }

    func listSeries(location: Int, at now: Timestamp) throws -> PlannedRequest {
        let actor = try HighLevelActor(location, at: now)
        let total = locations[location].series.values.count { !$0.isDeleted }
        return actor.plan(
            actor.request(.get, "\(actor.seriesPath)?limit=1"),
            Expectation(statuses: [200], answer: .total(total))
        )
    }

    /// A location's client asks for another location's series.
    func probeSeries(location: Int, choice: Int, at now: Timestamp) throws -> PlannedRequest? {
        let actor = try HighLevelActor(location, at: now)
        let other = (location + 1) % locations.count
        guard let series = locations[other].series(choice, where: { _ in true }) else {
            return nil
        }
        let path = "\(actor.seriesPath)/\(HighLevelID(series.id).text)"
        return actor.plan(
            actor.request(choice % 2 == 0 ? .get : .delete, path),
            .refused(400)
        )
    }
}

extension LocationModel {
    /// The tasks of a series that is edited and makes them ahead: those that are not made yet take
    /// the edit.
    fileprivate func rewritten(
        for series: ModelSeries,
        _ parts: SimulationStep.SeriesParts,
        at now: Timestamp
    ) -> [ModelTask] {
        tasks(ofSeries: series.id).filter { $0.isNotMadeYet(at: now) }.compactMap { old in
            var task = old
            if parts.title { task.content.title = series.content.title }
            if parts.contacts { task.content.contact = series.content.contact }
            if parts.owners { task.content.assignee = series.content.assignee }
            return task == old ? nil : task
        }
    }
}

extension ModelTask {
    /// Whether a task that was made ahead does not count as made.
    fileprivate func isNotMadeYet(at now: Timestamp) -> Bool {
        dueAt > now && state == .open
    }
}
