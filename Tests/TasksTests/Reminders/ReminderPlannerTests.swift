import Recurrence
import SystemZones
import Tasks
import Testing

/// Which reminders a task has, and when.
struct ReminderPlannerTests {
    static let ana = Identifier<User>(1)
    static let ben = Identifier<User>(2)
    static let location = LocationID("ve9EPM428h8vShlRW1KT")
    /// 2030-01-07T15:00:00Z, a Monday.
    static let due = Timestamp(seconds: 1_894_028_400)
    static let start = due.advanced(by: .seconds(-86_400))

    static func task(_ change: (inout TaskInstance) -> Void = { _ in }) -> TaskInstance {
        var task = TaskInstance(
            id: Identifier(7),
            slot: nil,
            creatorID: ana,
            template: TaskTemplate(title: "Call back"),
            inheritsWording: false,
            due: DueTime(at: due, in: .utc),
            state: .open,
            createdAt: start,
            modifiedAt: start
        )
        change(&task)
        return task
    }

    static func facts(
        _ task: TaskInstance?,
        settings: ReminderSettings = ReminderSettings(),
        zone: String = "UTC",
        location reminders: [Reminder]? = nil,
        snoozedUntil: [Identifier<User>: Timestamp] = [:]
    ) -> ReminderFacts {
        let person = RemindedPerson(settings: settings, timeZone: zone)
        return ReminderFacts(
            in: location,
            task: task,
            people: [ana: person, ben: person],
            locationReminders: reminders,
            snoozedUntil: snoozedUntil
        )
    }

    static func planner(_ facts: ReminderFacts) -> ReminderPlanner {
        ReminderPlanner(facts, in: SystemZones())
    }

    /// What is planned, as the ways and how long after the due time.
    static func planned(_ facts: ReminderFacts, from time: Timestamp = start) -> [String] {
        planner(facts).revise([], from: time).compactMap { step in
            guard case .add(let reminder) = step else { return nil }
            let seconds = due.duration(to: reminder.fireAt).components.seconds
            let end = reminder.state == .waiting ? "" : " \(reminder.state)"
            return "\(reminder.key.userID.rawValue) \(reminder.key.way) \(seconds)\(end)"
        }
    }

    private static let email = [Reminder(.before(3600), by: .email)]
    private static let page = [Reminder(.before(60), by: .page)]
    private static let sms = [Reminder(.before(0), by: .sms)]

