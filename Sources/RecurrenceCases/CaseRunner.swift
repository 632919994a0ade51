package import Recurrence

/// Answers recurrence cases: a line of JSON in, a line of JSON out.
///
/// A case has `dtstart`, `tzid`, the lists `rrule`, `exrule`, `rdate` and `exdate`, the query `op`
/// with its arguments, a `limit`, and the options `policy`, `setpos`, `reading` and `start`. The
/// answer has the case's `id` and either `occurrences`, a `value`, or an `error` that names the part
/// and the reason.
package struct CaseRunner<Zones: ZoneSource> {
    private let zones: Zones

    /// How many occurrences an answer has at most where the case does not say.
    static var defaultLimit: Int { 1000 }

    /// Creates a runner that takes its zones from a source.
    package init(zones: Zones) {
        self.zones = zones
    }

    /// Returns the answer to one case, without a newline.
    ///
    /// - Complexity: Some microseconds, and what the query itself takes.
    package func answer(line: String) -> String {
        let json = JSONValue(parsing: line) ?? .null
        var members = [(key: "id", value: json["id"] ?? .null)]
        do throws(CaseError) {
            guard case .object = json else {
                throw CaseError(part: "case", reason: "it is not a JSON object")
            }
            let recurrenceCase = try RecurrenceCase(json, zones: zones)
            members.append(recurrenceCase.answer())
        } catch {
            let parts = [
                (key: "part", value: JSONValue.string(error.part)),
                (key: "reason", value: JSONValue.string(error.reason)),
            ]
            members.append((key: "error", value: .object(parts)))
        }
        return JSONValue.object(members).description
    }
}

/// Why a case has no answer.
struct CaseError: Error, Equatable {
    let part: String
    let reason: String
}
