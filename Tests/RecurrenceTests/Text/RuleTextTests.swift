import Recurrence
import TestSupport
import Testing

struct RuleTextTests {
    @Test(
        arguments: [
            ("", "FREQ"), ("FREQ=NEVER", "FREQ"), ("COUNT=3", "FREQ"),
            ("FREQ=DAILY;COUNT=0", "COUNT"), ("FREQ=DAILY;COUNT=2147483648", "COUNT"),
            ("FREQ=DAILY;INTERVAL=0", "INTERVAL"), ("FREQ=DAILY;INTERVAL=-1", "INTERVAL"),
            ("FREQ=DAILY;INTERVAL=1.5", "INTERVAL"),
            ("FREQ=DAILY;INTERVAL=1;INTERVAL=1", "INTERVAL"),
            ("FREQ=DAILY;COUNT=1;UNTIL=20240101", "UNTIL"), ("FREQ=DAILY;UNTIL=20240230", "UNTIL"),
            ("FREQ=YEARLY;BYMONTH=13", "BYMONTH"), ("FREQ=YEARLY;BYMONTH=", "BYMONTH"),
            ("FREQ=YEARLY;BYMONTH=1,", "BYMONTH"), ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY"),
            ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY"), ("FREQ=YEARLY;BYYEARDAY=367", "BYYEARDAY"),
            ("FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY"), ("FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO"),
            ("FREQ=DAILY;BYDAY=1MO", "BYDAY"), ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "BYDAY"),
            ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY"), ("FREQ=WEEKLY;BYDAY=MO;TU", "TU"),
            ("FREQ=DAILY;BYHOUR=24", "BYHOUR"), ("FREQ=DAILY;BYMINUTE=60", "BYMINUTE"),
            ("FREQ=DAILY;BYSECOND=61", "BYSECOND"), ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS"),
            ("FREQ=DAILY;WKST=XX", "WKST"), ("FREQ=DAILY;X-PART=1", "X-PART"),
            ("RSCALE=CHINESE;FREQ=YEARLY", "RSCALE"), ("FREQ=YEARLY;SKIP=FORWARD", "SKIP"),
        ]
    )
    func `a rule that cannot be read names its part`(text: String, part: String) throws {
        let error = #expect(throws: RecurrenceRule.ParseError.self) {
            try RecurrenceRule(parsing: text)
        }
        #expect(error?.part == part)
        #expect(error?.reason.isEmpty == false)
    }

    @Test(
        arguments: [
            ("FREQ=WEEKLY;BYDAY=MO;", "RRULE", "it has an empty part: a semicolon too many"),
            (";FREQ=DAILY", "RRULE", "it has an empty part: a semicolon too many"),
            ("FREQ=DAILY;;COUNT=2", "RRULE", "it has an empty part: a semicolon too many"),
            ("FREQ=DAILY;=2", "RRULE", "=2 has no name before it"),
            ("FREQ=DAILY;COUNT", "COUNT", "it has no value"),
            ("FREQ=DAILY;COUNT=", "COUNT", "it has no value"),
            ("FREQ=DAILY;COUNT=-1", "COUNT", "-1 is not between 1 and 2147483647"),
            (
                "FREQ=DAILY;COUNT=99999999999", "COUNT",
                "99999999999 is not between 1 and 2147483647"
            ),
            ("FREQ=DAILY;COUNT=two", "COUNT", "TWO is not a number"),
            ("FREQ=DAILY;COUNT=+2", "COUNT", "+2 is not a number"),
            ("FREQ=DAILY;BYHOUR=1,-1", "BYHOUR", "-1 is not between 0 and 23"),
            ("FREQ=DAILY;BYHOUR=1,,2", "BYHOUR", "1,,2 is not a list of numbers"),
            (
                "FREQ=MONTHLY;BYMONTHDAY=-99999999999", "BYMONTHDAY",
                "-99999999999 is not between 1 and 31 or -1 and -31"
            ),
        ]
    )
    func `an error names the part and says what is wrong`(
        text: String,
        part: String,
        reason: String
    ) {
        let error = #expect(throws: RecurrenceRule.ParseError.self) {
            try RecurrenceRule(parsing: text)
        }
        #expect(error == RecurrenceRule.ParseError(part: part, reason: reason))
    }

    @Test(
        arguments: [
            ("FREQ=DAILY", "freq=daily;interval=1;wkst=mo"),
            ("FREQ=WEEKLY;BYDAY=TU,TH", "RRULE:BYDAY=TH,TU,TH;FREQ=WEEKLY"),
            ("FREQ=MONTHLY;BYDAY=1FR,-1FR", "FREQ=MONTHLY;BYD\r\n AY=-1FR,+1FR"),
            ("FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=-1", "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=02,1"),
            ("FREQ=DAILY;BYSECOND=59", "FREQ=DAILY;BYSECOND=60"),
        ]
    )
    func `rules that mean the same are equal`(text: String, other: String) throws {
        let (left, right) = (try RecurrenceRule(parsing: text), try RecurrenceRule(parsing: other))
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left.description == right.description)
    }

    @Test func `a rule's text reads as the same rule`() throws {
        var generator = SplitMix64(seed: 5545)
        for _ in 0..<2000 {
            let text = PlainExpander(using: &generator).text
            var rule = try RecurrenceRule(parsing: text)
            if Bool.random(using: &generator) {
                rule = rule.ending(.until(.instant(Timestamp(seconds: 1_700_000_000))))
            }
            #expect(try RecurrenceRule(parsing: rule.description) == rule, "\(text)")
        }
    }

    @Test func `a text that is too long is refused`() {
        let text = "FREQ=DAILY;BYMONTH=" + String(repeating: "1,", count: 10_000) + "1"
        #expect(throws: RecurrenceRule.ParseError.self) { try RecurrenceRule(parsing: text) }
    }
}
