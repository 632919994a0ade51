import JSON
import Recurrence
import RecurrenceCases
import RecurrenceWords

/// What `perennial preview` prints.
struct Preview {
    let reading: RecurrenceReading
    let language: RecurrenceLanguage
    let occurrences: [Occurrence]

    private var set: RecurrenceSet { reading.set }

    /// The rules and their words, an empty line, and the occurrences: of each its local time with the
    /// offset, and the day of the week.
    var lines: String {
        let dates = occurrences.map { occurrence in
            "\(text(of: occurrence))  \(Self.weekday(of: local(of: occurrence).date))"
        }
        return [summary, dates].filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
            .joined(separator: "\n\n")
    }

    /// What there is to say about the set before its occurrences.
    private var summary: [String] {
        var lines: [String] = []
        func add(_ label: String, _ text: String) {
            lines.append((label + ":").padded(to: 9) + text)
        }
        // Words of a set are exact. Those of each of several rules are too, if what else the set
        // has is told.
        let words = reading.words(in: language)
        for (label, rules) in [("Rule", set.rules), ("Except", set.exceptionRules)] {
            for rule in rules {
                add(label, rule.description)
                let own = rule.words(
                    start: set.start,
                    isAllDay: set.isAllDay,
                    zone: set.zone,
                    language: language
                )
                add("Words", words ?? own ?? "(there are none that would be exact)")
            }
        }
        if let start = reading.otherStart { add("Start", text(of: start)) }
        if reading.hasAddedStart {
            let isCounted = set.rules.contains { if case .count = $0.end { true } else { false } }
            add("Added", "the start" + (isCounted ? ", the first that COUNT counts" : ""))
        }
        if !set.dates.isEmpty { add("Added", Self.number(of: set.dates)) }
        if !set.exceptionDates.isEmpty { add("Without", Self.number(of: set.exceptionDates)) }
        return lines
    }

    private static func number(of dates: [LocalDateTime]) -> String {
        dates.count == 1 ? "1 date" : "\(dates.count) dates"
    }

    /// One object: each occurrence's local time with its offset, and its slot; the start, where words
    /// give another than the one that was given; the rule, each of several on a line of its own; the
    /// words, or null where they would not be exact; and the remarks.
    var json: String {
        var json = JSONWriter()
        json.beginObject()
        json.name("occurrences")
        json.beginArray()
        for occurrence in occurrences {
            json.beginObject()
            json.name("at")
            json.write(text(of: occurrence))
            json.name("recurrenceID")
            json.write(occurrence.recurrenceID.text(in: .extended))
            json.endObject()
        }
        json.endArray()
        if let start = reading.otherStart {
            json.name("start")
            json.write(text(of: start))
        }
        json.name("rule")
        json.write(reading.rule)
        json.name("words")
        json.write(reading.words(in: language).map(JSONValue.string) ?? .null)
        json.name("remarks")
        json.beginArray()
        for remark in reading.remarks {
            json.beginObject()
            json.name("part")
            json.write(remark.part)
            json.name("reason")
            json.write(remark.reason)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func text(of occurrence: Occurrence) -> String {
        let local = local(of: occurrence)
        if set.isAllDay { return local.date.text(in: .extended) }
        guard let zone = set.zone else { return local.text(in: .extended) }
        let offset = zone.offset(at: occurrence.timestamp)
        if offset == 0 { return occurrence.timestamp.text(in: .extended, fraction: .none) }
        return local.text(in: .extended, offset: offset)
    }

    private func text(of start: LocalDateTime) -> String {
        set.isAllDay ? start.date.text(in: .extended) : start.text(in: .extended)
    }

    private func local(of occurrence: Occurrence) -> LocalDateTime {
        (set.zone ?? .utc).localDateTime(at: occurrence.timestamp)
    }

    private static func weekday(of date: CivilDate) -> String {
        // 1970-01-01 was a Thursday.
        let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        return names[((date.daysSince1970 % 7) + 7) % 7]
    }
}

extension String {
    /// The text with blanks after it, up to a width, and one at least.
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(width - count, 1))
    }
}
