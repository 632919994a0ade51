// Says recurrence rules in plain language, and understands what people say.

import Recurrence
import RecurrenceWords
import SystemZones

// snippet.say
let firstCall = LocalDateTime(CivilDate(daysSince1970: 20_823), secondOfDay: 9 * 3600)
let texts = [
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270303",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;BYHOUR=17;COUNT=5",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=WEEKLY",
]
for text in texts {
    let rule = try RecurrenceRule(parsing: text)
    for language in RecurrenceLanguage.allCases {
        if let words = rule.words(start: firstCall, zone: nil, language: language) {
            print(words)
        }
    }
}
// snippet.end

// snippet.until
let newYork = try SystemZones().zone(named: "America/New_York")
let dailyUntil = try RecurrenceRule(parsing: "FREQ=DAILY;UNTIL=20270304T100000Z")
for (place, zone) in [("UTC", Zone.utc), ("New York", newYork)] {
    if let words = dailyUntil.words(start: firstCall, zone: zone, language: .english) {
        print("in \(place): \(words)")
    }
}
// snippet.end

// snippet.unsaid
let intricate = try RecurrenceRule(parsing: "FREQ=MONTHLY;BYDAY=MO,TU;BYHOUR=9,17;BYSETPOS=3")
let words = intricate.words(start: firstCall, zone: nil, language: .english)
print(words ?? intricate.description)
// snippet.end

// snippet.understand
for phrase in ["every weekday at 9", "2nd and 4th Friday at noon", "every other week, 10 times"] {
    let spoken = try SpokenRecurrence(words: phrase, language: .english, now: firstCall)
    let start = spoken.start(default: firstCall)
    print("\(phrase): \(spoken.rule(from: start)) from \(start)")
}
// snippet.end

// snippet.errors
for phrase in ["twice a month", "every blursday", "the 32nd of each month", "every"] {
    do {
        _ = try SpokenRecurrence(words: phrase, language: .english, now: firstCall)
    } catch {
        print("\(phrase): \(error)")
    }
}
// snippet.end
