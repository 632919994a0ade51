/// The parts of a rule, in the order in which the checks report them.
enum RulePart: Int, CaseIterable {
    case rscale, frequency, interval, count, until, months, weekNumbers, yearDays, monthDays
    case weekdays, hours, minutes, seconds, setPositions, weekStart, skip

    /// The name in a rule's text.
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

    /// What is wrong with this part.
    func error(_ reason: String) -> RecurrenceRule.ParseError {
        RecurrenceRule.ParseError(part: name, reason: reason)
    }
}

/// A part whose values are numbers: which numbers it may have (RFC 5545, section 3.3.10), and where
/// they are kept.
struct NumberPart {
    typealias Insertion = (inout RecurrenceRule, Int) -> Void

    let part: RulePart
    let range: NumberRange
    /// Keeps one number of the range; once all are kept, `RecurrenceRule.finish()` sorts them.
    let insert: Insertion

    private init(_ part: RulePart, _ range: NumberRange, insert: @escaping Insertion) {
        self.part = part
        self.range = range
        self.insert = insert
    }

    static var interval: NumberPart {
        NumberPart(.interval, .from(1, to: RecurrenceRule.numberLimit)) { $0.interval = $1 }
    }
    static var count: NumberPart {
        NumberPart(.count, .from(1, to: RecurrenceRule.numberLimit)) { $0.end = .count($1) }
    }
    static var months: NumberPart {
        NumberPart(.months, .from(1, to: 12)) { $0.months |= 1 << UInt16($1 - 1) }
    }
    static var weekNumbers: NumberPart {
        NumberPart(.weekNumbers, .fromEitherEnd(53)) { $0.weekNumbers.insert($1) }
    }
    static var yearDays: NumberPart {
        NumberPart(.yearDays, .fromEitherEnd(366)) { $0.yearDays.append($1) }
    }
    static var monthDays: NumberPart {
        NumberPart(.monthDays, .fromEitherEnd(31)) { $0.monthDays.insert($1) }
    }
    static var hours: NumberPart {
        NumberPart(.hours, .from(0, to: 23)) { $0.hours |= 1 << UInt32($1) }
    }
    static var minutes: NumberPart {
        NumberPart(.minutes, .from(0, to: 59)) { $0.minutes |= 1 << UInt64($1) }
    }
    /// A leap second is taken for the second before it (section 3.3.12).
    static var seconds: NumberPart {
        NumberPart(.seconds, .from(0, to: 60)) { $0.seconds |= 1 << UInt64(min($1, 59)) }
    }
    static var setPositions: NumberPart {
        NumberPart(.setPositions, .fromEitherEnd(366)) { $0.setPositions.append($1) }
    }
}

/// The numbers that a part may have.
enum NumberRange {
    /// From a number to another, none of them negative.
    case from(Int, to: Int)
    /// From 1 to a number, and from -1, the last, to its negative.
    case fromEitherEnd(Int)

    /// The numbers of the weekdays of a month or a year.
    static let ordinals = fromEitherEnd(53)

    var isSigned: Bool {
        switch self {
        case .from: false
        case .fromEitherEnd: true
        }
    }

    /// Refuses a number that the part may not have.
    func check(_ number: Int, of part: RulePart) throws(RecurrenceRule.ParseError) {
        switch self {
        case .from(let first, let last):
            guard (first...last).contains(number) else { throw error(of: part, "\(number)") }
        case .fromEitherEnd(let limit):
            guard number != 0, (-limit...limit).contains(number) else {
                throw error(of: part, "\(number)")
            }
        }
    }

    /// The error for a text that could not be read, if it is a number that is out of the range.
    func error(of part: RulePart, _ text: ArraySlice<UInt8>) -> RecurrenceRule.ParseError? {
        let isNegative = text.first == UInt8(ascii: "-")
        let digits = isNegative ? text.dropFirst() : text
        guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }),
            isNegative && !isSigned || digits.count > 10
        else { return nil }
        return error(of: part, string(text))
    }

    private func error(of part: RulePart, _ number: String) -> RecurrenceRule.ParseError {
        switch self {
        case .from(let first, let last):
            part.error("\(number) is not between \(first) and \(last)")
        case .fromEitherEnd(let limit):
            part.error("\(number) is not between 1 and \(limit) or -1 and -\(limit)")
        }
    }
}