    @Test func `the nearest level that says something counts`() {
        let byUser = ReminderSettings(reminders: Self.page)
        func planned(_ change: (inout TaskInstance) -> Void) -> [String] {
            Self.planned(
                Self.facts(Self.task(change), settings: byUser, location: Self.sms)
            )
        }
        #expect(planned { $0.template.reminders = Self.email } == ["1 email -3600"])
        #expect(planned { _ in } == ["1 page -60"])
        #expect(planned { $0.template.reminders = [] } == [])
        #expect(planned { $0.template.reminder = .textMessage } == ["1 sms 0"])
        #expect(planned { $0.template.reminder = .agentNoReminder } == [])
        #expect(
            planned {
                $0.template.reminders = Self.email
                $0.template.notifiesAssignee = false
            } == []
        )
        #expect(Self.planned(Self.facts(Self.task(), location: Self.sms)) == ["1 sms 0"])
        #expect(Self.planned(Self.facts(Self.task())) == [])
        let none = ReminderSettings(reminders: [])
        #expect(Self.planned(Self.facts(Self.task(), settings: none, location: Self.sms)) == [])
    }

    @Test(
        arguments: [
            (ReminderType.noReminder, []), (.email, ["1 email 0"]), (.call, ["1 call 0 failed"]),
            (.textMessage, ["1 sms 0"]), (.agentEmail, ["1 email 0"]),
            (.agentCall, ["1 call 0 failed"]), (.agentTextMessage, ["1 sms 0"]),
            (.agentNoReminder, []),
        ]
    )
    func `LionDesk's types are reminders at the due time`(type: ReminderType, expected: [String]) {
        // Its tasks that say nothing else say that there are none.
        let task = Self.task {
            $0.template.reminder = type
            $0.template.reminders = []
        }
        #expect(Self.planned(Self.facts(task, location: Self.page)) == expected)
    }

    @Test func `the assignee is reminded, or else who made the task, and only of an open one`() {
        let assigned = Self.task {
            $0.template.reminders = Self.page
            $0.template.assigneeID = Self.ben
        }
        #expect(Self.planned(Self.facts(assigned)) == ["2 page -60"])
        for state in [TaskState.completed, .deleted] {
            let done = Self.task {
                $0.template.reminders = Self.page
                $0.state = state
            }
            #expect(Self.planned(Self.facts(done)) == [])
        }
        let nobodys = Self.task {
            $0.template.reminders = Self.page
            $0.creatorID = nil
        }
        #expect(Self.planned(Self.facts(nobodys)) == [])
    }

    @Test func `nothing is planned for the past`() {
        let task = Self.task {
            $0.template.reminders = [
                Reminder(.before(3600), by: .email), Reminder(.before(60), by: .email),
                Reminder(.after(60, repeatSeconds: nil), by: .email),
            ]
        }
        let facts = Self.facts(task)
        #expect(
            Self.planned(facts, from: Self.due.advanced(by: .seconds(-3600)))
                == ["1 email -3600", "1 email -60", "1 email 60"]
        )
        let later = Self.due.advanced(by: .microseconds(-60_000_000 + 1))
        #expect(Self.planned(facts, from: later) == ["1 email 60"])
        #expect(Self.planned(facts, from: Self.due.advanced(by: .seconds(61))) == [])
    }

    @Test func `a repeated reminder waits for its next time, a hundred times`() throws {
        let task = Self.task {
            $0.template.reminders = [Reminder(.after(60, repeatSeconds: 600), by: .page)]
        }
        let facts = Self.facts(task)
        #expect(Self.planned(facts) == ["1 page 60"])
        let midst = Self.due.advanced(by: .seconds(601))
        #expect(Self.planned(facts, from: midst) == ["1 page 660"])
        #expect(
            Self.planned(facts, from: Self.due.advanced(by: .seconds(59_460))) == ["1 page 59460"]
        )
        #expect(Self.planned(facts, from: Self.due.advanced(by: .seconds(59_461))) == [])
        let planner = Self.planner(facts)
        var key = try #require(Self.first(planner.revise([], from: Self.start))).key
        var count = 1
        while let next = planner.successor(of: key) {
            #expect(key.plannedAt.duration(to: next.key.plannedAt) == .seconds(600))
            key = next.key
            count += 1
        }
        #expect(count == 100)
    }

    private static func first(_ steps: [ReminderStep]) -> PlannedReminder? {
        if case .add(let reminder)? = steps.first { reminder } else { nil }
    }

    @Test func `a task of a day counts from eight in the morning there`() {
        let task = Self.task {
            $0.template.reminders = [Reminder(.before(0), by: .page)]
            $0.template.isAllDay = true
            $0.due.timeZone = "America/New_York"
            $0.due.local = LocalDateTime(secondsSince1970: 1_893_974_400)  // 2030-01-07T00:00
        }
        // 08:00 in New York is 13:00Z, two hours before the stored instant.
        #expect(Self.planned(Self.facts(task)) == ["1 page -7200"])
    }

    @Test(
        arguments: [
            // Due at 15:00Z: 16:00 in Vienna, 10:00 in New York.
            ("Europe/Vienna", 16 * 60, 17 * 60, 3600), ("Europe/Vienna", 15 * 60, 16 * 60, 0),
            ("Europe/Vienna", 16 * 60 + 1, 9 * 60, 0), ("Europe/Vienna", 15 * 60, 9 * 60, 61_200),
            ("America/New_York", 22 * 60, 10 * 60 + 30, 1800), ("UTC", 0, 1, 0),
        ]
    )
    func `quiet hours move mails and messages to their end`(
        zone: String,
        from: Int,
        until: Int,
        delay: Int
    ) {
        let settings = ReminderSettings(
            reminders: [Reminder(.before(0), by: .email), Reminder(.before(0), by: .page)],
            quietHours: QuietHours(fromMinute: from, untilMinute: until)
        )
        let facts = Self.facts(Self.task(), settings: settings, zone: zone)
        #expect(Self.planned(facts) == ["1 email \(delay)", "1 page 0"])
    }

    @Test func `a mail that its reader does not want is withdrawn from the beginning`() {
        let settings = ReminderSettings(reminders: Self.email + Self.page, refusesMail: true)
        let planned = Self.planned(Self.facts(Self.task(), settings: settings))
        #expect(planned == ["1 email -3600 withdrawn", "1 page -60"])
    }

    @Test(
        arguments: [
            // Clocks skip 02:30 on 2030-03-31 in Vienna, and show it twice on 2030-10-27.
            ("2030-03-30T12:00:00Z", 150, "2030-03-31T01:30:00Z"),
            ("2030-10-27T00:00:00Z", 150, "2030-10-27T00:30:00Z"),
            ("2030-10-27T00:31:00Z", 150, "2030-10-28T01:30:00Z"),
            ("2030-01-07T05:59:59Z", 420, "2030-01-07T06:00:00Z"),
            ("2030-01-07T06:00:01Z", 420, "2030-01-08T06:00:00Z"),
        ]
    )
    func `a digest comes at the person's minute of the day`(
        from: String,
        minute: Int,
        expected: String
    ) throws {
        let settings = ReminderSettings(digestMinute: minute)
        let planner = Self.planner(Self.facts(nil, settings: settings, zone: "Europe/Vienna"))
        let time = try #require(Timestamp(parsing: from))
        #expect(planner.digest(of: Self.ana, from: time)?.fireAt == Timestamp(parsing: expected))
    }

    @Test func `somebody is told of a task that another assigned`() {
        func notice(_ assigneeID: Identifier<User>?, by actorID: Identifier<User>?) -> Bool {
            let task = Self.task { $0.template.assigneeID = assigneeID }
            return Self.planner(Self.facts(task)).notice(by: actorID, at: Self.start) != nil
        }
        #expect(notice(Self.ben, by: Self.ana))
        #expect(notice(Self.ben, by: nil))
        #expect(!notice(Self.ana, by: Self.ana))
        #expect(!notice(Self.ben, by: Self.ben))
        #expect(!notice(nil, by: Self.ana))
        #expect(!notice(Self.ana, by: Self.ben), "who made it knows of it")
    }
}
