import Recurrence
import SystemZones
import Tasks
import Testing

@Suite struct SeriesSplitTests {
    struct Cut: Sendable, CustomTestStringConvertible {
        var rule: String
        var start: String
        var ordinal: Int
        var slot: String
        var zone = "UTC"
        var before: String?
        var after: String
        var testDescription: String { "\(rule) at \(ordinal)" }
    }

    @Test(arguments: [
        Cut(
            rule: "FREQ=DAILY;INTERVAL=1;COUNT=5",
            start: "2018-12-16 12:00:00",
            ordinal: 3,
            slot: "2018-12-19 12:00:00",
            before: "FREQ=DAILY;INTERVAL=1;COUNT=3",
            after: "FREQ=DAILY;INTERVAL=1;COUNT=2"
        ),
        Cut(
            rule: "COUNT=5;FREQ=DAILY",
            start: "2018-12-16 12:00:00",
            ordinal: 1,
            slot: "2018-12-17 12:00:00",
            before: "COUNT=1;FREQ=DAILY",
            after: "COUNT=4;FREQ=DAILY"
        ),
        Cut(
            rule: "FREQ=DAILY;COUNT=5",
            start: "2018-12-16 12:00:00",
            ordinal: 0,
            slot: "2018-12-16 12:00:00",
            before: nil,
            after: "FREQ=DAILY;COUNT=5"
        ),
        Cut(
            rule: "FREQ=DAILY;INTERVAL=1",
            start: "2018-12-16 12:00:00",
            ordinal: 3,
            slot: "2018-12-19 12:00:00",
            before: "FREQ=DAILY;INTERVAL=1;UNTIL=20181219T115959Z",
            after: "FREQ=DAILY;INTERVAL=1"
        ),
        Cut(
            rule: "FREQ=WEEKLY;UNTIL=20190301T000000Z;BYDAY=MO",
            start: "2018-12-17 09:00:00",
            ordinal: 2,
            slot: "2018-12-31 09:00:00",
            zone: "America/New_York",
            before: "FREQ=WEEKLY;UNTIL=20181231T135959Z;BYDAY=MO",
            after: "FREQ=WEEKLY;UNTIL=20190301T000000Z;BYDAY=MO"
        ),
        Cut(
            rule: "freq=daily;until=20190301",
            start: "2018-12-30 09:00:00",
            ordinal: 2,
            slot: "2019-01-01 09:00:00",
            before: "freq=daily;UNTIL=20181231",
            after: "freq=daily;until=20190301"
        ),
        Cut(
            rule: "FREQ=DAILY;BYHOUR=9,17;UNTIL=20190301",
            start: "2018-12-30 09:00:00",
            ordinal: 3,
            slot: "2018-12-31 17:00:00",
            before: "FREQ=DAILY;BYHOUR=9,17;UNTIL=20181231T165959Z",
            after: "FREQ=DAILY;BYHOUR=9,17;UNTIL=20190301"
        ),
        // A text in several lines is replaced by the canonical text.
        Cut(
            rule: "FREQ=DAILY;COU\r\n NT=5;WKST=MO\r\n",
            start: "2018-12-16 12:00:00",
            ordinal: 3,
            slot: "2018-12-19 12:00:00",
            before: "FREQ=DAILY;COUNT=3",
            after: "FREQ=DAILY;COUNT=2"
        ),
        // Only an `UNTIL` must name the second before the slot. In UTC that second is in the year
        // 10000.
        Cut(
            rule: "FREQ=DAILY",
            start: "9999-12-29 23:00:00",
            ordinal: 2,
            slot: "9999-12-31 23:00:00",
            zone: "America/New_York",
            before: "FREQ=DAILY;COUNT=2",
            after: "FREQ=DAILY"
        ),
    ])
    func `a split rewrites the end of the rule and nothing else`(cut: Cut) throws {
        let series = try RecurringTask(from: cut.start, rule: cut.rule, timeZone: cut.zone)
        let split = try #require(
            SeriesSplit(
                of: series,
                at: try LocalDateTime(reading: cut.slot),
                in: try SystemZones().zone(named: cut.zone)
            )
        )
        #expect(split.ordinal == cut.ordinal)
        #expect(split.ruleBefore()?.text == cut.before)
        #expect(split.ruleFromSlot().text == cut.after)
        for rule in [split.ruleBefore(), split.ruleFromSlot()].compactMap(\.self) {
            #expect(try SeriesRule(parsing: rule.text) == rule)
        }
    }

    @Test(arguments: [
        "FREQ=DAILY;COUNT=9", "FREQ=WEEKLY;COUNT=12;BYDAY=MO,WE,FR", "FREQ=MONTHLY;COUNT=8",
        "FREQ=MONTHLY;COUNT=8;BYDAY=-1FR", "FREQ=YEARLY;COUNT=5;BYMONTH=1,6;BYMONTHDAY=3,20",
        "FREQ=HOURLY;INTERVAL=7;COUNT=20", "FREQ=DAILY;UNTIL=20240320T150000Z",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=20240801T000000Z;BYDAY=SU,TU;WKST=SU",
        "FREQ=DAILY;BYHOUR=9,17;UNTIL=20240305",
        "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=15,30;BYSETPOS=2,3;UNTIL=20240312T000000Z",
    ])
    func `the two sides of a split are the whole, at every slot`(text: String) throws {
        let zone = try SystemZones().zone(named: "America/New_York")
        let series = try RecurringTask(
            from: "2024-03-01 09:00:00",
            rule: text,
            timeZone: zone.identifier
        )
        let rule = try #require(series.rule)
        let whole = Array(rule.occurrences(from: series.start(in: zone)).occurrences())
        #expect(whole.count > 4)
        for (ordinal, occurrence) in whole.enumerated() {
            let slot = occurrence.recurrenceID
            let split = try #require(SeriesSplit(of: series, at: slot, in: zone))
            #expect(split.ordinal == ordinal)
            let before = split.ruleBefore().map { before in
                Array(before.occurrences(from: series.start(in: zone)).occurrences())
            }
            let start = WallClockTime(local: slot, zone: zone)
            let after = split.ruleFromSlot().occurrences(from: start).occurrences()
            #expect((before ?? []) + Array(after) == whole)
        }
    }
}

extension RecurringTask {
    /// A series in which only the start, the rule and the zone matter.
    fileprivate init(from start: String, rule: String, timeZone: String) throws {
        self.init(
            id: Identifier(1),
            creatorID: nil,
            template: TaskTemplate(title: "Call"),
            start: try LocalDateTime(reading: start),
            timeZone: timeZone,
            rule: try SeriesRule(parsing: rule),
            createdAt: Timestamp(seconds: 0),
            modifiedAt: Timestamp(seconds: 0)
        )
    }
}
