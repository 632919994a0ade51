/// Reads the parts of a rule's text one after the other.
struct RuleParser {
    typealias ParseError = RecurrenceRule.ParseError

    private static let partKeys = RulePart.allCases.map { WordKey(Array($0.name.utf8)[...]) }

    private static let frequencyKeys = RecurrenceRule.Frequency.allCases.map {
        WordKey(Array($0.name.utf8)[...])
    }

    private var fields = RecurrenceRule(frequency: .yearly)
    private var seen: UInt32 = 0

    private func has(_ part: RulePart) -> Bool { seen >> UInt32(part.rawValue) & 1 == 1 }

    mutating func read(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) throws(ParseError) {
        let index = RuleParser.partKeys.firstIndex(of: WordKey(name))
        guard let part = index.flatMap(RulePart.init) else {
            guard !name.isEmpty else {
                throw ParseError(part: "RRULE", reason: "=\(string(value)) has no name before it")
            }
            throw ParseError(part: string(name), reason: "there is no such part")
        }
        if has(part) { throw part.error("it is there twice") }
        if value.isEmpty { throw part.error("it has no value") }
        seen |= 1 << UInt32(part.rawValue)
        switch part {
        case .rscale: try readCalendar(value)
        case .frequency: try readFrequency(value)
        case .interval: try readNumber(value, into: .interval)
        case .count: try readNumber(value, into: .count)
        case .until: try readUntil(value)
        case .months: try readNumbers(value, into: .months)
        case .weekNumbers: try readNumbers(value, into: .weekNumbers)
        case .yearDays: try readNumbers(value, into: .yearDays)
        case .monthDays: try readNumbers(value, into: .monthDays)
        case .weekdays: try readWeekdays(value)
        case .hours: try readNumbers(value, into: .hours)
        case .minutes: try readNumbers(value, into: .minutes)
        case .seconds: try readNumbers(value, into: .seconds)
        case .setPositions: try readNumbers(value, into: .setPositions)
        case .weekStart: try readWeekStart(value)
        case .skip: try readSkip(value)
        }
    }

    /// Refuses parts that must not stand together, and returns the rule.
    mutating func rule() throws(ParseError) -> RecurrenceRule {
        guard has(.frequency) else { throw RulePart.frequency.error("it is missing") }
        if has(.count), has(.until) { throw RulePart.until.error("it cannot go with COUNT") }
        try fields.finish()
        if has(.skip), !has(.rscale) { throw RulePart.skip.error("it needs RSCALE") }
        return fields
    }

    // MARK: Values

    private mutating func readNumber(
        _ value: ArraySlice<UInt8>,
        into numbers: NumberPart
    ) throws(ParseError) {
        var reader = TextReader(value)
        guard let number = reader.number(), reader.isAtEnd else {
            throw numbers.range.error(of: numbers.part, value)
                ?? numbers.part.error("\(string(value)) is not a number")
        }
        try fields.insert(number, into: numbers)
    }

    private mutating func readNumbers(
        _ value: ArraySlice<UInt8>,
        into numbers: NumberPart
    ) throws(ParseError) {
        var reader = TextReader(value)
        repeat {
            let next = numbers.range.isSigned ? reader.signedNumber() : reader.number()
            guard let number = next else { throw notNumbers(value, numbers) }
            try fields.insert(number, into: numbers)
        } while reader.skip(",")
        if !reader.isAtEnd { throw notNumbers(value, numbers) }
    }

    private func notNumbers(_ value: ArraySlice<UInt8>, _ numbers: NumberPart) -> ParseError {
        let (part, range) = (numbers.part, numbers.range)
        let values = value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        let error = values.lazy.compactMap { range.error(of: part, $0) }.first
        return error ?? part.error("\(string(value)) is not a list of numbers")
    }

    private mutating func readWeekdays(_ value: ArraySlice<UInt8>) throws(ParseError) {
        let error = { RulePart.weekdays.error("\(string(value)) is not a list of weekdays") }
        var reader = TextReader(value)
        repeat {
            let isNumbered = !(65...90).contains(reader.next)
            let ordinal = isNumbered ? reader.signedNumber() : 0
            guard let ordinal, let weekday = reader.letterPair().flatMap(weekday(of:)) else {
                throw error()
            }
            try fields.insert(isNumbered ? .nth(ordinal, weekday) : .every(weekday))
        } while reader.skip(",")
        if !reader.isAtEnd { throw error() }
    }

    private mutating func readWeekStart(_ value: ArraySlice<UInt8>) throws(ParseError) {
        var reader = TextReader(value)
        guard let weekday = reader.letterPair().flatMap(weekday(of:)), reader.isAtEnd else {
            throw RulePart.weekStart.error("\(string(value)) is not a weekday")
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
            throw RulePart.frequency.error("there is no \(string(value))")
        }
        fields.frequency = frequency
    }

    private mutating func readUntil(_ value: ArraySlice<UInt8>) throws(ParseError) {
        switch CalendarText(value, in: .compact, allowing: .iCalendar) {
        case .date(let date): fields.end = .until(.date(date))
        case .local(let local, _): fields.end = .until(.local(local))
        case .instant(let timestamp): fields.end = .until(.instant(timestamp))
        case nil:
            throw RulePart.until.error("\(string(value)) is not a date or date-time")
        }
    }

    private func readCalendar(_ value: ArraySlice<UInt8>) throws(ParseError) {
        guard value.elementsEqual("GREGORIAN".utf8) else {
            throw RulePart.rscale.error("the calendar \(string(value)) is not supported")
        }
    }

    private mutating func readSkip(_ value: ArraySlice<UInt8>) throws(ParseError) {
        switch string(value) {
        case "OMIT": fields.skip = .omit
        case "BACKWARD": fields.skip = .backward
        case "FORWARD": fields.skip = .forward
        default: throw RulePart.skip.error("there is no \(string(value))")
        }
    }
}

/// A word of at most sixteen bytes as two numbers, which are quick to compare.
private struct WordKey: Equatable {
    private var high: UInt64 = 0
    private var low: UInt64 = 0
    private let count: Int

    /// Of a longer word, only the length and the last sixteen bytes are kept.
    ///
    /// It is never equal to a shorter word, since the length differs.
    init(_ bytes: ArraySlice<UInt8>) {
        count = bytes.count
        for byte in bytes {
            high = high << 8 | low >> 56
            low = low << 8 | UInt64(byte)
        }
    }
}
