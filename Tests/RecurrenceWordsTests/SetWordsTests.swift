import Recurrence
import RecurrenceWords
import SystemZones
import Testing

struct SetWordsTests {
    private static let zones = SystemZones()

    @Test(arguments: [
        ("DTSTART:20270104T090000\nRRULE:FREQ=WEEKLY", "every Monday at 9:00"),
        ("DTSTART;VALUE=DATE:20270104\nRRULE:FREQ=WEEKLY;COUNT=3", "every Monday, 3 times"),
    ])
    func `a set of one rule is said as its rule`(text: String, words: String) throws {
        let set = try RecurrenceSet(parsing: text, zones: SetWordsTests.zones)
        #expect(set.words(language: .english) == words)
    }

    @Test(arguments: [
        "RDATE:20270105T090000", "EXDATE:20270111T090000", "EXRULE:FREQ=MONTHLY",
        "RRULE:FREQ=MONTHLY",
    ])
    func `words are not given where they would leave out a part of the set`(line: String) throws {
        let set = try RecurrenceSet(
            parsing: "DTSTART:20270104T090000\nRRULE:FREQ=WEEKLY\n" + line,
            zones: SetWordsTests.zones
        )
        #expect(set.words(language: .english) == nil)
    }

    @Test func `words are not given where they would leave out the start`() throws {
        let set = try RecurrenceSet(
            parsing: "DTSTART:20270104T090000\nRRULE:FREQ=WEEKLY;BYDAY=TU",
            zones: SetWordsTests.zones,
            options: RecurrenceOptions(start: .include)
        )
        #expect(set.words(language: .english) == nil)
    }
}
