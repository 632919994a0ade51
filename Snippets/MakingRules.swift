// Makes a rule of its parts, reads them, and keeps the rule as JSON.

import Foundation
import Recurrence
import SystemZones

// snippet.parts
let reviews = try RecurrenceRule(
    frequency: .monthly,
    interval: 2,
    byDay: [.last(.friday)],
    end: .count(5)
)
print(reviews)  // FREQ=MONTHLY;INTERVAL=2;COUNT=5;BYDAY=-1FR
print(reviews.byDay == [.last(.friday)])  // true
// snippet.end

// snippet.refusal
do {
    _ = try RecurrenceRule(frequency: .weekly, byMonthDay: [1])
} catch {
    print(error.part, error.reason)  // BYMONTHDAY it cannot go with FREQ=WEEKLY
}
// snippet.end

// snippet.foundation
let json = try JSONEncoder().encode([reviews])  // ["FREQ=MONTHLY;INTERVAL=2;COUNT=5;BYDAY=-1FR"]
let kept = try JSONDecoder().decode([RecurrenceRule].self, from: json)

if let start = LocalDateTime(year: 2027, month: 1, day: 29, hour: 16) {
    let newYork = try SystemZones().zone(named: "America/New_York")
    for review in RecurrenceSet(start: start, zone: newYork, rule: kept[0]).occurrences() {
        print(review.recurrenceID, Date(review.timestamp))
    }
}
// snippet.end
