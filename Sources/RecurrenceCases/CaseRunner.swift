internal import JSON
package import Recurrence

/// Answers recurrence cases: a line of JSON in, a line of JSON out.
///
/// A case has `dtstart`, `tzid` and the lists `rrule`, `exrule`, `rdate` and `exdate`, or instead of
/// all these `ical`, the text of a calendar, with the reader's zone as `tzid`. Besides, it has the
/// query `op` with its arguments, a `limit`, and the options `policy`, `setpos`, `reading` and
/// `start`. The answer has the case's `id` and either `occurrences`, a `value`, or an `error` that
/// names the part and the reason. That of an `ical` has in addition the `rule` of the set, each of
/// several on a line of its own, and a list of `remarks`, which have the form of an error.
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
            if let (rule, remarks) = recurrence.reading {
                members["rule"] = .string(rule)
                members["remarks"] = .array(
                    remarks.map { CaseRunner.object(part: $0.part, reason: $0.reason) }
                )
            }
        } catch {
            members["error"] = CaseRunner.object(part: error.part, reason: error.reason)
        }
        var writer = JSONWriter()
        writer.write(.object(members))
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func object(part: String, reason: String) -> JSONValue {
        .object(["part": .string(part), "reason": .string(reason)])
    }
}

/// Why a case has no answer.
struct CaseError: Error, Equatable {
    let part: String
    let reason: String
}
