// Splits a series at one of its slots.

import Recurrence
import SystemZones

// snippet.count
let zones = SystemZones()
let newYork = try zones.zone(named: "America/New_York")

/// Splits a rule that counts at one of its slots, but not at the first.
func split(
    _ rule: RecurrenceRule,
    from start: LocalDateTime,
    at slot: LocalDateTime
) -> (before: RecurrenceSet, after: RecurrenceSet)? {
    let whole = RecurrenceSet(start: start, zone: newYork, rule: rule)
    guard case .count(let count) = rule.end,
        let ordinal = whole.ordinal(of: slot), ordinal > 0
    else { return nil }
    return (
        RecurrenceSet(start: start, zone: newYork, rule: rule.ending(.count(ordinal))),
        RecurrenceSet(start: slot, zone: newYork, rule: rule.ending(.count(count - ordinal)))
    )
}

let twiceAWeek = try RecurrenceRule(parsing: "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10")
if let start = LocalDateTime(year: 2027, month: 3, day: 1, hour: 9),
    let slot = LocalDateTime(year: 2027, month: 3, day: 15, hour: 9),
    let (before, after) = split(twiceAWeek, from: start, at: slot)
{
    print(before)
    print(after)
}
// snippet.end

// snippet.until
let nightly = try RecurrenceRule(parsing: "FREQ=DAILY;BYHOUR=2,3")
if let start = LocalDateTime(year: 2027, month: 3, day: 13, hour: 2, minute: 30),
    let slot = LocalDateTime(year: 2027, month: 3, day: 14, hour: 3, minute: 30)
{
    let lastSecond = slot.advanced(bySeconds: -1)
    let ends: [RecurrenceRule.Until] = [
        .local(lastSecond), .instant(newYork.timestamp(of: lastSecond)),
    ]
    for end in ends {
        let rule = nightly.ending(.until(end))
        let before = RecurrenceSet(start: start, zone: newYork, rule: rule)
        print(rule)
        for occurrence in before.occurrences() {
            print("  \(occurrence.recurrenceID)")
        }
    }
}
// snippet.end

// snippet.exceptions
let series = try RecurrenceSet(
    parsing: """
        DTSTART;TZID=America/New_York:20270301T090000
        RRULE:FREQ=DAILY;COUNT=10
        EXDATE;TZID=America/New_York:20270302T090000
        """,
    zones: zones
)
let rulesAlone = RecurrenceSet(start: series.start, zone: series.zone, rules: series.rules)
if let slot = LocalDateTime(year: 2027, month: 3, day: 5, hour: 9),
    let shown = series.ordinal(of: slot), let counted = rulesAlone.ordinal(of: slot)
{
    print("in the series \(shown), for COUNT \(counted)")
}
// snippet.end

// snippet.skip
if let february = LocalDateTime(year: 2027, month: 2, day: 28, hour: 9) {
    for part in ["", ";BYMONTHDAY=31"] {
        let rule = try RecurrenceRule(
            parsing: "RSCALE=GREGORIAN;FREQ=MONTHLY\(part);SKIP=BACKWARD"
        )
        let after = RecurrenceSet(start: february, zone: newYork, rule: rule)
        let dates = after.occurrences().prefix(3).map(\.recurrenceID.date)
        print("\(rule): \(dates)")
    }
}
// snippet.end
