import Foundation
import Recurrence
import TestSupport
import Testing

struct RulePartsTests {
    private typealias Day = RecurrenceRule.Day

    @Test func `a rule is made of its parts`() throws {
        let rule = try RecurrenceRule(
            frequency: .monthly,
            interval: 2,
            byDay: [.last(.friday), .every(.monday), .nth(2, .tuesday)],
            bySetPosition: [1, -1],
            weekStart: .sunday,
            skip: .forward,
            end: .count(5)
        )
        let text =
            "RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=2;COUNT=5;BYDAY=MO,-1FR,2TU;BYSETPOS=-1,1;"
            + "WKST=SU;SKIP=FORWARD"
        #expect(rule == (try RecurrenceRule(parsing: text)))
        #expect(rule.description == text)
    }

    @Test func `a rule's parts are read in the order of its text`() throws {
        let rule = try RecurrenceRule(
            parsing: "FREQ=YEARLY;BYMONTH=3,1,1;BYWEEKNO=-1,20,1,-2;BYYEARDAY=5,-5;"
                + "BYMONTHDAY=-1,2,1,-2;BYDAY=SU,MO;BYHOUR=9,8;BYMINUTE=30,0;BYSECOND=60,1;"
                + "BYSETPOS=2,-1"
        )
        #expect(rule.byMonth == [1, 3])
        #expect(rule.byWeekNumber == [1, 20, -1, -2])
        #expect(rule.byYearDay == [-5, 5])
        #expect(rule.byMonthDay == [1, 2, -1, -2])
        #expect(rule.byDay == [.every(.monday), .every(.sunday)])
        #expect(rule.byHour == [8, 9])
        #expect(rule.byMinute == [0, 30])
        #expect(rule.bySecond == [1, 59])
        #expect(rule.bySetPosition == [-1, 2])
        let days = try RecurrenceRule(parsing: "FREQ=YEARLY;BYDAY=2MO,SU,-1FR,TU,2FR").byDay
        #expect(
            days == [
                .every(.tuesday), .every(.sunday), .last(.friday), .nth(2, .monday),
                .nth(2, .friday),
            ]
        )
    }

    @Test func `a rule without parts has none`() throws {
        let rule = RecurrenceRule(frequency: .daily)
        #expect(rule == (try RecurrenceRule(parsing: "FREQ=DAILY")))
        #expect(RuleParts(of: rule) == RuleParts(frequency: .daily))
    }

    @Test(arguments: [5545 as UInt64, 7529])
    func `the parts of a rule make the same rule`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<2000 {
            let rule = try RecurrenceRule(
                parsing: RuleParts(ofAllowed: PlainExpander(using: &generator), &generator).text
            )
            let parts = RuleParts(of: rule)
            #expect(try parts.rule() == rule, "\(rule)")
            #expect(try RuleParts(of: parts.shuffled(using: &generator).rule()) == parts, "\(rule)")
        }
    }

    @Test(arguments: [3310 as UInt64, 3311])
    func `parts are refused as their text is`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var refusedCount = 0
        for _ in 0..<4000 {
            let parts = RuleParts(anyUsing: &generator)
            let made = Result { try parts.rule() }
            let read = Result { try RecurrenceRule(parsing: parts.text) }
            switch (made, read) {
            case (.success(let made), .success(let read)): #expect(made == read)
            case (.failure(let made), .failure(let read)):
                refusedCount += 1
                #expect(made as? RecurrenceRule.ParseError == read as? RecurrenceRule.ParseError)
            default: Issue.record("\(parts.text): made \(made), read \(read)")
            }
        }
        #expect((1000...3500).contains(refusedCount))
    }

    @Test(arguments: RefusedParts.all)
    func `parts that are no rule are refused with a reason`(_ refused: RefusedParts) throws {
        let error = #expect(throws: RecurrenceRule.ParseError.self) { try refused.parts.rule() }
        #expect(error == .init(part: refused.part, reason: refused.reason))
    }

    @Test func `an end within a second is that second`() throws {
        let end = RecurrenceRule.End.until(.instant(Timestamp(microseconds: 1_999_999)))
        let whole = RecurrenceRule.End.until(.instant(Timestamp(seconds: 1)))
        #expect(try RecurrenceRule(frequency: .daily, end: end).end == whole)
        #expect(RecurrenceRule(frequency: .daily).ending(end).end == whole)
    }
}

struct RuleCodingTests {
    @Test func `a rule is coded as its text`() throws {
        let rule = try RecurrenceRule(frequency: .weekly, byDay: [.every(.monday)])
        let json = try JSONEncoder().encode([rule])
        #expect(String(decoding: json, as: UTF8.self) == #"["FREQ=WEEKLY;BYDAY=MO"]"#)
    }

    @Test func `a rule that was coded is the same`() throws {
        var generator = SplitMix64(seed: 8259)
        let rules = try (0..<500).map { _ in
            try RecurrenceRule(
                parsing: RuleParts(ofAllowed: PlainExpander(using: &generator), &generator).text
            )
        }
        let json = try JSONEncoder().encode(rules)
        #expect(try JSONDecoder().decode([RecurrenceRule].self, from: json) == rules)
    }

    @Test func `a decoding error says what is wrong, and where`() throws {
        let json = Data(#"{"rules": ["FREQ=DAILY", "FREQ=YEARLY;BYMONTH=13"]}"#.utf8)
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([String: [RecurrenceRule]].self, from: json)
        }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(context.codingPath.map(\.stringValue) == ["rules", "Index 1"])
        #expect(context.debugDescription.contains("BYMONTH: 13 is not between 1 and 12"))
        #expect((context.underlyingError as? RecurrenceRule.ParseError)?.part == "BYMONTH")
    }

    @Test func `what is no text is no rule`() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([RecurrenceRule].self, from: Data("[1]".utf8))
        }
    }
}
