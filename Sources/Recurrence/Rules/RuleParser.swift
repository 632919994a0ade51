extension RecurrenceRule {
    /// Why a text is not a recurrence rule.
    public struct ParseError: Error, Hashable {
        /// The part that is wrong, such as `BYMONTH`.
        public var part: String
        /// What is wrong with it, such as `13 is not between 1 and 12`.
        public var reason: String

        /// Creates an error.
        public init(part: String, reason: String) {
            self.part = part
            self.reason = reason
        }
    }

    /// The longest text that is read, in bytes; every value of every part fits.
    static let textLimit = 16_384

    /// Reads the text of a rule, `RRULE:` before it or not, in any case, folded or not.
    ///
    /// The reading is strict: what RFC 5545 says a rule must not have is refused. A leap second in
    /// BYSECOND is taken for the second before it (section 3.3.12).
    ///
    /// - Throws: ``ParseError`` with the part and the reason.
    /// - Complexity: Linear in the text's length, which is at most 16,384 bytes; some hundred
    ///   nanoseconds for a usual rule.
    public init(parsing text: String) throws(ParseError) {
        guard text.utf8.count <= RecurrenceRule.textLimit else {
            throw ParseError(part: "RRULE", reason: "the text is too long")
        }
        var bytes = unfolded(text, upperCase: true)[...]
        if bytes.starts(with: "RRULE:".utf8) { bytes = bytes.dropFirst(6) }
        try self.init(bytes: bytes)
    }

    init(bytes: ArraySlice<UInt8>) throws(ParseError) {
        var parser = RuleParser()
        if bytes.isEmpty { throw ParseError(part: "FREQ", reason: "it is missing") }
        var start = bytes.startIndex
        repeat {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: ";")) ?? bytes.endIndex
            let part = bytes[start..<end]
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else {
                throw ParseError(part: string(part), reason: "it has no value")
            }
            try parser.read(part[..<equals], part[(equals + 1)...])
            start = end + 1
        } while start <= bytes.endIndex
        self = try parser.rule()
    }
}

/// Returns a text's bytes, its folded lines joined (RFC 5545, section 3.1).
func unfolded(_ text: String, upperCase: Bool) -> [UInt8] {
    let folded = Array(text.utf8)
    let newline = UInt8(ascii: "\n")
    // Most texts are one line, in upper case already.
    let isPlain = { (byte: UInt8) in byte != newline && !(upperCase && (97...122).contains(byte)) }
    if folded.allSatisfy(isPlain), folded.last != UInt8(ascii: "\r") { return folded }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(folded.count)
    for byte in folded {
        let isSpace = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
        if isSpace, bytes.last == newline {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        } else {
            bytes.append(upperCase && (97...122).contains(byte) ? byte - 32 : byte)
        }
    }
    while let last = bytes.last, last == newline || last == UInt8(ascii: "\r") {
        bytes.removeLast()
    }
    return bytes
}

func upperCased(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.map { (97...122).contains($0) ? $0 - 32 : $0 }
}

func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix(64), as: UTF8.self)
}

private struct RuleParser {
    typealias ParseError = RecurrenceRule.ParseError

    /// The parts of a rule, in the order that the checks name them.
    private enum Part: Int, CaseIterable {
        case rscale, frequency, interval, count, until, months, weekNumbers, yearDays, monthDays
        case weekdays, hours, minutes, seconds, setPositions, weekStart, skip

        var name: String {
            switch self {
            case .rscale: "RSCALE"
            case .frequency: "FREQ"
            case .interval: "INTERVAL"
            case .count: "COUNT"
            case .until: "UNTIL"
            case .months: "BYMONTH"
            case .weekNumbers: "BYWEEKNO"
            case .yearDays: "BYYEARDAY"
            case .monthDays: "BYMONTHDAY"
            case .weekdays: "BYDAY"
            case .hours: "BYHOUR"
            case .minutes: "BYMINUTE"
            case .seconds: "BYSECOND"
            case .setPositions: "BYSETPOS"
            case .weekStart: "WKST"
            case .skip: "SKIP"
            }
        }

        private static let keys = allCases.map { WordKey(Array($0.name.utf8)[...]) }

        init?(_ bytes: ArraySlice<UInt8>) {
            guard let index = Part.keys.firstIndex(of: WordKey(bytes)) else { return nil }
            self.init(rawValue: index)
        }
    }

    private static let frequencyKeys = RecurrenceRule.Frequency.allCases.map {
        WordKey(Array($0.name.utf8)[...])
    }

    private var fields = RecurrenceRule(frequency: .yearly)
    private var seen: UInt32 = 0

    private func has(_ part: Part) -> Bool { seen >> UInt32(part.rawValue) & 1 == 1 }

