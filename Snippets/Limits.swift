// Refuses texts that are not rules, and answers questions about rules that could cost much.

import Recurrence

// snippet.errors
let texts = [
    "FREQ=MONTHLY;BYMONTH=13", "FREQ=WEEKLY;BYMONTHDAY=1", "FREQ=DAILY;COUNT=0",
    "FREQ=DAILY;INTERVAL=3000000000", "FREQ=DAILY;COUNT=3;UNTIL=20270101",
    "RSCALE=HEBREW;FREQ=YEARLY", "INTERVAL=2",
]
for text in texts {
    do {
        print(try RecurrenceRule(parsing: text))
    } catch {
        print("\(error.part): \(error.reason)")
    }
}
// snippet.end

// snippet.canonical
let typed = try RecurrenceRule(parsing: "rrule:freq=weekly;byday=we,mo,we;interval=1")
let stored = try RecurrenceRule(parsing: "FREQ=WEEKLY;BYDAY=MO,WE;WKST=MO")
print(typed)
print(typed == stored)
// snippet.end

// snippet.hostile
/// Prepares a rule's set from the beginning of 2027 on, in UTC.
func set(_ text: String) throws -> RecurrenceSet {
    RecurrenceSet(
        start: LocalDateTime(CivilDate(daysSince1970: 20_819)),
        zone: .utc,
        rule: try RecurrenceRule(parsing: text)
    )
}

print(try set("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30").isEmpty)
print(try set("FREQ=HOURLY;INTERVAL=2;BYHOUR=1").isEmpty)
print(try set("FREQ=SECONDLY").count(upTo: .max))

let leapSundays = try set("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU")
for leapSunday in leapSundays.occurrences().prefix(3) {
    print(leapSunday.recurrenceID.date)
}
// snippet.end
