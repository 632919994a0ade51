import Recurrence
import Tasks
import TestSupport
import Testing

/// What becomes of planned reminders when something changes.
struct ReminderRevisionTests {
    private typealias World = ReminderPlannerTests

    /// The reminders of a task, as the steps of plans leave them.
    private struct Ledger {
        var rows: [ReminderKey: PlannedReminder] = [:]

        mutating func revise(
            _ facts: ReminderFacts,
            from time: Timestamp = World.start,
            snoozing userID: Identifier<User>? = nil
        ) {
            let stored = rows.values.map { StandingReminder($0) }
            for step in World.planner(facts).revise(stored, from: time, snoozing: userID) {
                switch step {
                case .add(let reminder):
                    #expect(rows[reminder.key] == nil)
                    rows[reminder.key] = reminder
                case .replace(let former, let reminder):
                    #expect(rows[former] != nil)
                    rows[former] = nil
                    #expect(rows[reminder.key] == nil)
                    rows[reminder.key] = reminder
                }
            }
        }

        /// Each row's person, way, seconds after the due time, and state.
        var texts: [String] {
            rows.values.sorted {
                ($0.fireAt, $0.key.way.rawValue) < ($1.fireAt, $1.key.way.rawValue)
            }
            .map { row in
                let seconds = World.due.duration(to: row.fireAt).components.seconds
                return "\(row.key.userID.rawValue) \(row.key.way) \(seconds) \(row.state)"
            }
        }
    }

    private func task(_ change: (inout TaskInstance) -> Void = { _ in }) -> TaskInstance {
        World.task {
            $0.template.reminders = [
                Reminder(.before(3600), by: .email), Reminder(.before(60), by: .page),
            ]
            change(&$0)
        }
    }

    private func move(_ task: inout TaskInstance, by seconds: Int64) {
        task.due = DueTime(at: World.due.advanced(by: .seconds(seconds)), in: .utc)
    }

    @Test func `a due time that moves takes its reminders along, each as one row`() {
        var ledger = Ledger()
        ledger.revise(World.facts(task()))
        ledger.revise(World.facts(task { move(&$0, by: 600) }))
        #expect(ledger.texts == ["1 email -3000 waiting", "1 page 540 waiting"])
        ledger.revise(World.facts(task()))
        #expect(ledger.texts == ["1 email -3600 waiting", "1 page -60 waiting"])
    }

    @Test func `a due time that moves into the past leaves nothing waiting`() {
        var ledger = Ledger()
        ledger.revise(World.facts(task()))
        ledger.revise(World.facts(task { move(&$0, by: -86_000) }))
        #expect(ledger.texts == ["1 page -86060 waiting", "1 email -3600 withdrawn"])
    }

