import Recurrence
import SystemZones
import Tasks
import TestSupport
import Testing

/// Points in time at which the clocks show what they have shown before, because they were set back.
@Suite struct RepeatedHourTests {
    /// Zones whose clocks go back by an hour, by half an hour, and for a month only.
    static let zones = [
        "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca",
    ]

    /// The local times that the clocks of a zone show twice in 2026.
    private static func overlap(of zone: Zone) throws -> Range<LocalDateTime> {
        let year = try #require(LocalDateTime(year: 2026, month: 1, day: 1))
        let found = (0..<365 * 48).lazy.compactMap { count in
            zone.overlap(around: year.advanced(bySeconds: count * 1800))
        }
        return try #require(found.first { _ in true })
    }

    /// Points in time five minutes apart, from an hour before a repeated hour to an hour after.
    private static func instants(around overlap: Range<LocalDateTime>, in zone: Zone) -> [Timestamp]
    {
        let end = zone.timestamp(of: overlap.upperBound)
        return (-36...12).map { end.advanced(by: .seconds($0 * 300)) }
    }

    @Test(arguments: zones)
    func `a point in time stays what it is on the clocks`(name: String) throws {
        let zone = try SystemZones().zone(named: name)
        let overlap = try Self.overlap(of: zone)
        var passes: [OverlapPass?: Int] = [:]
        for timestamp in Self.instants(around: overlap, in: zone) {
            let time = WallClockTime(at: timestamp, in: zone)
            #expect(time.timestamp == timestamp)
            #expect(WallClockTime(local: time.local, zone: zone, pass: time.pass) == time)
            #expect((time.pass != nil) == overlap.contains(time.local))
            let due = DueTime(time)
            #expect(due.timestamp == timestamp)
            #expect(due == DueTime(at: timestamp, in: zone))
            let now = Timestamp(seconds: timestamp.seconds - 1)
            #expect(Retiming(now: now).moved(due, in: zone) == due)
            // As a client sends back what it was shown.
            let shown = WallClockTime(local: due.local, zone: zone)
            #expect(shown.inPass(of: due).timestamp == timestamp)
            passes[time.pass, default: 0] += 1
        }
        #expect(passes[.first] == passes[.second])
        #expect(passes[.first] ?? 0 >= 6)
    }

    @Test(arguments: zones)
    func `a series begins when it was said to, and goes on from there`(name: String) throws {
        let zone = try SystemZones().zone(named: name)
        for timestamp in Self.instants(around: try Self.overlap(of: zone), in: zone) {
            let start = WallClockTime(at: timestamp, in: zone)
            if start.pass == .first { continue }
            for text in [
                "FREQ=DAILY;COUNT=4", "FREQ=HOURLY;COUNT=30", "FREQ=MINUTELY;INTERVAL=10;COUNT=20",
                "FREQ=SECONDLY;INTERVAL=90;UNTIL=\(end(after: timestamp))Z",
                "FREQ=YEARLY;COUNT=3;BYDAY=1SU;BYMONTH=4,11",
            ] {
                let rule = try SeriesRule(parsing: text)
                let occurrences = rule.occurrences(from: start)
                try expectOrder(of: occurrences, from: start, "\(name) \(timestamp) \(text)")
                try expectSplits(of: rule, from: start)
            }
        }
    }

    /// Twenty minutes later, in UTC.
    private func end(after timestamp: Timestamp) -> LocalDateTime {
        Zone.utc.localDateTime(at: timestamp.advanced(by: .seconds(1200)))
    }

    private func expectOrder(
        of occurrences: SeriesOccurrences,
        from start: WallClockTime,
        _ comment: Comment
    ) throws {
        let all = Array(occurrences.occurrences().prefix(40))
        #expect(all.first?.timestamp == start.timestamp, comment)
        #expect(all.count > 2 && occurrences.count(upTo: 40) == all.count, comment)
        for (place, occurrence) in all.enumerated() {
            #expect(
                start.zone.localDateTime(at: occurrence.timestamp) == occurrence.recurrenceID,
                comment
            )
            #expect(occurrences.ordinal(of: occurrence.recurrenceID) == place, comment)
            #expect(occurrences.occurrence(at: place) == occurrence, comment)
            let before = place == 0 ? nil : all[place - 1]
            if let before { #expect(before.timestamp < occurrence.timestamp, comment) }
            #expect(occurrences.previous(before: occurrence.timestamp) == before, comment)
            let through = occurrences.previous(before: occurrence.timestamp, inclusive: true)
            #expect(through == occurrence, comment)
            let next = occurrences.occurrences(from: occurrence.recurrenceID).first { _ in true }
            #expect(next == occurrence, comment)
        }
    }

