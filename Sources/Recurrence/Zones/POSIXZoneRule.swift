/// The rule that a TZif file's footer gives for the time after its last transition (RFC 9636,
/// section 3.3.1), such as `EST5EDT,M3.2.0,M11.1.0`.
struct POSIXZoneRule {
    /// Seconds east of UTC.
    let standardOffset: Int64
    private let daylight: Daylight?

    private struct Daylight {
        let offset: Int64
        let start: Change
        let end: Change
    }

    /// When the clocks change, as the clocks show it before the change.
    private struct Change {
        enum Day {
            /// 1 to 365; February 29th is never counted.
            case julian(Int)
            /// 0 to 365.
            case ofYear(Int)
            /// The month 1 to 12, the week 1 to 5 (the last), the weekday from 0, Sunday.
            case weekday(month: Int, week: Int, weekday: Int)
        }

        let day: Day
        /// Seconds from midnight; at most a week before or after it.
        let second: Int
    }

    var hasDaylightTime: Bool { daylight != nil }

    init?(_ text: ArraySlice<UInt8>) {
        var reader = TextReader(text)
        guard POSIXZoneRule.skipName(&reader),
            let standard = POSIXZoneRule.time(&reader, hourLimit: 24)
        else { return nil }
        standardOffset = Int64(-standard)
        if reader.isAtEnd {
            daylight = nil
            return
        }
        guard POSIXZoneRule.skipName(&reader) else { return nil }
        var offset = standardOffset + 3600
        if reader.next != UInt8(ascii: ",") {
            guard let time = POSIXZoneRule.time(&reader, hourLimit: 24) else { return nil }
            offset = Int64(-time)
        }
        guard let start = POSIXZoneRule.change(&reader), let end = POSIXZoneRule.change(&reader),
            reader.isAtEnd
        else { return nil }
        daylight = Daylight(offset: offset, start: start, end: end)
    }

    /// The changes of a year, ascending.
    func changes(in year: Int) -> [(utc: Int64, offset: Int64)] {
        guard let daylight else { return [] }
        let shape = YearShape(year)
        let start = POSIXZoneRule.second(of: daylight.start, shape) - standardOffset
        let end = POSIXZoneRule.second(of: daylight.end, shape) - daylight.offset
        let changes = [(utc: start, offset: daylight.offset), (utc: end, offset: standardOffset)]
        return start <= end ? changes : changes.reversed()
    }

    private static func second(of change: Change, _ shape: YearShape) -> Int64 {
        let day: Int
        switch change.day {
        case .julian(let number): day = number - 1 + (shape.isLeap && number >= 60 ? 1 : 0)
        case .ofYear(let number): day = number
        case .weekday(let month, let week, let weekday):
            let first = shape.dayCount(beforeMonth: month - 1)
            let end = shape.dayCount(beforeMonth: month)
            // POSIX counts weekdays from Sunday.
            let firstWeekday = shape.firstWeekday + first + 1
            let candidate = first + (weekday - firstWeekday).modulo(7) + (week - 1) * 7
            day = candidate < end ? candidate : candidate - 7
        }
        return Int64(shape.firstDay + day) * 86_400 + Int64(change.second)
    }

    private static func skipName(_ reader: inout TextReader) -> Bool {
        let isQuoted = reader.skip("<")
        var count = 0
        while isName(reader.next, isQuoted: isQuoted) {
            reader.skipByte()
            count += 1
        }
        return count >= 3 && (!isQuoted || reader.skip(">"))
    }

    private static func isName(_ byte: UInt8, isQuoted: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"): isQuoted
        default: false
        }
    }

    /// Reads `[+|-]hh[:mm[:ss]]`, in seconds.
    private static func time(_ reader: inout TextReader, hourLimit: Int) -> Int? {
        let isNegative = reader.skip("-")
        if !isNegative { _ = reader.skip("+") }
        guard let hours = reader.number(), hours <= hourLimit else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] {
            guard reader.skip(":") else { break }
            guard let count = reader.number(), count < 60 else { return nil }
            seconds += count * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// Reads `,date[/time]`.
    private static func change(_ reader: inout TextReader) -> Change? {
        guard reader.skip(","), let day = day(&reader) else { return nil }
        guard reader.skip("/") else { return Change(day: day, second: 7200) }
        return time(&reader, hourLimit: 167).map { Change(day: day, second: $0) }
    }

    private static func day(_ reader: inout TextReader) -> Change.Day? {
        if reader.skip("J") {
            return reader.number().flatMap { (1...365).contains($0) ? .julian($0) : nil }
        }
        if reader.skip("M") {
            guard let month = reader.number(), (1...12).contains(month), reader.skip("."),
                let week = reader.number(), (1...5).contains(week), reader.skip("."),
                let weekday = reader.number(), weekday <= 6
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
        return reader.number().flatMap { $0 <= 365 ? .ofYear($0) : nil }
    }
}
