import Recurrence
import RecurrenceWords
import Tasks

extension RecurringTask {
    /// What the series says of its dates; none if it has no rule, or one that cannot be said.
    func words(in zone: Zone, _ language: RecurrenceLanguage) -> String? {
        rule.flatMap { ruleSetting.words(of: $0.rule, in: zone, language) }
    }
}

extension RuleSetting {
    /// What a rule says of its dates, with what becomes of those that a month does not have and from
    /// what they count; none if it cannot be said.
    func words(
        of rule: RecurrenceRule,
        in zone: Zone,
        _ language: RecurrenceLanguage
    ) -> String? {
        var rule = rule
        if monthEnd != .skip { rule.skip = monthEnd.skip }
        let words = rule.words(start: start, isAllDay: isAllDay, zone: zone, language: language)
        switch repeats {
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
