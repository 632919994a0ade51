// Reads one text in several ways.

import Recurrence
import SystemZones

// snippet.positions
let zones = SystemZones()

/// Prints the days of a set's first three occurrences.
func show(_ text: String, _ options: RecurrenceOptions) throws {
    let set = try RecurrenceSet(parsing: text, zones: zones, options: options)
    print(set.occurrences().prefix(3).map(\.recurrenceID.date))
}

let firstAndLastWorkday = """
    DTSTART:20270120T090000
    RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1
    """
try show(firstAndLastWorkday, RecurrenceOptions(setPositions: .whole))
try show(firstAndLastWorkday, RecurrenceOptions(setPositions: .cut))
// snippet.end

// snippet.readings
let fifteenth = """
    DTSTART:20270415T090000
    RRULE:FREQ=YEARLY;BYMONTHDAY=15
    """
try show(fifteenth, RecurrenceOptions(reading: .table))
try show(fifteenth, RecurrenceOptions(reading: .fill))
// snippet.end

// snippet.start
let mondaysFromASaturday = """
    DTSTART:20270102T090000
    RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3
    """
try show(mondaysFromASaturday, RecurrenceOptions(start: .omit))
try show(mondaysFromASaturday, RecurrenceOptions(start: .include))
// snippet.end
