// Follows one rule from its text to its occurrences.

import Recurrence
import SystemZones

// snippet.rule
let text = "FREQ=MINUTELY;INTERVAL=30;BYDAY=SU;BYHOUR=2,3;COUNT=8"
let rule = try RecurrenceRule(parsing: text)
print(rule.frequency, rule.interval, rule.end)
// snippet.end

// snippet.zoned
let newYork = try SystemZones().zone(named: "America/New_York")
// 2027-03-07, a Sunday, at two.
let start = LocalDateTime(CivilDate(daysSince1970: 20_884), secondOfDay: 2 * 3600)
for policy in [RecurrenceOptions.Policy.wall, .dedupe] {
    let set = RecurrenceSet(
        start: start,
        zone: newYork,
        rule: rule,
        options: RecurrenceOptions(policy: policy)
    )
    for occurrence in set.occurrences().dropFirst(4) {
        let utc = Zone.utc.localDateTime(at: occurrence.timestamp)
        print("\(policy): slot \(occurrence.recurrenceID), UTC \(utc)")
    }
}
// snippet.end

// snippet.set
let checks = try RecurrenceSet(
    parsing: """
        DTSTART;TZID=America/New_York:20270307T020000
        RRULE:\(text)
        EXDATE;TZID=America/New_York:20270307T033000
        RDATE;TZID=America/New_York:20270310T120000
        """,
    zones: SystemZones(),
    options: RecurrenceOptions(policy: .dedupe)
)
for occurrence in checks.occurrences() { print(occurrence.recurrenceID) }
// snippet.end
