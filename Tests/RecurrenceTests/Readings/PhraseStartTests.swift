import Recurrence
import RecurrenceCases
import RecurrenceWords
import SystemZones
import Testing

/// Phrases that are said now.
struct PhraseStartTests {
    /// Sunday, 2026-11-29 at 14:44:12 in UTC, and 9:44:12 in New York.
    private static let now = Timestamp(seconds: 1_795_963_452)

    private func reading(
        _ words: String,
        start: PhraseStart = .now(PhraseStartTests.now),
        zone: Zone? = .utc
    ) throws -> RecurrenceReading {
        try RecurrenceReading(words: words, locale: .english, start: start, zone: zone)
    }

    @Test(
        arguments: [
            // Nothing is said of a time: days.
            ("every day", "20261129 20261130", "FREQ=DAILY"),
            ("every other Friday", "20261204 20261218", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
            (
                "every 2 months on the 1st", "20261201 20270201",
                "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1"
            ),
            ("every day for 2 days", "20261129 20261130", "FREQ=DAILY;UNTIL=20261130"),
            ("every day from 1 December 2026", "20261201 20261202", "FREQ=DAILY"),
            // The time of today has passed.
            ("every day at 9, 2 times", "20261130T090000 20261201T090000", "FREQ=DAILY;COUNT=2"),
            ("once a day at 9, once", "20261130T090000", "FREQ=DAILY;COUNT=1"),
            // It is still to come.
            ("every day at 17", "20261129T170000 20261130T170000", "FREQ=DAILY"),
            (
                "every day at 9 and 17", "20261129T170000 20261130T090000",
                "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0"
            ),
            // It was said that the first day is today.
            ("every day at 9 starting today", "20261129T090000 20261130T090000", "FREQ=DAILY"),
            // Steps begin with a whole minute.
            ("every 20 minutes", "20261129T144500 20261129T150500", "FREQ=MINUTELY;INTERVAL=20"),
            ("every day until 2020-01-01", "", "FREQ=DAILY;UNTIL=20200101"),
        ]
    )
    func `a phrase begins with the first occurrence that is still to come`(
        words: String,
        slots: String,
        rule: String
    ) throws {
        let reading = try reading(words)
        let found = reading.set.occurrences().prefix(2).map { occurrence in
            reading.set.isAllDay
                ? "\(occurrence.recurrenceID.date)" : "\(occurrence.recurrenceID)"
        }
        #expect(found.joined(separator: " ") == slots)
        #expect(reading.rule == rule)
        #expect(reading.remarks.isEmpty)
    }

    @Test func `what has passed is told by the clocks of the zone`() throws {
        let zone = try SystemZones().zone(named: "America/New_York")
        let set = try reading("every day at 10", zone: zone).set
        #expect(set.start == LocalDateTime(year: 2026, month: 11, day: 29, hour: 10))
    }

    @Test func `a start that is given is completed by the phrase`() throws {
        let start = try #require(LocalDateTime(year: 2027, month: 1, day: 5, hour: 10))
        #expect(try reading("every day", start: .time(start)).set.start == start)
        let earlier = LocalDateTime(year: 2027, month: 1, day: 5, hour: 9)
        #expect(try reading("every day at 9", start: .time(start)).set.start == earlier)
        let days = try reading("every day", start: .day(start.date)).set
        #expect(days.isAllDay)
        let times = try reading("every day at 9", start: .day(start.date)).set
        #expect(!times.isAllDay)
        #expect(times.start == earlier)
        #expect(try reading("hourly", start: .day(start.date), zone: nil).set.zone == nil)
    }

    @Test(
        arguments: [
            ("en", "english", true), ("EN-gb", "english", false), ("es", "spanish", false),
            ("fr_FR", "french", false), ("de-AT", "german", false),
            ("pt_BR.UTF-8", "portuguese", false),
        ]
    )
    func `a locale has a language and an order of dates`(
        name: String,
        language: String,
        refusesNumbers: Bool
    ) throws {
        let locale = try #require(SpokenLocale(name))
        #expect("\(locale.language)" == language)
        #expect((locale.dateOrder == nil) == refusesNumbers)
    }

    @Test(arguments: ["", "it", "english", "-en", "zh-Hans-CN", "e"])
    func `a locale of another language is none`(name: String) {
        #expect(SpokenLocale(name) == nil)
    }
}
