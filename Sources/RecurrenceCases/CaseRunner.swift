internal import JSON
package import Recurrence

/// Answers recurrence cases: a line of JSON in, a line of JSON out.
///
/// A case has `dtstart`, `tzid`, the lists `rrule`, `exrule`, `rdate` and `exdate`, the query `op`
/// with its arguments, a `limit`, and the options `policy`, `setpos`, `reading` and `start`. The
/// answer has the case's `id` and either `occurrences`, a `value`, or an `error` that names the
/// part and the reason.
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
            let (name, value) = try RecurrenceCase(CaseFields(fields), zones: zones).answer()
            members[name] = value
        } catch {
            members["error"] = .object([
                "part": .string(error.part), "reason": .string(error.reason),
            ])
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
}
