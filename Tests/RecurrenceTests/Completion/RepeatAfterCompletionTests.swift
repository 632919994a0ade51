import Recurrence
import SystemZones
import TestSupport
import Testing

struct RepeatAfterCompletionTests {
    typealias Row = (rule: String, completion: String, next: String)

    @Test(arguments: [
        // From Wednesday 3 March 2027 on.
        ("FREQ=DAILY;INTERVAL=3", "20270303T110000", "20270306T090000"),
        ("FREQ=DAILY", "20270303T000000", "20270304T090000"),
        ("FREQ=DAILY", "20270303T235959", "20270304T090000"),
        ("FREQ=WEEKLY", "20270303T110000", "20270310T090000"),
        ("FREQ=WEEKLY;INTERVAL=2", "20270307T110000", "20270321T090000"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "20270303T110000", "20270304T090000"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "20270304T080000", "20270308T090000"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "20270303T110000", "20270315T090000"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "20270303T110000", "20270305T090000"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU", "20270303T110000", "20270314T090000"),
        ("FREQ=DAILY;INTERVAL=4;BYDAY=MO,TU,WE,TH,FR", "20270303T110000", "20270311T090000"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "20270303T110000", "20270315T090000"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "20270315T080000", "20270415T090000"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "20270131T110000", "20270331T090000"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "20270131T110000", "20270228T090000"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "20270303T110000", "20270331T090000"),
        ("FREQ=MONTHLY;INTERVAL=3", "20270110T110000", "20270410T090000"),
        ("FREQ=YEARLY", "20270303T110000", "20280303T090000"),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=2", "20270303T110000", "20270602T090000"),
    ])
    func `the next occurrence is counted from the day of completion`(row: Row) throws {
        #expect(try next(row.rule, row.completion) == row.next)
    }

    @Test(arguments: [
        ("FREQ=MONTHLY", "20270131T110000", "20270228T090000"),
        ("FREQ=MONTHLY", "20280131T110000", "20280229T090000"),
        ("FREQ=MONTHLY", "20270331T110000", "20270430T090000"),
        ("FREQ=MONTHLY;INTERVAL=2", "20261231T110000", "20270228T090000"),
        ("FREQ=YEARLY", "20280229T110000", "20290228T090000"),
    ])
    func `a day that a month lacks becomes its last day if the rule does not give it`(
        row: Row
    ) throws {
        #expect(try next(row.rule, row.completion) == row.next)
    }

    @Test(arguments: [
        // Friday evening in New York is Saturday in UTC.
        ("20270306T030000Z", "20270308T140000Z"),
        // The clocks go forward on 14 March and back on 7 November; 9:00 stays 9:00.
        ("20270312T180000Z", "20270315T130000Z"),
        ("20271105T180000Z", "20271108T140000Z"),
    ])
    func `the zone's clocks tell the day and the time`(
        completion: String,
        next: String
    ) throws {
        let repetition = try RepeatAfterCompletion(
            rule: RecurrenceRule(parsing: "FREQ=DAILY;INTERVAL=3"),
            secondOfDay: 9 * 3600,
            zone: SystemZones().zone(named: "America/New_York")
        )
        let occurrence = repetition.next(after: try timestamp(completion), completionCount: 1)
        #expect(try occurrence?.timestamp == timestamp(next))
    }

    @Test func `a time that the clocks skip moves forward`() throws {
        let repetition = try RepeatAfterCompletion(
            rule: RecurrenceRule(parsing: "FREQ=DAILY"),
            secondOfDay: 2 * 3600 + 1800,
            zone: SystemZones().zone(named: "America/New_York")
        )
        let occurrence = try #require(
            repetition.next(after: try timestamp("20270313T180000Z"), completionCount: 1)
        )
        #expect(occurrence.recurrenceID.description == "20270314T023000")
        #expect(try occurrence.timestamp == timestamp("20270314T073000Z"))
    }

    @Test func `clocks that are set back over midnight do not lead into the past`() throws {
        // St. John's clocks went from 0:01 on 29 October 2006 back to 23:01 on the 28th.
        let repetition = try RepeatAfterCompletion(
            rule: RecurrenceRule(parsing: "FREQ=DAILY"),
            secondOfDay: 30,
            zone: SystemZones().zone(named: "America/St_Johns")
        )
        let completion = try timestamp("20061029T030000Z")
        let occurrence = try #require(repetition.next(after: completion, completionCount: 1))
        #expect(occurrence.recurrenceID.description == "20061030T000030")
        #expect(occurrence.timestamp > completion)
    }

