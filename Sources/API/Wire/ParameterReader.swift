package import HTTPServing
import JSON
package import Recurrence
package import Tasks

/// Reads the parameters of a query, and collects every fault.
///
/// An absent parameter is read as nil, and so is a wrong one.
package struct ParameterReader {
    /// The page sizes that a list may be asked for, and the one that it has where nothing is said.
    static let limits = 1...500
    static let standardLimit = 50

    private let parameters: JSONObject
    private var knownNames: Set<String> = []
    private(set) var faults: [Problem.Fault] = []

    package init(_ query: QueryString) {
        parameters = query.parameters
    }

    /// Ends the reading.
    ///
    /// - Throws: The refusal with every fault; a parameter that was never read is one.
    package mutating func finish() throws(Problem) {
        for member in parameters.members where !knownNames.contains(member.name) {
            note(member.name, "is not known here")
        }
        guard faults.isEmpty else { throw Problem(.invalidQuery, faults: faults) }
    }

    package mutating func note(_ name: String, _ reason: String) {
        faults.append(Problem.Fault(.parameter(name), reason))
    }

    /// Reads a text as it is.
    package mutating func text(_ name: String) -> String? {
        guard let value = parameters[name] else { return nil }
        knownNames.insert(name)
        if case .string(let text) = value { return text }
        note(name, "stands more than once, or in brackets")
        return nil
    }

    package mutating func limit() -> Int {
        integer("limit", in: Self.limits) ?? Self.standardLimit
    }

    package mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        read(name, or: "is no integer from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    package mutating func flag(_ name: String) -> Bool? {
        choice(name, among: ["true": true, "false": false])
    }

    package mutating func choice<Value>(
        _ name: String,
        among choices: KeyValuePairs<String, Value>
    ) -> Value? {
        read(name, or: "is none of \(Self.names(of: choices))") { text in
            choices.first { $0.key == text }?.value
        }
    }

    /// Reads a list with commas between, without blanks; none of its words comes twice in the result.
    package mutating func choices<Value: Hashable>(
        _ name: String,
        among choices: KeyValuePairs<String, Value>
    ) -> [Value]? {
        read(name, or: "is no list, with commas between, of \(Self.names(of: choices))") { text in
            var values: [Value] = []
            for word in text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let value = choices.first(where: { $0.key == word })?.value else {
                    return nil
                }
                if !values.contains(value) { values.append(value) }
            }
            return values
        }
    }

    package mutating func identifier<Subject>(_ name: String) -> Identifier<Subject>? {
        read(name, or: "is no identifier") { Identifier(digits: $0) }
    }

    /// Reads an instant with its offset; a blank stands for the plus sign that a URL's decoding made
    /// a blank.
    package mutating func instant(_ name: String) -> Timestamp? {
        read(name, or: "is no instant such as 2026-12-01T14:00:00Z") { text in
            Timestamp(parsing: text) ?? Timestamp(parsing: text.replacing(" ", with: "+"))
        }
    }

    /// Reads a day of the calendar.
    package mutating func date(_ name: String) -> CivilDate? {
        read(name, or: "is no day such as 2026-12-25") { text in
            guard
                case .date(let date)? = CalendarText(parsing: text, in: .extended, allowing: .days)
            else { return nil }
            return date
        }
    }

    private mutating func read<Value>(
        _ name: String,
        or reason: @autoclosure () -> String,
        using convert: (String) -> Value?
    ) -> Value? {
        guard let text = text(name) else { return nil }
        if let value = convert(text) { return value }
        note(name, reason())
        return nil
    }

    private static func names<Value>(of choices: KeyValuePairs<String, Value>) -> String {
        choices.map(\.key).joined(separator: ", ")
    }
}
