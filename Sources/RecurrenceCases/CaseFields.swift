import JSON
import Recurrence

/// Reads a case's fields, each as what it must be.
struct CaseFields {
    private let json: JSONObject

    init(_ json: JSONObject) {
        self.json = json
    }

    private func value(_ key: String) -> JSONValue? {
        let value = json[key]
        return value == .null ? nil : value
    }

    func integer(_ key: String) throws(CaseError) -> Int? {
        guard let value = value(key) else { return nil }
        guard case .integer(let integer) = value else {
            throw CaseError(part: key, reason: "it is not a number")
        }
        return Int(integer)
    }

    func bool(_ key: String) throws(CaseError) -> Bool? {
        guard let value = value(key) else { return nil }
        guard case .bool(let bool) = value else {
            throw CaseError(part: key, reason: "it is neither true nor false")
        }
        return bool
    }

    func string(_ key: String) throws(CaseError) -> String? {
        guard let value = value(key) else { return nil }
        guard case .string(let string) = value else {
            throw CaseError(part: key, reason: "it is not a string")
        }
        return string
    }

    private func strings(_ key: String) throws(CaseError) -> [String] {
        guard let value = value(key) else { return [] }
        guard case .array(let values) = value else {
            throw CaseError(part: key, reason: "it is not a list")
        }
        var strings: [String] = []
        for value in values {
            guard case .string(let string) = value else {
                throw CaseError(part: key, reason: "it is not a list of strings")
            }
            strings.append(string)
        }
        return strings
    }

    func slice() throws(CaseError) -> (from: Int?, to: Int?, step: Int) {
        guard case .array(let values) = value("slice"), values.count == 3 else {
            throw CaseError(part: "slice", reason: "it is not a list of three")
        }
        var numbers: [Int?] = []
        for value in values {
            switch value {
            case .integer(let integer): numbers.append(Int(integer))
            case .null: numbers.append(nil)
            default: throw CaseError(part: "slice", reason: "it is not a list of numbers")
            }
        }
        let step = numbers[2] ?? 1
        guard step != 0 else { throw CaseError(part: "slice", reason: "its step is zero") }
        guard (-1_000_000...1_000_000).contains(step) else {
            throw CaseError(part: "slice", reason: "its step is out of range")
        }
        return (numbers[0], numbers[1], step)
    }

    // MARK: Sets

    func set(_ zones: some ZoneSource) throws(CaseError) -> RecurrenceSet {
        guard let value = try string("dtstart").flatMap(CaseTime.init) else {
            throw CaseError(part: "dtstart", reason: "it is not a date or date-time")
        }
        var zone: Zone?
        if let identifier = try string("tzid") {
            do throws(UnknownZone) {
                zone = try identifier == "UTC" ? .utc : zones.zone(named: identifier)
            } catch {
                throw CaseError(part: "tzid", reason: "there is no zone \(identifier.prefix(64))")
            }
        }
        if value.offset != nil, zone == nil { zone = .utc }
        let start = value.local(in: zone)
        let rules = try rules("rrule")
        let exceptionRules = try self.rules("exrule")
        let dates = try dates("rdate", zone)
        let exceptionDates = try self.dates("exdate", zone)
        let options = try options()
        do throws(RecurrenceSet.ParseError) {
            return try RecurrenceSet(
                start: start,
                isAllDay: value.isDate,
                zone: zone,
                rules: rules,
                exceptionRules: exceptionRules,
                dates: dates,
                exceptionDates: exceptionDates,
                options: options
            )
        } catch {
            throw CaseError(part: error.part, reason: error.reason)
        }
    }

    private func rules(_ key: String) throws(CaseError) -> [RecurrenceRule] {
        var rules: [RecurrenceRule] = []
        for text in try strings(key) {
            do throws(RecurrenceRule.ParseError) {
                rules.append(try RecurrenceRule(parsing: text))
            } catch {
                throw CaseError(part: error.part, reason: error.reason)
            }
        }
        return rules
    }

    private func dates(_ key: String, _ zone: Zone?) throws(CaseError) -> [LocalDateTime] {
        var dates: [LocalDateTime] = []
        for text in try strings(key) {
            guard let time = CaseTime(text) else {
                throw CaseError(part: key, reason: "\(text.prefix(64)) is not a date or date-time")
            }
            dates.append(time.local(in: zone))
        }
        return dates
    }

    func timestamp(_ key: String, _ set: RecurrenceSet) throws(CaseError) -> Timestamp {
        guard let text = try string(key), let time = CaseTime(text) else {
            throw CaseError(part: key, reason: "it is not a date or date-time")
        }
        return time.timestamp(in: set.zone)
    }

    private func options() throws(CaseError) -> RecurrenceOptions {
        RecurrenceOptions(
            policy: try choice("policy", ["wall": .wall, "dedupe": .dedupe, "elapsed": .elapsed])
                ?? .wall,
            setPositions: try choice("setpos", ["whole": .whole, "cut": .cut]) ?? .whole,
            reading: try choice("reading", ["table": .table, "fill": .fill]) ?? .table,
            start: try choice("start", ["omit": .omit, "include": .include]) ?? .omit
        )
    }

    private func choice<Choice>(
        _ key: String,
        _ choices: KeyValuePairs<String, Choice>
    ) throws(CaseError) -> Choice? {
        guard let name = try string(key) else { return nil }
        guard let choice = choices.first(where: { $0.key == name }) else {
            let names = choices.map(\.key).joined(separator: ", ")
            throw CaseError(part: key, reason: "it is none of \(names)")
        }
        return choice.value
    }
}

/// A date or date-time of a case: `19970902`, or `19970902T090000` with nothing, `Z` or an offset.
struct CaseTime {
    private let seconds: Int64
    let isDate: Bool
    /// Seconds east of UTC.
    let offset: Int64?

    init?(_ text: String) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            return bytes[range].reduce(into: 0 as Int?) { number, byte in
                let isDigit = (48...57).contains(byte)
                number = number.flatMap { isDigit ? $0 * 10 + Int(byte) - 48 : nil }
            }
        }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8) else {
            return nil
        }
        isDate = bytes.count == 8
        guard !isDate else {
            guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
            (seconds, offset) = (LocalDateTime(date).secondsSince1970, nil)
            return
        }
        guard bytes.count >= 15, bytes[8] == UInt8(ascii: "T"), let hour = number(9..<11),
            let minute = number(11..<13), let second = number(13..<15),
            let local = LocalDateTime(
                year: year,
                month: month,
                day: day,
                hour: hour,
                minute: minute,
                second: second
            )
        else { return nil }
        seconds = local.secondsSince1970
        switch (bytes.count, bytes.count > 15 ? bytes[15] : 0) {
        case (15, _): offset = nil
        case (16, UInt8(ascii: "Z")): offset = 0
        case (20, UInt8(ascii: "+")), (20, UInt8(ascii: "-")):
            guard let hours = number(16..<18), let minutes = number(18..<20) else { return nil }
            let distance = Int64(hours * 3600 + minutes * 60)
            offset = bytes[15] == UInt8(ascii: "-") ? -distance : distance
        default: return nil
        }
    }

    func timestamp(in zone: Zone?) -> Timestamp {
        if let offset { return Timestamp(seconds: seconds - offset) }
        return (zone ?? .utc).timestamp(of: LocalDateTime(secondsSince1970: seconds))
    }

    func local(in zone: Zone?) -> LocalDateTime {
        guard offset != nil else { return LocalDateTime(secondsSince1970: seconds) }
        return (zone ?? .utc).localDateTime(at: timestamp(in: zone))
    }
}
