import Recurrence
import SystemZones
import Testing

/// Queries by instants around changes of the clocks, compared with a filter over all occurrences.
struct ZonedQueryTests {
    private static let zones = SystemZones()

    private static let rules = [
        "FREQ=HOURLY", "FREQ=HOURLY;INTERVAL=5", "FREQ=MINUTELY;INTERVAL=25",
        "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=15,45", "FREQ=DAILY",
        "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=30,10", "FREQ=MINUTELY;INTERVAL=7;BYHOUR=1,2,3",
        "FREQ=HOURLY;BYMINUTE=0,20,40;BYSETPOS=1,-1", "FREQ=SECONDLY;INTERVAL=1900",
    ]

    @Test(
        arguments: [
            ("America/New_York", "20240309T010000"), ("America/New_York", "20241102T010000"),
            ("Australia/Lord_Howe", "20241005T010000"), ("Australia/Lord_Howe", "20250405T010000"),
            ("Pacific/Apia", "20111229T090000"), ("America/Sao_Paulo", "20181103T230000"),
            ("Antarctica/Troll", "20240330T010000"), ("Africa/Casablanca", "20240413T010000"),
        ],
        [RecurrenceOptions.Policy.wall, .dedupe, .elapsed]
    )
    func `queries by instants agree with a filter over the occurrences`(
        place: (name: String, start: String),
        policy: RecurrenceOptions.Policy
    ) throws {
        let zone = try ZonedQueryTests.zones.zone(named: place.name)
        try checkQueries(zone, #require(LocalDateTime(place.start)), policy)
    }

    @Test func `a slot that elapsed time meets when the clocks show it again is contained`() throws
    {
        let set = try RecurrenceSet(
            parsing: """
                DTSTART;TZID=America/New_York:20241102T213000
                RRULE:FREQ=HOURLY;INTERVAL=5;COUNT=3
                """,
            zones: ZonedQueryTests.zones,
            options: RecurrenceOptions(policy: .elapsed)
        )
        let all = Array(set.occurrences())
        #expect(
            all.map(\.recurrenceID.description)
                == ["20241102T213000", "20241103T013000", "20241103T063000"]
        )
        for (ordinal, occurrence) in all.enumerated() {
            let slot = occurrence.recurrenceID
            #expect(set.ordinal(of: slot) == ordinal)
            #expect(Array(set.occurrences(from: slot)) == Array(all[ordinal...]))
            #expect(Array(set.occurrences(after: slot)) == Array(all[(ordinal + 1)...]))
        }
    }

    /// Two changes, each by an hour or half of one, forward or back.
    @Test(
        arguments: [3600, -3600, 1800, -1800] as [Int32],
        [3600, -3600, 1800, -1800] as [Int32]
    )
    func `queries by instants are right where the clocks change again as soon as they may`(
        first: Int32,
        second: Int32
    ) throws {
        let distance = abs(first) + abs(second)
        let zone = try Zone(initialOffset: 0, changes: [0: first, distance: first + second])
        for policy in [RecurrenceOptions.Policy.wall, .dedupe, .elapsed] {
            try checkQueries(zone, LocalDateTime(secondsSince1970: -7200), policy)
        }
    }

    private func checkQueries(
        _ zone: Zone,
        _ start: LocalDateTime,
        _ policy: RecurrenceOptions.Policy
    ) throws {
        for text in ZonedQueryTests.rules {
            let set = RecurrenceSet(
                start: start,
                zone: zone,
                rule: try RecurrenceRule(parsing: text),
                options: RecurrenceOptions(policy: policy)
            )
            let end = zone.timestamp(of: start.advanced(bySeconds: 5 * 86_400))
            let all = Array(set.occurrences(in: zone.timestamp(of: start)..<end))
            try #require(!all.isEmpty)
            if policy == .dedupe {
                #expect(Set(all.map(\.timestamp)).count == all.count, "\(text): instants repeat")
            }
            checkQueries(set, all, text, zone.timestamp(of: start), policy)
        }
    }

    private func checkQueries(
        _ set: RecurrenceSet,
        _ all: [Occurrence],
        _ text: String,
        _ start: Timestamp,
        _ policy: RecurrenceOptions.Policy
    ) {
        for minutes in stride(from: -60, to: 3 * 1440, by: 83) {
            let probe = start.advanced(by: .seconds(minutes * 60 + 1))
            let next = all.filter { $0.timestamp > probe }.map(\.timestamp).min()
            #expect(set.next(after: probe)?.timestamp == next, "\(text) after \(probe)")
            let previous = all.filter { $0.timestamp < probe }.map(\.timestamp).max()
            #expect(set.previous(before: probe)?.timestamp == previous, "\(text) before \(probe)")
            let range = probe..<probe.advanced(by: .seconds(5 * 3600))
            let inside = all.filter { range.contains($0.timestamp) }
            #expect(Array(set.occurrences(in: range)) == inside, "\(text) in \(range)")
            #expect(set.count(in: range) == inside.count, "\(text): count in \(range)")
        }
        for (ordinal, occurrence) in all.enumerated() {
            #expect(set.occurrence(at: ordinal) == occurrence, "\(text) at \(ordinal)")
            // Steps of elapsed time may give one slot to two occurrences.
            let slot = occurrence.recurrenceID
            let first = all.firstIndex { $0.recurrenceID == slot } ?? ordinal
            #expect(first == ordinal || policy == .elapsed, "\(text): \(slot) repeats")
            #expect(set.contains(slot), "\(text) at \(slot)")
            #expect(set.ordinal(of: slot) == first, "\(text) at \(slot)")
        }
    }
}