    @Test func `a count counts completions`() throws {
        #expect(try next("FREQ=DAILY;COUNT=3", "20270303T110000", completionCount: 2) != nil)
        #expect(try next("FREQ=DAILY;COUNT=3", "20270303T110000", completionCount: 3) == nil)
        #expect(try next("FREQ=DAILY;COUNT=3", "20270303T110000", completionCount: 4) == nil)
    }

    @Test(arguments: [
        ("FREQ=DAILY;INTERVAL=3;UNTIL=20270306", "20270306T090000"),
        ("FREQ=DAILY;INTERVAL=3;UNTIL=20270306T090000", "20270306T090000"),
        ("FREQ=DAILY;INTERVAL=3;UNTIL=20270306T085959", nil),
        ("FREQ=DAILY;INTERVAL=3;UNTIL=20270306T090000Z", "20270306T090000"),
        ("FREQ=DAILY;INTERVAL=3;UNTIL=20270305", nil),
        ("FREQ=DAILY;INTERVAL=3;UNTIL=20260101", nil),
    ])
    func `nothing comes after the end`(rule: String, expected: String?) throws {
        #expect(try next(rule, "20270303T110000") == expected)
    }

    @Test func `the next occurrence is always on a later day`() throws {
        var random = RandomRules(seed: 5)
        let zone = try SystemZones().zone(named: "Europe/Madrid")
        for _ in 0..<1000 {
            let rule = try RecurrenceRule(parsing: random.simpleRule()).ending(.never)
            guard
                let repetition = try? RepeatAfterCompletion(
                    rule: rule,
                    secondOfDay: random.number(in: 0...86_399),
                    zone: zone
                )
            else { continue }
            let completion = zone.timestamp(of: random.start())
            guard let next = repetition.next(after: completion, completionCount: 1) else {
                continue
            }
            #expect(next.timestamp > completion, "\(rule)")
            #expect(next.recurrenceID.date > zone.localDateTime(at: completion).date, "\(rule)")
        }
    }

    @Test(arguments: [
        ("FREQ=HOURLY;INTERVAL=4", "FREQ"),
        ("FREQ=DAILY;BYHOUR=9", "BYHOUR"),
        ("FREQ=WEEKLY;BYMINUTE=30", "BYMINUTE"),
        ("FREQ=MONTHLY;BYSECOND=30", "BYSECOND"),
    ])
    func `a rule that gives the time of day is refused`(rule: String, part: String) throws {
        let rule = try RecurrenceRule(parsing: rule)
        let error = #expect(throws: RepeatAfterCompletion.UnsuitableRule.self) {
            try RepeatAfterCompletion(rule: rule, secondOfDay: 0, zone: .utc)
        }
        #expect(error?.part == part)
    }

    @Test func `a second that no day has stops the process`() async {
        await #expect(processExitsWith: .failure) {
            let rule = try RecurrenceRule(parsing: "FREQ=DAILY")
            _ = try RepeatAfterCompletion(rule: rule, secondOfDay: 86_400, zone: .utc)
        }
    }

    // MARK: Helpers

    /// The slot after a completion in UTC, for 9:00.
    private func next(
        _ rule: String,
        _ completion: String,
        completionCount: Int = 1
    ) throws -> String? {
        let repetition = try RepeatAfterCompletion(
            rule: RecurrenceRule(parsing: rule),
            secondOfDay: 9 * 3600,
            zone: .utc
        )
        let occurrence = repetition.next(
            after: try timestamp(completion + "Z"),
            completionCount: completionCount
        )
        return occurrence?.recurrenceID.description
    }

    /// Reads a time such as `20270303T110000Z`, in the form of an UNTIL.
    private func timestamp(_ text: String) throws -> Timestamp {
        let rule = try RecurrenceRule(parsing: "FREQ=DAILY;UNTIL=\(text)")
        guard case .until(.instant(let timestamp)) = rule.end else {
            throw RecurrenceRule.ParseError(part: "UNTIL", reason: "\(text) is not in UTC")
        }
        return timestamp
    }
}
