import Recurrence
import SystemZones
import Testing

/// Sets that drop echoes, walked and counted.
struct EchoTests {
    private static let zones = SystemZones()

    @Test(
        arguments: [
            "FREQ=WEEKLY;BYDAY=SU;BYHOUR=2,3;BYMINUTE=0,20,40",
            "FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=0,1,2,3,23;BYMINUTE=0,30;BYSETPOS=-1,-2,1,3,5,7",
            "FREQ=MONTHLY;BYDAY=SU;BYHOUR=2,3;BYMINUTE=0,30;BYSETPOS=1,3,5,7,8,-2,-4",
            "FREQ=MINUTELY;INTERVAL=7;BYHOUR=0,1,2,3,23", "FREQ=SECONDLY;INTERVAL=3601",
            "FREQ=HOURLY;BYMINUTE=0,15,30;BYSETPOS=1,-1;BYDAY=SU",
            "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30;BYSETPOS=1,2,3",
            "FREQ=YEARLY;BYYEARDAY=70,71,72,73,363,364,365;BYHOUR=0,1,2,3",
        ],
        [
            "America/New_York", "Australia/Lord_Howe", "America/Nuuk", "Pacific/Apia",
            "America/Sao_Paulo", "Antarctica/Troll",
        ]
    )
    func `a set without echoes is counted as it is walked`(text: String, name: String) throws {
        let set = RecurrenceSet(
            start: try #require(LocalDateTime("20050103T003000")),
            zone: try EchoTests.zones.zone(named: name),
            rule: try RecurrenceRule(parsing: text),
            options: RecurrenceOptions(policy: .dedupe)
        )
        let last = try #require(LocalDateTime("20300101T000000"))
        let all = Array(set.occurrences().prefix { $0.recurrenceID < last })
        #expect(Set(all.map(\.timestamp)).count == all.count)
        for ordinal in stride(from: 0, to: all.count, by: max(all.count / 97, 1)) {
            #expect(set.occurrence(at: ordinal) == all[ordinal])
            #expect(set.ordinal(of: all[ordinal].recurrenceID) == ordinal)
        }
    }

    @Test(arguments: ["DAILY;BYHOUR=2,3", "WEEKLY;BYDAY=SU;BYHOUR=2,3", "HOURLY;INTERVAL=24"])
    func `a slot picked after the start is dropped where it shares its instant`(
        text: String
    ) throws {
        let set = try RecurrenceSet(
            parsing: """
                DTSTART;TZID=America/New_York:20240310T020000
                RRULE:FREQ=\(text);BYMINUTE=30,45;BYSETPOS=1,2,3
                """,
            zones: EchoTests.zones,
            options: RecurrenceOptions(policy: .dedupe, setPositions: .cut)
        )
        for (ordinal, occurrence) in set.occurrences().prefix(6).enumerated() {
            #expect(set.occurrence(at: ordinal) == occurrence)
            #expect(set.ordinal(of: occurrence.recurrenceID) == ordinal)
        }
    }

    @Test(
        arguments: [
            "RDATE;TZID=Australia/Lord_Howe:20241006T021500",
            "RDATE;TZID=Australia/Lord_Howe:20241006T021500,20241006T024600,20241006T021600",
            """
            RDATE;TZID=Australia/Lord_Howe:20241006T021500
            EXDATE;TZID=Australia/Lord_Howe:20241006T024500,20241006T010000
            """,
            """
            RDATE;TZID=Australia/Lord_Howe:20241006T021500
            RRULE:FREQ=DAILY;BYHOUR=2;BYMINUTE=1,31,45
            """,
            """
            RDATE;TZID=Australia/Lord_Howe:20241006T021500
            EXRULE:FREQ=DAILY;BYHOUR=2;BYMINUTE=45
            """,
        ]
    )
    func `a slot that shares its instant with a date is dropped everywhere`(
        lines: String
    ) throws {
        let set = try RecurrenceSet(
            parsing: """
                DTSTART;TZID=Australia/Lord_Howe:20241006T010000
                RRULE:FREQ=MINUTELY;INTERVAL=7;BYHOUR=1,2,3;COUNT=60
                \(lines)
                """,
            zones: EchoTests.zones,
            options: RecurrenceOptions(policy: .dedupe)
        )
        let all = Array(set.occurrences().prefix(80))
        #expect(Set(all.map(\.timestamp)).count == all.count)
        #expect(set.count(upTo: 80) == all.count)
        for (ordinal, occurrence) in all.enumerated() {
            #expect(set.occurrence(at: ordinal) == occurrence)
            #expect(set.ordinal(of: occurrence.recurrenceID) == ordinal)
        }
        #expect(set.contains(try #require(LocalDateTime("20241006T021500"))))
        #expect(!set.contains(try #require(LocalDateTime("20241006T024500"))))
    }
}
