import Recurrence
import SystemZones
import Tasks
import Testing

@Suite struct SeriesSplitTests {
    struct Cut: Sendable, CustomTestStringConvertible {
        var rule: String
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
            ordinal: 3,
            slot: "2018-12-19 12:00:00",
            before: "FREQ=DAILY;INTERVAL=1;COUNT=3",
            after: "FREQ=DAILY;INTERVAL=1;COUNT=2"
        ),
        Cut(
            rule: "COUNT=5;FREQ=DAILY",
            ordinal: 1,
            slot: "2018-12-17 12:00:00",
            before: "COUNT=1;FREQ=DAILY",
            after: "COUNT=4;FREQ=DAILY"
        ),
        Cut(
            rule: "FREQ=DAILY;COUNT=5",
            ordinal: 0,
            slot: "2018-12-16 12:00:00",
            before: nil,
            after: "FREQ=DAILY;COUNT=5"
        ),
        Cut(
            rule: "FREQ=DAILY;INTERVAL=1",
            ordinal: 3,
            slot: "2018-12-19 12:00:00",
            before: "FREQ=DAILY;INTERVAL=1;UNTIL=20181219T115959Z",
            after: "FREQ=DAILY;INTERVAL=1"
        ),
        Cut(
            rule: "FREQ=WEEKLY;UNTIL=20190301T000000Z;BYDAY=MO",
            ordinal: 2,
            slot: "2018-12-31 09:00:00",
            zone: "America/New_York",
            before: "FREQ=WEEKLY;UNTIL=20181231T135959Z;BYDAY=MO",
            after: "FREQ=WEEKLY;UNTIL=20190301T000000Z;BYDAY=MO"
        ),
        Cut(
            rule: "freq=daily;until=20190301",
            ordinal: 2,
            slot: "2019-01-01 09:00:00",
            before: "freq=daily;UNTIL=20181231",
            after: "freq=daily;until=20190301"
        ),
    ])
    func `a split rewrites the end of the rule and nothing else`(cut: Cut) throws {
        let split = SeriesSplit(
            of: try SeriesRule(parsing: cut.rule),
            at: try LocalDateTime(reading: cut.slot),
            ordinal: cut.ordinal,
            in: try SystemZones().zone(named: cut.zone)
        )
        #expect(try split.ruleBefore()?.text == cut.before)
        #expect(try split.ruleFromSlot().text == cut.after)
    }

    @Test(arguments: [
        "FREQ=DAILY;COUNT=9", "FREQ=WEEKLY;COUNT=12;BYDAY=MO,WE,FR", "FREQ=MONTHLY;COUNT=8",
        "FREQ=MONTHLY;COUNT=8;BYDAY=-1FR", "FREQ=YEARLY;COUNT=5;BYMONTH=1,6;BYMONTHDAY=3,20",
        "FREQ=HOURLY;INTERVAL=7;COUNT=20", "FREQ=DAILY;UNTIL=20240320T150000Z",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=20240801T000000Z;BYDAY=SU,TU;WKST=SU",
    ])
    func `the two sides of a split are the whole, at every slot`(text: String) throws {
        let zone = try SystemZones().zone(named: "America/New_York")
        let rule = try SeriesRule(parsing: text)
        let start = try LocalDateTime(reading: "2024-03-01 09:00:00")
        let whole = Array(rule.occurrences(from: start, in: zone).occurrences())
        #expect(whole.count > 4)
        for (ordinal, occurrence) in whole.enumerated() {
            let slot = occurrence.recurrenceID
            let split = SeriesSplit(of: rule, at: slot, ordinal: ordinal, in: zone)
            let before = try split.ruleBefore().map { before in
                Array(before.occurrences(from: start, in: zone).occurrences())
            }
            let after = try split.ruleFromSlot().occurrences(from: slot, in: zone).occurrences()
            #expect((before ?? []) + Array(after) == whole)
        }
    }
}