    private func expectSplits(of rule: SeriesRule, from start: WallClockTime) throws {
        let series = RecurringTask(
            id: Identifier(1),
            creatorID: nil,
            template: TaskTemplate(title: "Call", assigneeID: nil),
            start: start.local,
            startsInSecondPass: start.pass == .second,
            timeZone: start.zone.identifier,
            rule: rule,
            createdAt: start.timestamp,
            modifiedAt: start.timestamp
        )
        let whole = Array(rule.occurrences(from: start).occurrences().prefix(40))
        for occurrence in whole.prefix(5) {
            let split = try #require(
                SeriesSplit(of: series, at: occurrence.recurrenceID, in: start.zone)
            )
            let before = split.ruleBefore().map { Array($0.occurrences(from: start).occurrences()) }
            let rest = WallClockTime(at: occurrence.timestamp, in: start.zone)
            let after = split.ruleFromSlot().occurrences(from: rest).occurrences()
            #expect(((before ?? []) + after.prefix(40)).prefix(whole.count).elementsEqual(whole))
        }
    }

    @Test(arguments: [
        // The clocks show one o'clock twice in Chicago too, an hour later.
        ("America/Chicago", "2027-11-07 07:30:00"),
        // There they do not, and it is an hour later than in New York.
        ("America/Mexico_City", "2027-11-07 07:30:00"),
        ("America/Bogota", "2027-11-07 06:30:00"),
    ])
    func `by other rules of its zone the second stays the second, where there is one`(
        name: String,
        utc: String
    ) throws {
        let zones = SystemZones()
        let zone = try zones.zone(named: name)
        let newYork = try zones.zone(named: "America/New_York")
        let retiming = Retiming(now: Timestamp(seconds: 1_800_000_000))
        let instant = try self.instant("2027-11-07 06:30:00")
        let due = DueTime(at: instant, in: newYork)
        #expect(due.isInSecondPass)
        let moved = try #require(retiming.moved(due, in: zone))
        #expect(moved.local == due.local)
        #expect(moved.timestamp == (try self.instant(utc)))
        #expect(retiming.moved(moved, in: zone) == moved)
        // Back to the rules before, it is what it was.
        #expect(retiming.moved(moved, in: newYork) == due)
        // A series that is to begin then fires then.
        var world = try SeriesWorld(now: "2027-11-01 08:00:00", zone: "America/New_York")
        let id = try world.createInSecondPass(at: instant)
        let series = try #require(world.series[id])
        let clock = try #require(world.clocks[id])
        #expect(clock.fireAt == instant)
        let plan = try retiming.plan(
            moving: FiringSnapshot(series: series, clock: clock),
            zone: zone,
            dueZone: zone,
            numbers: &world.numbers
        )
        let fireAt = plan.isEmpty ? clock.fireAt : plan.clocks.first?.clock?.fireAt
        #expect(fireAt == moved.timestamp)
    }

    @Test func `a series that waits for its start goes on waiting after a change of it`() throws {
        var world = try SeriesWorld(now: "2027-11-01 08:00:00", zone: "America/New_York")
        let instant = try instant("2027-11-07 06:30:00")
        let id = try world.createInSecondPass(at: instant)
        // Its clock stops with its last contact, and goes on with another.
        for contacts in [[], [2, 3]] as [[Int64]] {
            try world.update(
                id,
                with: SeriesEdit(contactIDs: .set(contacts.map { Identifier($0) }))
            )
        }
        #expect(world.clocks[id]?.fireAt == instant)
        try world.run(to: "2027-11-08 12:00:00")
        #expect(
            world.tasks(of: id).map { world.utc($0.due.timestamp) } == [
                "2027-11-07 07:00:00", "2027-11-07 07:00:00", "2027-11-08 07:00:00",
                "2027-11-08 07:00:00",
            ]
        )
    }

    private func instant(_ utc: String) throws -> Timestamp {
        Zone.utc.timestamp(of: try LocalDateTime(reading: utc))
    }
}

extension SeriesWorld {
    fileprivate func utc(_ timestamp: Timestamp) -> String {
        Zone.utc.localDateTime(at: timestamp).readable
    }

    /// Creates a daily series whose first occurrence is to come, half an hour before its task is
    /// due.
    fileprivate mutating func createInSecondPass(
        at instant: Timestamp
    ) throws -> Identifier<RecurringTask> {
        let recurrence = DueRecurrence(
            start: WallClockTime(at: instant, in: zone),
            rule: try SeriesRule(parsing: "FREQ=DAILY"),
            dueAfter: 1800,
            dueZone: zone
        )
        let plan = try DueSeriesPlanner(now: now).plan(
            creating: SeriesDraft(
                title: "Call",
                contactIDs: [Identifier(1)],
                recurrence: recurrence,
                makesFirstTasks: false
            ),
            catchUp: .latest,
            by: nil,
            numbers: &numbers
        )
        try carryOut(plan)
        return try #require(plan.series.first?.after.id)
    }
}