    mutating func read(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) throws(ParseError) {
        guard let part = Part(name) else {
            throw ParseError(part: string(name), reason: "there is no such part")
        }
        if has(part) { throw ParseError(part: part.name, reason: "it is there twice") }
        if value.isEmpty { throw ParseError(part: part.name, reason: "it has no value") }
        seen |= 1 << UInt32(part.rawValue)
        switch part {
        case .rscale: try readCalendar(value)
        case .frequency: try readFrequency(value)
        case .interval: fields.interval = try number(value, of: part)
        case .count: fields.end = .count(try number(value, of: part))
        case .until: try readUntil(value)
        case .months:
            try list(value, of: part, 1...12) { $0.months |= 1 << UInt16($1 - 1) }
        case .weekNumbers:
            try signedList(value, of: part, 53) { $0.weekNumbers.insert($1) }
        case .yearDays: try signedList(value, of: part, 366) { $0.yearDays.append($1) }
        case .monthDays: try signedList(value, of: part, 31) { $0.monthDays.insert($1) }
        case .weekdays: try readWeekdays(value)
        case .hours: try list(value, of: part, 0...23) { $0.hours |= 1 << UInt32($1) }
        case .minutes: try list(value, of: part, 0...59) { $0.minutes |= 1 << UInt64($1) }
        case .seconds:
            try list(value, of: part, 0...60) { $0.seconds |= 1 << UInt64(min($1, 59)) }
        case .setPositions:
            try signedList(value, of: part, 366) { $0.setPositions.append($1) }
        case .weekStart: try readWeekStart(value)
        case .skip: try readSkip(value)
        }
    }

    /// Checks what the parts must not have together, and returns the rule.
    mutating func rule() throws(ParseError) -> RecurrenceRule {
        guard has(.frequency) else { throw ParseError(part: "FREQ", reason: "it is missing") }
        if has(.count), has(.until) {
            throw ParseError(part: "UNTIL", reason: "it cannot go with COUNT")
        }
        let frequency = fields.frequency
        func refuse(_ part: Part, unless isAllowed: Bool) throws(ParseError) {
            guard has(part), !isAllowed else { return }
            throw ParseError(part: part.name, reason: "it cannot go with FREQ=\(frequency.name)")
        }
        try refuse(.weekNumbers, unless: frequency == .yearly)
        try refuse(.yearDays, unless: ![.daily, .weekly, .monthly].contains(frequency))
        try refuse(.monthDays, unless: frequency != .weekly)
        if !fields.ordinalWeekdays.isEmpty {
            if frequency != .monthly, frequency != .yearly {
                throw ParseError(
                    part: "BYDAY",
                    reason: "numbered weekdays cannot go with FREQ=\(frequency.name)"
                )
            }
            if has(.weekNumbers) {
                throw ParseError(
                    part: "BYDAY",
                    reason: "numbered weekdays cannot go with BYWEEKNO"
                )
            }
        }
        let byParts: [Part] = [
            .months, .weekNumbers, .yearDays, .monthDays, .weekdays, .hours, .minutes, .seconds,
        ]
        if has(.setPositions), !byParts.contains(where: has) {
            throw ParseError(part: "BYSETPOS", reason: "it needs another BY part")
        }
        if has(.skip), !has(.rscale) {
            throw ParseError(part: "SKIP", reason: "it needs RSCALE")
        }
        sortLists()
        return fields
    }

    private mutating func sortLists() {
        func sort<Value: Comparable>(_ values: inout [Value]) {
            guard values.count > 1 else { return }
            values.sort()
            var unique: [Value] = []
            for value in values where unique.last != value { unique.append(value) }
            values = unique
        }
        sort(&fields.yearDays)
        sort(&fields.ordinalWeekdays)
        sort(&fields.setPositions)
    }

    // MARK: Values

    private func number(_ value: ArraySlice<UInt8>, of part: Part) throws(ParseError) -> Int {
        var reader = TextReader(value)
        guard let number = reader.number(), reader.isAtEnd else {
            throw ParseError(part: part.name, reason: "\(string(value)) is not a number")
        }
        guard (1...RecurrenceRule.numberLimit).contains(number) else {
            throw ParseError(
                part: part.name,
                reason: "\(number) is not between 1 and \(RecurrenceRule.numberLimit)"
            )
        }
        return number
    }

    private mutating func list(
        _ value: ArraySlice<UInt8>,
        of part: Part,
        _ range: ClosedRange<Int>,
        insert: (inout RecurrenceRule, Int) -> Void
    ) throws(ParseError) {
        var reader = TextReader(value)
        repeat {
            guard let number = reader.number() else {
                throw ParseError(
                    part: part.name,
                    reason: "\(string(value)) is not a list of numbers"
                )
            }
            guard range.contains(number) else {
                throw ParseError(
                    part: part.name,
                    reason: "\(number) is not between \(range.lowerBound) and \(range.upperBound)"
                )
            }
            insert(&fields, number)
        } while reader.skip(",")
        if !reader.isAtEnd {
            throw ParseError(part: part.name, reason: "\(string(value)) is not a list of numbers")
        }
    }