    @Test func `another assignee is reminded instead`() {
        var ledger = Ledger()
        ledger.revise(World.facts(task()))
        ledger.revise(World.facts(task { $0.template.assigneeID = World.ben }))
        #expect(
            Set(ledger.texts) == [
                "1 email -3600 withdrawn", "2 email -3600 waiting", "1 page -60 withdrawn",
                "2 page -60 waiting",
            ]
        )
        ledger.revise(World.facts(task()))
        #expect(ledger.texts.filter { $0.hasSuffix("waiting") }.allSatisfy { $0.hasPrefix("1") })
    }

    @Test func `a task that is done is not reminded of, and is again when it is reopened`() {
        var ledger = Ledger()
        ledger.revise(World.facts(task()))
        ledger.revise(World.facts(task { $0.state = .completed }))
        #expect(ledger.texts == ["1 email -3600 withdrawn", "1 page -60 withdrawn"])
        #expect(ledger.rows.values.allSatisfy { $0.answer == "the task is done" })
        let later = World.due.advanced(by: .seconds(-600))
        ledger.revise(World.facts(task()), from: later)
        #expect(ledger.texts == ["1 email -3600 withdrawn", "1 page -60 waiting"])
        ledger.revise(World.facts(nil))
        #expect(ledger.rows.values.allSatisfy { $0.state == .withdrawn })
    }

    @Test func `what was sent is not planned again`() {
        var ledger = Ledger()
        ledger.revise(World.facts(task()))
        for key in ledger.rows.keys { ledger.rows[key]?.state = .sent }
        ledger.revise(World.facts(task()))
        #expect(ledger.texts == ["1 email -3600 sent", "1 page -60 sent"])
        ledger.revise(World.facts(task { move(&$0, by: 60) }))
        #expect(ledger.texts.count == 4)
    }

    @Test func `what is being sent is left to its sender`() {
        let key = World.planner(World.facts(task())).revise([], from: World.start)
        guard case .add(let reminder)? = key.first else { return #expect(Bool(false)) }
        let stored = [StandingReminder(reminder, isBeingSent: true)]
        let done = World.facts(task { $0.state = .completed })
        #expect(World.planner(done).revise(stored, from: World.start) == [])
    }

    @Test func `who puts it off is reminded then, once by each way`() {
        let until = World.due.advanced(by: .seconds(7200))
        let snoozes = [World.ana: until]
        var ledger = Ledger()
        let own = task {
            $0.template.reminders = [
                Reminder(.before(3600), by: .email), Reminder(.before(60), by: .email),
                Reminder(.before(60), by: .page),
            ]
        }
        ledger.revise(World.facts(own))
        ledger.revise(
            World.facts(own, snoozedUntil: snoozes),
            from: World.due.advanced(by: .seconds(-7200)),
            snoozing: World.ana
        )
        #expect(
            ledger.texts == [
                "1 email -3600 withdrawn", "1 email 7200 waiting", "1 page 7200 waiting",
            ]
        )
        // A change of something else leaves it there.
        ledger.revise(World.facts(own, snoozedUntil: snoozes), from: World.start)
        #expect(ledger.texts.filter { $0.hasSuffix("waiting") }.count == 2)
        #expect(ledger.texts.last == "1 page 7200 waiting")
    }

    @Test func `who puts off what waits no more is reminded then, too`() {
        let until = World.due.advanced(by: .seconds(7200))
        var ledger = Ledger()
        ledger.revise(World.facts(task()))
        for key in ledger.rows.keys { ledger.rows[key]?.state = .sent }
        let facts = World.facts(task(), snoozedUntil: [World.ana: until])
        ledger.revise(facts, from: World.due, snoozing: World.ana)
        #expect(ledger.texts.last == "1 email 7200 waiting")
        #expect(ledger.rows.count == 3)
        ledger.revise(facts, from: World.due)
        #expect(ledger.texts.last == "1 email 7200 waiting")
        ledger.revise(World.facts(task { $0.state = .completed }), from: World.due)
        #expect(ledger.texts.last == "1 email 7200 withdrawn")
    }

    @Test(arguments: 0..<60)
    func `a revision leaves what is wanted, and another one changes nothing`(
        seed: Int
    ) {
        var generator = SplitMix64(seed: UInt64(seed))
        var ledger = Ledger()
        var now = World.start
        var snoozes: [Identifier<User>: Timestamp] = [:]
        var known: Set<ReminderKey> = []
        for _ in 0..<20 {
            now = now.advanced(by: .seconds(Int64(generator.next() % 5000)))
            let facts = facts(at: now, snoozes, &generator)
            ledger.revise(facts, from: now)
            let planner = World.planner(facts)
            for row in ledger.rows.values where row.state == .waiting {
                #expect(planner.wants(row.key), "seed \(seed)")
                #expect(planner.reasonToWithdraw(row.key) == nil)
                if !known.contains(row.key) { #expect(row.key.plannedAt >= now, "seed \(seed)") }
            }
            known.formUnion(ledger.rows.keys)
            let before = ledger.rows
            ledger.revise(facts, from: now)
            #expect(ledger.rows == before, "seed \(seed)")
            for (key, row) in ledger.rows where row.state == .waiting && row.fireAt <= now {
                ledger.rows[key]?.state = .sent
            }
            if generator.next() % 4 == 0 {
                snoozes[World.ana] = now.advanced(by: .seconds(Int64(generator.next() % 9000)))
                var snoozed = facts
                snoozed.snoozedUntil = snoozes
                ledger.revise(snoozed, from: now, snoozing: World.ana)
                known.formUnion(ledger.rows.keys)
            }
        }
    }

    private func facts(
        at now: Timestamp,
        _ snoozes: [Identifier<User>: Timestamp],
        _ generator: inout SplitMix64
    ) -> ReminderFacts {
        let channels = Reminder.Channel.allCases
        let count = Int(generator.next() % 4)
        let reminders = (0..<count).map { _ -> Reminder in
            let seconds = Int64(generator.next() % 20_000)
            let channel = channels[Int(generator.next() % UInt64(channels.count))]
            switch generator.next() % 3 {
            case 0: return Reminder(.after(seconds, repeatSeconds: 3000), by: channel)
            case 1: return Reminder(.after(seconds, repeatSeconds: nil), by: channel)
            default: return Reminder(.before(seconds), by: channel)
            }
        }
        let task = World.task {
            move(&$0, by: Int64(generator.next() % 40_000) - 20_000)
            $0.template.reminders = reminders
            $0.template.assigneeID = generator.next() % 3 == 0 ? World.ben : nil
            $0.state = generator.next() % 5 == 0 ? .completed : .open
        }
        return World.facts(
            generator.next() % 20 == 0 ? nil : task,
            settings: ReminderSettings(quietHours: QuietHours(fromMinute: 1200, untilMinute: 300)),
            zone: "Europe/Vienna",
            snoozedUntil: snoozes
        )
    }
}
