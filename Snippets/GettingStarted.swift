// Reads a recurrence rule and a recurrence set, and asks for occurrences.

import Recurrence
import SystemZones

// snippet.rule
let zones = SystemZones()
let newYork = try zones.zone(named: "America/New_York")
let lastFridays = try RecurrenceRule(parsing: "FREQ=MONTHLY;BYDAY=-1FR;COUNT=12")

if let start = LocalDateTime(year: 2027, month: 1, day: 29, hour: 16) {
    let reviews = RecurrenceSet(start: start, zone: newYork, rule: lastFridays)
    for review in reviews.occurrences().prefix(3) {
        print(review.recurrenceID, review.timestamp.seconds)
    }
}
// snippet.end

// snippet.set
let calls = try RecurrenceSet(
    parsing: """
        DTSTART;TZID=America/New_York:20270104T090000
        RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4
        RDATE;TZID=America/New_York:20270113T140000
        EXDATE;TZID=America/New_York:20270118T090000
        """,
    zones: zones
)
for call in calls.occurrences() {
    print(call.recurrenceID)
}
// snippet.end
