import Recurrence
import RecurrenceWords
import Tasks

extension RecurringTask {
    /// What the series says of its dates, with what becomes of those that a month does not have and
    /// from what they count; none if it has no rule, or one that cannot be said.
    func words(in zone: Zone, _ language: RecurrenceLanguage) -> String? {
        guard var rule = rule?.rule else { return nil }
        if policies.monthEnd != .skip { rule.skip = policies.monthEnd.skip }
        let words = rule.words(
            start: start,
            isAllDay: template.isAllDay,
            zone: zone,
            language: language
        )
        switch policies.repeats {
        case .onSchedule: return words
        case .afterCompletion: return words.map { "\($0), \(language.countsFromCompletion)" }
        }
    }
}

extension RecurrenceLanguage {
    /// That the next occurrence counts from the day on which the last one was done.
    fileprivate var countsFromCompletion: String {
        switch self {
        case .english: "counted from when it was done"
        case .spanish: "contando desde que se hizo"
        case .french: "à compter du jour où c'est fait"
        case .german: "gezählt ab der Erledigung"
        case .portuguese: "contando de quando foi feito"
        }
    }
}
