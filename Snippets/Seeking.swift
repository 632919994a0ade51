// Finds occurrences near a slot or a point in time, and counts them.

import Recurrence
import SystemZones

// snippet.time
let zones = SystemZones()
let calls = try RecurrenceSet(
    parsing: """
        DTSTART;TZID=America/New_York:19970902T090000
        RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH
        """,
    zones: zones
)

// 2027-01-15 at 03:00 in New York.
let now = Timestamp(seconds: 1_800_000_000)
if let next = calls.next(after: now), let previous = calls.previous(before: now) {
    print("next \(next.recurrenceID)")
    print("previous \(previous.recurrenceID)")
}
// snippet.end

// snippet.slots
if let february = LocalDateTime(year: 2027, month: 2, day: 1) {
    var last = february
    for call in calls.occurrences(from: february).prefix(2) {
        print("first page: \(call.recurrenceID)")
        last = call.recurrenceID
    }
    for call in calls.occurrences(after: last).prefix(2) {
        print("second page: \(call.recurrenceID)")
    }
}
// snippet.end

// snippet.hours
let everyHour = try RecurrenceSet(
    parsing: """
        DTSTART;TZID=America/New_York:20270314T010000
        RRULE:FREQ=HOURLY;COUNT=4
        """,
    zones: zones
)
var time = Timestamp(seconds: 0)
while let reading = everyHour.next(after: time) {
    print("by time: \(reading.recurrenceID)")
    time = reading.timestamp
}
for reading in everyHour.occurrences() {
    print("by slot: \(reading.recurrenceID)")
}
// snippet.end

// snippet.range
let fourWeeks = now..<now.advanced(by: .seconds(28 * 86_400))
for call in calls.occurrences(in: fourWeeks) {
    print(call.recurrenceID)
}
print("in four weeks: \(calls.count(in: fourWeeks))")
print("at most: \(calls.count(upTo: 5000))")
// snippet.end

// snippet.ordinals
if let thousandth = calls.occurrence(at: 999),
    let ordinal = calls.ordinal(of: thousandth.recurrenceID)
{
    print("\(thousandth.recurrenceID) has ordinal \(ordinal)")
    let aMinuteLater = thousandth.recurrenceID.advanced(bySeconds: 60)
    print("a minute later: \(calls.contains(aMinuteLater))")
}
// snippet.end

// snippet.count
let visits = try RecurrenceSet(
    parsing: """
        DTSTART:20270104T090000
        RRULE:FREQ=DAILY;COUNT=5
        EXDATE:20270105T090000,20270106T090000
        RDATE:20270120T090000
        """,
    zones: zones
)
for (ordinal, visit) in visits.occurrences().enumerated() {
    print("\(ordinal): \(visit.recurrenceID)")
}
// snippet.end
