package import JSON
package import Recurrence
package import Tasks

/// Reads the members of an object in a body, and collects every fault.
///
/// A wrong member is read as absent.
package struct MemberReader {
    /// Faults beyond this number are not told.
    private static let faultLimit = 100

    private let members: JSONObject
    /// The JSON pointer to the object.
    let pointer: String
    /// The names of the members that were read.
    private var knownNames: Set<String> = []
    private var faults: [Problem.Fault] = []

    package init(_ members: JSONObject, at pointer: String = "") {
        self.members = members
        self.pointer = pointer
    }

    /// Ends the reading.
    ///
    /// - Throws: The refusal with every fault; a member that was never read is one.
    package func finish() throws(Problem) {
        let faults = allFaults
        guard faults.isEmpty else {
            throw Problem(.invalidBody, faults: Array(faults.prefix(Self.faultLimit)))
        }
    }

    private var allFaults: [Problem.Fault] {
        let unknown = members.members.filter { !knownNames.contains($0.name) }
        return faults
            + unknown.map { Problem.Fault(.pointer(path(to: $0.name)), "is not known here") }
    }

    package mutating func note(_ name: String, _ reason: String) {
        faults.append(Problem.Fault(.pointer(path(to: name)), reason))
    }

    /// Notes that a member is missing, unless something else is wrong with it.
    package mutating func require(_ name: String) {
        if members[name] == nil || members[name] == .null { note(name, "is required") }
    }

    /// Whether a member is there, also as `null`.
    package func has(_ name: String) -> Bool { members[name] != nil }

    /// Whether a member is a text.
    package func isText(_ name: String) -> Bool { members[name]?.string != nil }

    /// Whether a member is there as `null`, for readers of members that may be null and mean no text.
    package mutating func takesNull(_ name: String) -> Bool {
        guard members[name] == .null else { return false }
        knownNames.insert(name)
        return true
    }

    /// Takes the faults of the reader of an object within.
    package mutating func take(_ other: MemberReader) {
        faults += other.allFaults
    }

    // MARK: - Members

    /// Reads a text with a number of Unicode scalars within bounds.
    package mutating func text(
        _ name: String,
        lengths: ClosedRange<Int>,
        isNullable: Bool = false
    ) -> Given<String> {
        let given = read(name, isNullable, or: "is no text", using: \.string)
        guard case .value(let text) = given else { return given }
        // A text never has more scalars than bytes, so most texts need no counting.
        let isShort = text.utf8.count <= lengths.upperBound && text.utf8.count >= lengths.lowerBound
        if isShort || lengths.contains(text.unicodeScalars.count) { return given }
        note(
            name,
            text.utf8.count < lengths.lowerBound
                ? "is shorter than \(lengths.lowerBound) characters"
                : "is longer than \(lengths.upperBound) characters"
        )
        return .absent
    }

    package mutating func flag(_ name: String) -> Given<Bool> {
        read(name, or: "is neither true nor false") { value in
            if case .bool(let flag) = value { flag } else { nil }
        }
    }

    package mutating func integer(
        _ name: String,
        in range: ClosedRange<Int64>,
        isNullable: Bool = false
    ) -> Given<Int64> {
        read(
            name,
            isNullable,
            or: "is no integer from \(range.lowerBound) to \(range.upperBound)"
        ) { value in
            if case .integer(let integer) = value, range.contains(integer) { integer } else { nil }
        }
    }

    package mutating func choice<Value: Hashable & Sendable>(
        _ name: String,
        among choices: KeyValuePairs<String, Value>
    ) -> Given<Value> {
        read(name, or: "is none of \(Self.names(of: choices))") { value in
            choices.first { $0.key == value.string }?.value
        }
    }

    /// Reads an identifier, which may be null.
    package mutating func identifier<Subject>(_ name: String) -> Given<Identifier<Subject>> {
        read(name, true, or: "is no identifier, which is a text of digits") { value in
            value.string.flatMap { Identifier(digits: $0) }
        }
    }

    /// Reads a text that names somebody or something: without control characters.
    package mutating func label(
        _ name: String,
        lengths: ClosedRange<Int> = 1...200,
        isNullable: Bool = false
    ) -> Given<String> {
        let given = text(name, lengths: lengths, isNullable: isNullable)
        guard case .value(let text) = given,
            text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { return given }
        note(name, "has a control character")
        return .absent
    }

    /// Reads a list of texts, none of which comes twice; `null` is the empty list.
    package mutating func texts(
        _ name: String,
        atMost limit: Int,
        isNullable: Bool = false,
        where isAllowed: (String) -> Bool,
        or reason: String
    ) -> Given<[String]> {
        let given: Given<[String]> = read(name, isNullable, or: "is no list of texts") { value in
            guard case .array(let items) = value else { return nil }
            let texts = items.compactMap(\.string)
            return texts.count == items.count ? texts : nil
        }
        guard case .value(let texts) = given else { return given }
        if texts.count > limit { note(name, "has more than \(limit)") }
        var seen: Set<String> = []
        for (position, text) in texts.prefix(limit).enumerated() {
            if !isAllowed(text) { note(name, at: position, reason) }
            if !seen.insert(text).inserted { note(name, at: position, "repeats one before it") }
        }
        return given
    }

    /// Reads a list of identifiers, none of which comes twice; `null` is the empty list.
    package mutating func identifiers<Subject>(
        _ name: String,
        atMost limit: Int
    ) -> Given<[Identifier<Subject>]> {
        let texts = texts(
            name,
            atMost: limit,
            isNullable: true,
            where: { Identifier<Subject>(digits: $0) != nil },
            or: "is no identifier, which is a text of digits"
        )
        switch texts {
        case .absent: return .absent
        case .none: return .value([])
        case .value(let texts): return .value(texts.compactMap { Identifier(digits: $0) })
        }
    }

    /// Notes a fault of an item of a list.
    mutating func note(_ name: String, at place: Int, _ reason: String) {
        faults.append(Problem.Fault(.pointer("\(path(to: name))/\(place)"), reason))
    }

    /// Reads an instant with its offset from UTC.
    package mutating func instant(
        _ name: String,
        isNullable: Bool = false
    ) -> Given<Timestamp> {
        read(name, isNullable, or: "is no instant such as 2026-12-01T14:00:00Z") { value in
            value.string.flatMap { Timestamp(parsing: $0) }
        }
    }

    /// Reads a length of time, in seconds.
    package mutating func duration(
        _ name: String,
        in range: ClosedRange<Int64>
    ) -> Given<Int64> {
        read(name, or: "is no length of time in reach, such as PT1H") { value in
            let seconds = value.string.flatMap { CalendarDuration(parsing: $0) }?.seconds
            return seconds.flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// Reads a local date-time.
    package mutating func localTime(_ name: String) -> Given<LocalDateTime> {
        read(
            name,
            or: "is no local date-time such as 2026-12-01T09:00:00",
            using: Self.localTime
        )
    }

    private static func localTime(_ value: JSONValue) -> LocalDateTime? {
        guard let text = value.string,
            case .local(let local, 0)? =
                CalendarText(parsing: text, in: .extended, allowing: [.localTimes, .minutes])
        else { return nil }
        return local
    }

    /// Reads a list of identifiers, each once.
    package mutating func identifiers<Subject>(
        _ name: String,
        countIn range: ClosedRange<Int>
    ) -> Given<[Identifier<Subject>]> {
        read(
            name,
            or: "is no list of \(range.lowerBound) to \(range.upperBound) identifiers, each once"
        ) { value in
            guard case .array(let values) = value, range.contains(values.count) else { return nil }
            let ids = values.compactMap { $0.string.flatMap { Identifier<Subject>(digits: $0) } }
            return ids.count == values.count && Set(ids).count == ids.count ? ids : nil
        }
    }

    /// Reads a list of words; none of them comes twice in the result.
    package mutating func choices<Value: Hashable & Sendable>(
        _ name: String,
        among choices: KeyValuePairs<String, Value>,
        limit: Int
    ) -> Given<[Value]> {
        read(name, or: "is no list of up to \(limit) of \(Self.names(of: choices))") { value in
            guard case .array(let words) = value else { return nil }
            let values = words.compactMap { word in
                choices.first { $0.key == word.string }?.value
            }
            guard values.count == words.count, Set(values).count <= limit else { return nil }
            return Set(values).map { $0 }
        }
    }

    /// Reads a list of local date-times; they come in their order, each once.
    package mutating func localTimes(_ name: String, limit: Int) -> Given<[LocalDateTime]> {
        read(
            name,
            or: "is no list of up to \(limit) local date-times such as 2026-12-01T09:00:00"
        ) { value in
            guard case .array(let values) = value, values.count <= limit else { return nil }
            let times = values.compactMap(Self.localTime)
            return times.count == values.count ? Set(times).sorted() : nil
        }
    }

    /// Reads a day.
    package mutating func date(_ name: String) -> Given<CivilDate> {
        read(name, or: "is no day such as 2026-12-25") {
            $0.string.flatMap { CivilDate(written: $0) }
        }
    }

    /// Reads an instant with its offset from UTC, or null.
    package mutating func optionalInstant(_ name: String) -> Given<Timestamp> {
        read(name, true, or: "is no instant such as 2026-12-01T14:00:00Z") { value in
            value.string.flatMap { Timestamp(parsing: $0) }
        }
    }

    /// Reads the IANA name of a zone.
    package mutating func zone(_ name: String, from zones: some ZoneSource) -> Given<Zone> {
        read(name, or: "is no time zone such as America/New_York") { value in
            guard let text = value.string, text.utf8.count <= 100 else { return nil }
            return try? zones.zone(named: text)
        }
    }

    mutating func read<Value: Hashable & Sendable>(
        _ name: String,
        _ isNullable: Bool = false,
        or reason: @autoclosure () -> String,
        using convert: (JSONValue) -> Value?
    ) -> Given<Value> {
        guard let value = members[name] else { return .absent }
        knownNames.insert(name)
        if case .null = value {
            if isNullable { return .none }
            note(name, "cannot be null")
        } else if let value = convert(value) {
            return .value(value)
        } else {
            note(name, reason())
        }
        return .absent
    }

    private static func names<Value>(of choices: KeyValuePairs<String, Value>) -> String {
        choices.map(\.key).joined(separator: ", ")
    }

    private func path(to name: String) -> String { Self.path(from: pointer, to: name) }

    static func path(from pointer: String, to name: String) -> String {
        let name = String(name.prefix(100)).replacing("~", with: "~0").replacing("/", with: "~1")
        return "\(pointer)/\(name)"
    }
}

extension CivilDate {
    /// Reads a day as `2026-12-25`.
    init?(written text: String) {
        guard case .date(let date)? = CalendarText(parsing: text, in: .extended, allowing: .days)
        else { return nil }
        self = date
    }
}
