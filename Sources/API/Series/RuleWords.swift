import Recurrence
import RecurrenceWords
import Tasks

/// Says the rules of tasks' series in a caller's language, each once.
///
/// A list has many tasks of few series, and to read a rule and to say it costs more than the rest of
/// the task.
struct RuleWords<Zones: ZoneSource>: Sendable {
    private struct Rule: Hashable, Sendable {
        let text: String
        let setting: RuleSetting
    }

    private let zones: Zones
    private let language: RecurrenceLanguage
    private var known: [Rule: String?] = [:]

    init(zones: Zones, for call: APICall) {
        self.zones = zones
        language = call.language.language
    }

    /// A task as it is shown to the caller.
    mutating func record(of entry: TaskEntry) -> TaskRecord {
        TaskRecord(entry: entry, words: words(of: entry))
    }

    private mutating func words(of entry: TaskEntry) -> String? {
        guard let text = entry.ruleText, let setting = entry.ruleSetting else { return nil }
        let rule = Rule(text: text, setting: setting)
        if let words = known[rule] { return words }
        let words = words(of: rule)
        known.updateValue(words, forKey: rule)
        return words
    }

    /// The words; none of a rule or a zone that cannot be read, which is told of the series.
    private func words(of rule: Rule) -> String? {
        guard let zone = try? zones.zone(named: rule.setting.timeZone),
            let read = try? SeriesRule(parsing: rule.text)
        else { return nil }
        return rule.setting.words(of: read.rule, in: zone, language)
    }
}
