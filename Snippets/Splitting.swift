// Splits a series at one of its slots.

import Recurrence
import SystemZones

// snippet.count
let zones = SystemZones()

/// Splits a set at a slot, and prints the two parts.
func split(_ text: String, at slot: LocalDateTime?) throws {
    let set = try RecurrenceSet(parsing: text, zones: zones)
    guard let slot else { return }
    let (before, from) = try set.split(at: slot)
    for part in [before, from].compactMap(\.self) {
        print(part)
    }
}

try split(
    """
    DTSTART;TZID=America/New_York:20270301T090000
    RRULE:FREQ=WEEKLY;COUNT=10;BYDAY=MO,WE
    EXDATE;TZID=America/New_York:20270303T090000,20270317T090000
    """,
    at: LocalDateTime(year: 2027, month: 3, day: 15, hour: 9)
)
// snippet.end

// snippet.until
try split(
    """
    DTSTART;TZID=America/New_York:20270301T090000
    RRULE:FREQ=DAILY
    """,
    at: LocalDateTime(year: 2027, month: 3, day: 5, hour: 9)
)
try split(
    """
    DTSTART;TZID=America/New_York:20270313T023000
    RRULE:FREQ=DAILY;BYHOUR=2,3
    """,
    at: LocalDateTime(year: 2027, month: 3, day: 14, hour: 3, minute: 30)
)
// snippet.end

// snippet.start
try split(
    """
    DTSTART:20270131T090000
    RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD
    """,
    at: LocalDateTime(year: 2027, month: 2, day: 28, hour: 9)
)
try split(
    """
    DTSTART:20270301T090000
    RRULE:FREQ=WEEKLY;INTERVAL=2
    RDATE:20270310T090000
    """,
    at: LocalDateTime(year: 2027, month: 3, day: 10, hour: 9)
)
// snippet.end

// snippet.exception
try split(
    """
    DTSTART:20270301T090000
    RRULE:FREQ=DAILY;INTERVAL=2
    RRULE:FREQ=DAILY;INTERVAL=3
    """,
    at: LocalDateTime(year: 2027, month: 3, day: 4, hour: 9)
)
// snippet.end

// snippet.missing
let threeTimes = try RecurrenceSet(
    parsing: "DTSTART:20270301T090000\nRRULE:FREQ=DAILY;COUNT=3",
    zones: zones
)
let (before, from) = try threeTimes.split(at: threeTimes.start)
print(before == nil, from == nil)
// snippet.end