    private mutating func signedList(
        _ value: ArraySlice<UInt8>,
        of part: Part,
        _ limit: Int,
        insert: (inout RecurrenceRule, Int) -> Void
    ) throws(ParseError) {
        var reader = TextReader(value)
        repeat {
            guard let number = reader.signedNumber() else {
                throw ParseError(
                    part: part.name,
                    reason: "\(string(value)) is not a list of numbers"
                )
            }
            guard number != 0, abs(number) <= limit else {
                throw ParseError(
                    part: part.name,
                    reason: "\(number) is not between 1 and \(limit) or -1 and -\(limit)"
                )
            }
            insert(&fields, number)
        } while reader.skip(",")
        if !reader.isAtEnd {
            throw ParseError(part: part.name, reason: "\(string(value)) is not a list of numbers")
        }
    }

    private mutating func readWeekdays(_ value: ArraySlice<UInt8>) throws(ParseError) {
        var reader = TextReader(value)
        repeat {
            let isNumbered = !(65...90).contains(reader.next)
            let ordinal = isNumbered ? reader.signedNumber() : 0
            guard let ordinal, let weekday = reader.letterPair().flatMap(weekday(of:)) else {
                throw ParseError(
                    part: "BYDAY",
                    reason: "\(string(value)) is not a list of weekdays"
                )
            }
            if isNumbered {
                let limit = 53
                guard ordinal != 0, abs(ordinal) <= limit else {
                    throw ParseError(
                        part: "BYDAY",
                        reason: "\(ordinal) is not between 1 and \(limit) or -1 and -\(limit)"
                    )
                }
                fields.ordinalWeekdays.append(.init(ordinal, weekday))
            } else {
                fields.weekdays |= 1 << UInt8(weekday.rawValue)
            }
        } while reader.skip(",")
        if !reader.isAtEnd {
            throw ParseError(part: "BYDAY", reason: "\(string(value)) is not a list of weekdays")
        }
    }

    private mutating func readWeekStart(_ value: ArraySlice<UInt8>) throws(ParseError) {
        var reader = TextReader(value)
        guard let weekday = reader.letterPair().flatMap(weekday(of:)), reader.isAtEnd else {
            throw ParseError(part: "WKST", reason: "\(string(value)) is not a weekday")
        }
        fields.weekStart = weekday
    }

    private func weekday(of pair: UInt16) -> RecurrenceRule.Weekday? {
        switch pair {
        case 0x4D4F: .monday
        case 0x5455: .tuesday
        case 0x5745: .wednesday
        case 0x5448: .thursday
        case 0x4652: .friday
        case 0x5341: .saturday
        case 0x5355: .sunday
        default: nil
        }
    }

    private mutating func readFrequency(_ value: ArraySlice<UInt8>) throws(ParseError) {
        let index = RuleParser.frequencyKeys.firstIndex(of: WordKey(value))
        guard let frequency = index.flatMap(RecurrenceRule.Frequency.init) else {
            throw ParseError(part: "FREQ", reason: "there is no \(string(value))")
        }
        fields.frequency = frequency
    }

    private mutating func readUntil(_ value: ArraySlice<UInt8>) throws(ParseError) {
        switch DateValue(value) {
        case .date(let date): fields.end = .until(.date(date))
        case .local(let local): fields.end = .until(.local(local))
        case .instant(let timestamp): fields.end = .until(.instant(timestamp))
        case nil:
            throw ParseError(part: "UNTIL", reason: "\(string(value)) is not a date or date-time")
        }
    }

    private func readCalendar(_ value: ArraySlice<UInt8>) throws(ParseError) {
        guard value.elementsEqual("GREGORIAN".utf8) else {
            throw ParseError(
                part: "RSCALE",
                reason: "the calendar \(string(value)) is not supported"
            )
        }
    }

    private mutating func readSkip(_ value: ArraySlice<UInt8>) throws(ParseError) {
        switch string(value) {
        case "OMIT": fields.skip = .omit
        case "BACKWARD": fields.skip = .backward
        case "FORWARD": fields.skip = .forward
        default: throw ParseError(part: "SKIP", reason: "there is no \(string(value))")
        }
    }
}

/// A word of at most sixteen bytes as numbers, so that it is compared at once.
private struct WordKey: Equatable {
    private var high: UInt64 = 0
    private var low: UInt64 = 0
    private let count: Int

    /// Of longer words only the length and the end count, which no shorter one has.
    init(_ bytes: ArraySlice<UInt8>) {
        count = bytes.count
        for byte in bytes {
            high = high << 8 | low >> 56
            low = low << 8 | UInt64(byte)
        }
    }
}
