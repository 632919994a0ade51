import Recurrence
import Tasks
import TestSupport
import Testing

/// A series that is to miss nothing makes the tasks of its occurrences, in whatever way time
/// passes.
@Suite struct DuePropertyTests {
    /// A random schedule, and the time for which the test follows it.
    private struct Scenario {
        var terms = DueTerms(catchUp: .all)
        var zone: String
        var createdAt: String
        var end: String

        init(seed: UInt64) {
            var random = SplitMix64(seed: seed)
            zone = random.pick(["UTC", "America/New_York", "Australia/Lord_Howe"])
            createdAt = random.pick(["2024-03-05 07:12:00", "2024-10-28 02:30:00"])
            // Not in the hour after a gap. There the order of slots differs from the order of
            // instants.
            end = createdAt.hasPrefix("2024-03") ? "2024-04-14 13:05:00" : "2024-12-01 02:30:00"
            terms.start = random.pick([
                "2024-02-28 02:30:00", "2024-03-05 07:12:00", "2024-03-09 02:30:00",
                "2024-10-27 01:45:00", "2024-11-02 01:30:00", "2024-12-24 00:00:00",
            ])
            terms.rule = random.pick([
                "FREQ=DAILY", "FREQ=HOURLY", "FREQ=HOURLY;INTERVAL=7", "FREQ=DAILY;COUNT=12",
                "FREQ=WEEKLY;BYDAY=MO,SU", "FREQ=MONTHLY;BYMONTHDAY=31,30,29,28;BYSETPOS=-1",
                "FREQ=DAILY;UNTIL=20240320T120000Z", "FREQ=YEARLY", "FREQ=DAILY;INTERVAL=3",
            ])
            terms.dueAfter = random.pick([0, 600, 86_400])
            terms.limit = random.pick([nil, nil, 1, 5, 40])
            terms.contacts = random.pick([[], [4], [9, 4, 6]])
            terms.makesFirstTasks = Bool.random(using: &random)
        }

        /// The slots that must have tasks, taken from a plain list of the occurrences.
        func slots(in world: SeriesWorld) throws -> [String] {
            let end = world.zone.timestamp(of: try LocalDateTime(reading: end))
            let set = try SeriesRule(parsing: terms.rule).occurrences(
                from: WallClockTime(
                    local: try LocalDateTime(reading: terms.start),
                    zone: world.zone
                )
            )
            var occurrences = set.occurrences().prefix { $0.timestamp <= end }.filter {
                $0.timestamp > world.now
            }
            if terms.makesFirstTasks, let first = set.occurrences().first(where: { _ in true }),
                occurrences.first != first
            {
                occurrences.insert(first, at: 0)
            }
            let contacts = terms.contacts.isEmpty ? [""] : terms.contacts.map { " \($0)" }
            return occurrences.prefix(terms.limit ?? .max).flatMap { occurrence in
                contacts.map { occurrence.recurrenceID.readable + $0 }
            }.sorted()
        }
    }

    /// How time passes.
    enum Passage: CaseIterable {
        case fromOneOccurrenceToTheNext
        case byLeaps
        case atOnce
    }

    @Test(arguments: 1...60, Passage.allCases)
    func `tasks are those of the occurrences, however time passes`(
        seed: UInt64,
        passage: Passage
    ) throws {
        let scenario = Scenario(seed: seed)
        var world = try SeriesWorld(now: scenario.createdAt, zone: scenario.zone)
        let expected = try scenario.slots(in: world)
        let id = try world.create(scenario.terms)
        switch passage {
        case .fromOneOccurrenceToTheNext: try world.run(to: scenario.end)
        case .byLeaps:
            var random = SplitMix64(seed: seed &+ 1_000)
            let end = world.zone.timestamp(of: try LocalDateTime(reading: scenario.end))
            while world.now < end {
                let leap = Duration.seconds(Int.random(in: 1...400_000, using: &random))
                world.now = min(world.now.advanced(by: leap), end)
                // Some turns are taken later.
                for _ in 0..<Int.random(in: 0...2, using: &random) { try world.takeTurn() }
            }
            try world.jump(to: scenario.end)
        case .atOnce: try world.jump(to: scenario.end)
        }
        #expect(world.slots(of: id) == expected, "seed \(seed): \(scenario.terms)")
        let contactCount = max(scenario.terms.contacts.count, 1)
        #expect(try world.occurrenceCount(of: id) == expected.count / contactCount)
        let dueAfter = Duration.seconds(scenario.terms.dueAfter)
        for task in world.tasks(of: id) {
            let slot = try #require(task.slot)
            let comes = world.zone.timestamp(of: slot.recurrenceID)
            #expect(task.due.timestamp == comes.advanced(by: dueAfter))
        }
    }
}
