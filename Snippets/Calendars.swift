// Read a series from a calendar that another program wrote.

import Recurrence
import SystemZones

let zones = SystemZones()

// snippet.read
let reading = try CalendarRecurrence(
    parsing: """
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20260814
        RRULE:FREQ=WEEKLY;BYDAY=TU,FR;UNTIL=20260817T220000Z;
        END:VEVENT
        END:VCALENDAR
        """,
    zones: zones,
    readerZone: zones.zone(named: "Europe/Berlin")
)
for occurrence in reading.set.occurrences() {
    print(occurrence.recurrenceID.date)
}
for remark in reading.remarks {
    print("\(remark.part): \(remark.reason)")
}
// snippet.end
