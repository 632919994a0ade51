internal import JSON
package import Recurrence

/// Answers recurrence cases: a line of JSON in, a line of JSON out.
///
/// A case has `dtstart`, `tzid` and the lists `rrule`, `exrule`, `rdate` and `exdate`. Instead of the
/// lists it may have `words`, a phrase that `dtstart` completes; or instead of all these `ical`, the
/// text of a calendar, with the reader's zone as `tzid`. Both go with a `locale`, English if it is
/// not given. Besides, a case has the query `op` with its arguments, a `limit`, and the options
/// `policy`, `setpos`, `reading` and `start`.
///
/// The answer has the case's `id` and either `occurrences`, a `value`, or an `error` that names the
/// part and the reason, and in a phrase the word and its `offset` in bytes. That of `words` or an
/// `ical` has in addition the `rule` of the set, each of several on a line of its own; the set in
/// `words`, or null where these would not be exact; and a list of `remarks`, which have the form of
/// an error. Where words give another start than `dtstart`, the answer has the `start` from which the
/// rule counts.
package struct CaseRunner<Zones: ZoneSource> {
    private let zones: Zones

    /// The most occurrences of an answer, if the case does not say.
    static var defaultLimit: Int { 1000 }

    /// Creates a runner that takes its zones from a source.
    package init(zones: Zones) {
        self.zones = zones
    }

    /// Returns the answer to one case, without a newline.
    ///
    /// - Complexity: Some microseconds, and what the query itself takes.
    package func answer(line: String) -> String {
        let json = (try? JSONValue(parsing: Array(line.utf8))) ?? .null
        var members = JSONObject("id", json.object?["id"] ?? .null)
        do throws(CaseError) {
            guard let fields = json.object else {
                throw CaseError(part: "case", reason: "it is not a JSON object")
            }
            let recurrence = try RecurrenceCase(CaseFields(fields), zones: zones)
            let (name, value) = recurrence.answer()
            members[name] = value
            if let reading = recurrence.reading {
                let words = reading.words(in: recurrence.language)
                if let start = reading.otherStart {
                    let isAllDay = reading.set.isAllDay
                    let text = isAllDay ? start.date.description : start.description
                    members["start"] = .string(text)
                }
                members["rule"] = .string(reading.rule)
                members["words"] = words.map(JSONValue.string) ?? .null
                members["remarks"] = .array(
                    reading.remarks.map { CaseError(part: $0.part, reason: $0.reason).json }
                )
            }
        } catch {
            members["error"] = error.json
        }
        var writer = JSONWriter()
        writer.write(.object(members))
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

/// Why a case has no answer.
struct CaseError: Error, Equatable {
    let part: String
    let reason: String
    /// The word of a phrase that was not understood.
    var word: String?
    /// How many bytes of the phrase come before the word.
    var offset: Int?

    var json: JSONValue {
        var members = JSONObject("part", .string(part))
        members["reason"] = .string(reason)
        if let word { members["word"] = .string(word) }
        if let offset { members["offset"] = .integer(Int64(offset)) }
        return .object(members)
    }
}
