import Recurrence
import RecurrenceWords
import SystemZones
import Testing

struct WordsTests {
    /// Tuesday 2 March 2027, 9:00.
    static let start = LocalDateTime(
        CivilDate(daysSince1970: 20_879),
        secondOfDay: 32_400
    )

    @Test(arguments: SaidRules.all)
    func `a rule is said in both languages`(
        rule: String,
        english: String,
        spanish: String
    ) throws {
        #expect(try words(rule, in: .english) == english)
        #expect(try words(rule, in: .spanish) == spanish)
    }

    @Test(arguments: SaidRules.all)
    func `what is said is understood as what was meant`(
        rule: String,
        english: String,
        spanish: String
    ) throws {
        let fromEnglish = try SpokenRecurrence(
            words: english,
            language: .english,
            now: WordsTests.start
        )
        let fromSpanish = try SpokenRecurrence(
            words: spanish,
            language: .spanish,
            now: WordsTests.start
        )
        #expect(fromEnglish == fromSpanish)
        let understood = fromEnglish.rule(from: Self.start)
        #expect(try slots(RecurrenceRule(parsing: rule)) == slots(understood))
        #expect(try words("\(understood)", in: .english) == english)
    }

    @Test(arguments: [
        "FREQ=HOURLY;INTERVAL=5;BYHOUR=9",
        "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYHOUR=9,17;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=1,7;BYDAY=MO,TU;BYSETPOS=2",
        "FREQ=YEARLY;BYYEARDAY=100;BYWEEKNO=20",
        "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=5",
        "FREQ=MONTHLY;BYDAY=2FR;BYMONTHDAY=13",
        "FREQ=DAILY;INTERVAL=3;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=DAILY;BYHOUR=0,3,4,5,6,7,8,9;BYMINUTE=1,2,30,41",
        "FREQ=SECONDLY;BYHOUR=9",
        "RSCALE=GREGORIAN;FREQ=YEARLY;BYYEARDAY=366;SKIP=FORWARD",
    ])
    func `what words would not say exactly is not said`(rule: String) throws {
        #expect(try words(rule, in: .english) == nil)
        #expect(try words(rule, in: .spanish) == nil)
    }

    @Test func `a day without a time is said without one`() throws {
        let rule = try RecurrenceRule(parsing: "FREQ=WEEKLY;BYHOUR=7;UNTIL=20270330T080000")
        let words = rule.words(start: Self.start, isAllDay: true, zone: nil, language: .english)
        #expect(words == "every Tuesday until 30 March 2027")
        let hourly = try RecurrenceRule(parsing: "FREQ=HOURLY")
        #expect(
            hourly.words(start: Self.start, isAllDay: true, zone: nil, language: .english) == nil
        )
    }

    @Test(arguments: [
        ("FREQ=DAILY;UNTIL=20270403T130000Z", "every day at 9:00 until 3 April 2027"),
        ("FREQ=DAILY;UNTIL=20270403T125959Z", "every day at 9:00 until 2 April 2027"),
        ("FREQ=DAILY;UNTIL=20270403T020000Z", "every day at 9:00 until 2 April 2027"),
        ("FREQ=HOURLY;UNTIL=20270403T130000Z", "every hour until 3 April 2027 at 9:00"),
        ("FREQ=DAILY;UNTIL=02270404", "every day at 9:00 until 4 April 0227"),
        ("FREQ=HOURLY;UNTIL=20270404T035959Z", "every hour until 3 April 2027"),
        // New York's clocks skip 2:00 to 3:00 on 14 March: 2:30 takes place at 3:30.
        (
            "FREQ=DAILY;BYHOUR=2;BYMINUTE=30;UNTIL=20270314T070000Z",
            "every day at 2:30 until 13 March 2027"
        ),
        (
            "FREQ=DAILY;BYHOUR=2;BYMINUTE=30;UNTIL=20270314T073000Z",
            "every day at 2:30 until 14 March 2027"
        ),
    ])
    func `an end in UTC is said for the start's zone`(rule: String, english: String) throws {
        let zone = try SystemZones().zone(named: "America/New_York")
        let rule = try RecurrenceRule(parsing: rule)
        #expect(rule.words(start: Self.start, zone: zone, language: .english) == english)
    }

    @Test func `an end that the clocks show only as their second passage is not said`() throws {
        let zone = try SystemZones().zone(named: "America/New_York")
        let rule = try RecurrenceRule(parsing: "FREQ=HOURLY;UNTIL=20271107T063000Z")
        #expect(rule.words(start: Self.start, zone: zone, language: .english) == nil)
    }

    private func words(_ rule: String, in language: RecurrenceLanguage) throws -> String? {
        try RecurrenceRule(parsing: rule).words(start: Self.start, zone: nil, language: language)
    }

    private func slots(_ rule: RecurrenceRule) -> [LocalDateTime] {
        let set = RecurrenceSet(start: Self.start, zone: nil, rule: rule)
        return set.occurrences().prefix(200).map(\.recurrenceID)
    }
}
