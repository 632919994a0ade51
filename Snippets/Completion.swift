// Repeats a task some time after it was last done.

import Recurrence
import SystemZones

// snippet.next
let newYork = try SystemZones().zone(named: "America/New_York")

/// Prints when a task is due next, at nine, after it was done on a day of 2027 at half past three.
func show(_ text: String, doneOn month: Int, _ day: Int, completionCount: Int = 1) throws {
    let repetition = try RepeatAfterCompletion(
        rule: RecurrenceRule(parsing: text),
        secondOfDay: 9 * 3600,
        zone: newYork
    )
    guard let done = LocalDateTime(year: 2027, month: month, day: day, hour: 15, minute: 30)
    else { return }
    let next = repetition.next(
        after: newYork.timestamp(of: done),
        completionCount: completionCount
    )
    print("\(text): \(next.map { "\($0.recurrenceID)" } ?? "no more")")
}

// On Wednesday, the 3rd of March.
try show("FREQ=DAILY;INTERVAL=3", doneOn: 3, 3)
try show("FREQ=WEEKLY;BYDAY=MO", doneOn: 3, 3)
try show("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", doneOn: 3, 3)
// snippet.end

// snippet.month
try show("FREQ=MONTHLY", doneOn: 1, 31)
try show("FREQ=MONTHLY;BYMONTHDAY=31", doneOn: 1, 31)
// snippet.end

// snippet.count
try show("FREQ=DAILY;COUNT=3", doneOn: 3, 3, completionCount: 2)
try show("FREQ=DAILY;COUNT=3", doneOn: 3, 4, completionCount: 3)
try show("FREQ=DAILY;UNTIL=20270304T140000Z", doneOn: 3, 3)
try show("FREQ=DAILY;UNTIL=20270304T140000Z", doneOn: 3, 4)
// snippet.end

// snippet.unsuitable
do {
    try show("FREQ=HOURLY;INTERVAL=6", doneOn: 3, 3)
} catch let error as RepeatAfterCompletion.UnsuitableRule {
    print("unsuitable: \(error.part)")
}
// snippet.end
