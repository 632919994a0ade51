// Expands rules across the days on which clocks change.

import Recurrence
import SystemZones

// snippet.gap
let zones = SystemZones()
let newYork = try zones.zone(named: "America/New_York")

let backups = try RecurrenceSet(
    parsing: """
        DTSTART;TZID=America/New_York:20270313T023000
        RRULE:FREQ=DAILY;COUNT=3
        """,
    zones: zones
)
for backup in backups.occurrences() {
    let shown = newYork.localDateTime(at: backup.timestamp)
    print("slot \(backup.recurrenceID), clocks \(shown)")
}
// snippet.end

// snippet.overlap
let reports = try RecurrenceSet(
    parsing: """
        DTSTART;TZID=America/New_York:20271106T013000
        RRULE:FREQ=DAILY;COUNT=3
        """,
    zones: zones
)
for report in reports.occurrences() {
    let offset = newYork.offset(at: report.timestamp) / 3600
    print("slot \(report.recurrenceID), offset \(offset)")
}
// snippet.end

// snippet.order
let pairs = try RecurrenceSet(
    parsing: """
        DTSTART;TZID=America/New_York:20270314T023000
        RRULE:FREQ=DAILY;BYHOUR=2,3;BYMINUTE=15,30
        """,
    zones: zones
)
for slot in pairs.occurrences().prefix(3) {
    print("slot \(slot.recurrenceID), clocks \(newYork.localDateTime(at: slot.timestamp))")
}
if let first = pairs.next(after: Timestamp(seconds: 0)) {
    print("first to take place: \(first.recurrenceID)")
}
// snippet.end

// snippet.policies
let everyHour = """
    DTSTART;TZID=America/New_York:20270314T010000
    RRULE:FREQ=HOURLY;COUNT=4
    """
for policy in [RecurrenceOptions.Policy.wall, .dedupe, .elapsed] {
    let options = RecurrenceOptions(policy: policy)
    let readings = try RecurrenceSet(parsing: everyHour, zones: zones, options: options)
    for reading in readings.occurrences() {
        let utc = Zone.utc.localDateTime(at: reading.timestamp)
        print("\(policy): slot \(reading.recurrenceID), UTC \(utc)")
    }
}
// snippet.end

// snippet.autumn
let everyHourInAutumn = """
    DTSTART;TZID=America/New_York:20271107T000000
    RRULE:FREQ=HOURLY;COUNT=4
    """
for policy in [RecurrenceOptions.Policy.wall, .elapsed] {
    let options = RecurrenceOptions(policy: policy)
    let readings = try RecurrenceSet(parsing: everyHourInAutumn, zones: zones, options: options)
    for reading in readings.occurrences() {
        let utc = Zone.utc.localDateTime(at: reading.timestamp)
        print("\(policy): slot \(reading.recurrenceID), UTC \(utc)")
    }
}
// snippet.end

// snippet.day
let openings = """
    DTSTART;TZID=Pacific/Apia:20111229T090000
    RRULE:FREQ=DAILY;COUNT=3
    """
for policy in [RecurrenceOptions.Policy.wall, .dedupe] {
    let options = RecurrenceOptions(policy: policy)
    let days = try RecurrenceSet(parsing: openings, zones: zones, options: options)
    for day in days.occurrences() {
        let utc = Zone.utc.localDateTime(at: day.timestamp)
        print("\(policy): slot \(day.recurrenceID), UTC \(utc)")
    }
}
// snippet.end

// snippet.until
for until in ["20270315T090000", "20270315T130000Z", "20270315", "20270315T090000Z"] {
    let calls = try RecurrenceSet(
        parsing: """
            DTSTART;TZID=America/New_York:20270312T090000
            RRULE:FREQ=DAILY;UNTIL=\(until)
            """,
        zones: zones
    )
    print("\(until): \(calls.count(upTo: 10))")
}
// snippet.end
