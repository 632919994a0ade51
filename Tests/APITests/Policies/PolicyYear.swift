import JSON
import Recurrence
import ServerTestSupport
import Tasks
import Testing

/// A series with policies, and what is to come of it in two years by plain counting.
struct PolicyYear: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The recurrence by its rule, and by words if it can be said so.
    var rule: String
    var words: String?
    var start: String
    var fields: [(name: String, value: JSONValue)] = []
    var absences: [(from: String, until: String)] = []
    let expected: [PlainOccurrence]

    init(
        _ name: String,
        _ rule: String,
        words: String? = nil,
        slots: [PlainDay],
        _ fields: [(name: String, value: JSONValue)] = [],
        absences: [(from: String, until: String)] = [],
        expecting change: ([PlainOccurrence], [PlainDay]) -> [PlainOccurrence] = { all, _ in all }
    ) {
        testDescription = name
        self.rule = rule
        self.words = words
        self.fields = fields
        self.absences = absences
        start = "\(slots[0].text)T09:00:00"
        // What is due within the two years is counted, wherever its slot is.
        expected = change(slots.map { PlainOccurrence($0) }, slots)
            .filter { $0.due.number > 1 && $0.due.number < 731 }
    }

    /// Those that are made in the tests of the scheduler; of those of every day, one.
    static let made = all.filter { year in
        year.rule != "FREQ=DAILY" || year.testDescription.hasSuffix("after")
    }

    static let all: [PolicyYear] = monthEnds + daysOff + turns + pauses + combined

    private static let monthEnds: [PolicyYear] = ["skip", "lastDay", "nextDay"].flatMap { end in
        [29, 30, 31].map { day in
            PolicyYear(
                "the \(day)th, \(end)",
                "FREQ=MONTHLY;BYMONTHDAY=\(day)",
                slots: PlainRule.monthly(on: day, end),
                [("monthEnd", .string(end))]
            )
        }
    }

    private static let calendar = "CALENDAR"

    private static func dayOff(_ then: String) -> (name: String, value: JSONValue) {
        ("dayOff", .object(["calendarId": .string(calendar), "then": .string(then)]))
    }

    private static let daysOff: [PolicyYear] = ["keep", "before", "after", "skip"].flatMap { then in
        [
            PolicyYear(
                "daily, days off \(then)",
                "FREQ=DAILY",
                words: "every day at 9",
                slots: PlainRule.daily(),
                [dayOff(then)]
            ) { all, _ in all.daysOff(then) },
            PolicyYear(
                "the 1st, days off \(then)",
                "FREQ=MONTHLY;BYMONTHDAY=1",
                slots: PlainRule.monthly(on: 1),
                [dayOff(then)]
            ) { all, _ in all.daysOff(then) },
            PolicyYear(
                "Mondays and Fridays, days off \(then)",
                "FREQ=WEEKLY;BYDAY=MO,FR",
                words: "every Monday and Friday at 9",
                slots: PlainRule.weekly([0, 4]),
                [dayOff(then)]
            ) { all, _ in all.daysOff(then) },
        ]
    }

    private static func rotate(_ step: String) -> (name: String, value: JSONValue) {
        ("assignment", .object(["rotate": .array(["1", "2"]), "by": .string(step)]))
    }

    private static let holiday = (from: "2027-03-01", until: "2027-04-15")
    private static let away = [
        "2": PlainDay.named(holiday.from).number..<PlainDay.named(holiday.until).number
    ]

    private static let turns: [PolicyYear] = ["occurrence", "day", "week"].flatMap { step in
        [
            PolicyYear(
                "Tuesdays in turns by \(step)",
                "FREQ=WEEKLY;BYDAY=TU",
                words: "every Tuesday at 9",
                slots: PlainRule.weekly([1]),
                [rotate(step)]
            ) { all, slots in all.rotated(["1", "2"], by: step, among: slots) },
            PolicyYear(
                "every third day in turns by \(step), one absent",
                "FREQ=DAILY;INTERVAL=3",
                words: "every 3 days at 9",
                slots: PlainRule.daily(every: 3),
                [rotate(step)],
                absences: [holiday]
            ) { all, slots in all.rotated(["1", "2"], by: step, among: slots, absent: away) },
        ]
    }

    private static let pause: (name: String, value: JSONValue) = (
        "pause",
        .object(["from": "2027-02-10T00:00:00Z", "until": "2027-06-30T00:00:00Z"])
    )

    private static let pauses = [
        PolicyYear(
            "Wednesdays, paused",
            "FREQ=WEEKLY;BYDAY=WE",
            words: "every Wednesday at 9",
            slots: PlainRule.weekly([2]),
            [pause]
        ) { all, _ in all.paused(from: "2027-02-10", until: "2027-06-30") }
    ]

    private static let combined: [PolicyYear] = ["before", "after", "skip"].flatMap { then in
        ["lastDay", "nextDay"].map { end in
            PolicyYear(
                "the 31st or \(end), days off \(then), in turns, one absent, paused",
                "FREQ=MONTHLY;BYMONTHDAY=31",
                slots: PlainRule.monthly(on: 31, end),
                [("monthEnd", .string(end)), dayOff(then), rotate("occurrence"), pause],
                absences: [("2027-07-20", "2027-10-10")]
            ) { all, slots in
                let absence =
                    PlainDay.named("2027-07-20").number..<PlainDay.named("2027-10-10").number
                return all.paused(from: "2027-02-10", until: "2027-06-30").daysOff(then)
                    .rotated(["1", "2"], by: "occurrence", among: slots, absent: ["2": absence])
            }
        }
    }

    /// The body that creates the series.
    func body(make: String, calendar: String, inWords: Bool) -> JSONObject {
        var body: JSONObject = ["title": "Call", "make": .string(make)]
        var recurrence: JSONObject = ["start": .string(start)]
        if inWords, let words {
            recurrence["words"] = .string(words)
        } else {
            recurrence["rule"] = .string(rule)
        }
        body["recurrence"] = .object(recurrence)
        for field in fields {
            var value = field.value
            if field.name == "dayOff", var object = value.object {
                object["calendarId"] = .string(calendar)
                value = .object(object)
            }
            body[field.name] = value
        }
        return body
    }
}
