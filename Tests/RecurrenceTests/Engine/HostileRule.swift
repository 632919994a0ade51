import Recurrence
import SystemZones
import TestSupport

/// The text of a random set that costs as much as a text can: all parts, extreme values, long
/// lists, few dates that match, exceptions that leave nothing, any year, unusual zones.
struct HostileRule {
    let rule: String
    let exceptionRules: [String]
    let start: LocalDateTime
    let zone: Zone?
    let options: RecurrenceOptions

    /// Zones with gaps of a day, of half an hour and at midnight; with offsets of seconds; with
    /// more than two changes a year; and with a change of the offset for winter instead of summer.
    private static let zoneNames = [
        "Pacific/Apia", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Monrovia",
        "Africa/Casablanca", "Europe/Dublin", "Pacific/Chatham", "Antarctica/Troll",
        "America/New_York", "Asia/Kathmandu", "Pacific/Kwajalein", "Africa/Cairo",
    ]

    private static let intervals = [
        1, 1, 2, 3, 5, 7, 12, 24, 30, 59, 60, 61, 84, 97, 100, 366, 400, 1439, 1441, 3599, 3601,
        8640, 86_399, 86_401, 1_000_003, 31_536_000, 2_147_483_647,
    ]

    init(using generator: inout SplitMix64, zones: SystemZones) throws {
        let first = HostileRule.text(&generator)
        rule = first
        exceptionRules =
            generator.isLucky(oneIn: 6)
            ? (0..<Int.random(in: 1...8, using: &generator)).map { _ in
                generator.isLucky(oneIn: 3) ? first : HostileRule.text(&generator)
            } : []
        let days =
            generator.isLucky(oneIn: 4)
            ? CivilDate.earliest.daysSince1970...CivilDate.latest.daysSince1970 : -36_500...36_500
        start = LocalDateTime(
            CivilDate(daysSince1970: Int.random(in: days, using: &generator)),
            secondOfDay: Int.random(in: 0..<86_400, using: &generator)
        )
        let names = HostileRule.zoneNames
        let name = names[Int.random(in: 0..<names.count, using: &generator)]
        zone = generator.isLucky(oneIn: 6) ? nil : try zones.zone(named: name)
        options = RecurrenceOptions(
            policy: [.wall, .dedupe, .elapsed][Int.random(in: 0..<3, using: &generator)],
            setPositions: generator.isLucky(oneIn: 4) ? .cut : .whole,
            reading: generator.isLucky(oneIn: 4) ? .fill : .table,
            start: generator.isLucky(oneIn: 4) ? .include : .omit
        )
    }

    /// Reads the texts and prepares the set; nothing where it is refused.
    func set() throws -> RecurrenceSet? {
        try? RecurrenceSet(
            start: start,
            zone: zone,
            rules: [try RecurrenceRule(parsing: rule)],
            exceptionRules: try exceptionRules.map { try RecurrenceRule(parsing: $0) },
            options: options
        )
    }

    // MARK: Texts

    private static func text(_ generator: inout SplitMix64) -> String {
        let frequencies = RecurrenceRule.Frequency.allCases
        let frequency = frequencies[Int.random(in: 0..<frequencies.count, using: &generator)]
        let interval = intervals[Int.random(in: 0..<intervals.count, using: &generator)]
        var parts = ["FREQ=\(frequency)".uppercased(), "INTERVAL=\(interval)"]
        parts += end(&generator)
        let head = parts.count
        parts += days(frequency, &generator)
        for (name, end) in [("BYHOUR", 23), ("BYMINUTE", 59), ("BYSECOND", 59)]
        where generator.isLucky(oneIn: 3) {
            parts.append(list(name, generator.numbers(0...end, upTo: some(&generator))))
        }
        if parts.count > head, generator.isLucky(oneIn: 3) {
            let limit = [2, 60, 366][Int.random(in: 0..<3, using: &generator)]
            parts.append(list("BYSETPOS", generator.signedNumbers(limit, upTo: some(&generator))))
        }
        if generator.isLucky(oneIn: 4) {
            parts.append("WKST=\(weekdays[Int.random(in: 0..<7, using: &generator)])")
        }
        if generator.isLucky(oneIn: 5) {
            let skip = Bool.random(using: &generator) ? "FORWARD" : "BACKWARD"
            parts += ["RSCALE=GREGORIAN", "SKIP=\(skip)"]
        }
        return parts.joined(separator: ";")
    }

    private static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    /// One value, a few of them, or as many as there are.
    private static func some(_ generator: inout SplitMix64) -> Int {
        [1, 4, 1000][Int.random(in: 0..<3, using: &generator)]
    }

    private static func list(_ name: String, _ values: [Int]) -> String {
        "\(name)=" + values.map(String.init).joined(separator: ",")
    }

    private static func end(_ generator: inout SplitMix64) -> [String] {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: ["COUNT=2147483647"]
        case 1: ["COUNT=\(Int.random(in: 1...100_000, using: &generator))"]
        case 2: ["UNTIL=99991231T235959Z"]
        case 3: ["UNTIL=00010101"]
        default: []
        }
    }

    private static func days(
        _ frequency: RecurrenceRule.Frequency,
        _ generator: inout SplitMix64
    ) -> [String] {
        var parts: [String] = []
        let isYearly = frequency == .yearly
        if generator.isLucky(oneIn: 4) {
            parts.append(list("BYMONTH", generator.numbers(1...12, upTo: some(&generator))))
        }
        let hasWeeks = isYearly && generator.isLucky(oneIn: 4)
        if hasWeeks {
            parts.append(list("BYWEEKNO", generator.signedNumbers(53, upTo: some(&generator))))
        }
        if isYearly || frequency.rawValue < RecurrenceRule.Frequency.daily.rawValue,
            generator.isLucky(oneIn: 5)
        {
            parts.append(list("BYYEARDAY", generator.signedNumbers(366, upTo: some(&generator))))
        }
        if frequency != .weekly, generator.isLucky(oneIn: 3) {
            parts.append(list("BYMONTHDAY", generator.signedNumbers(31, upTo: some(&generator))))
        }
        if generator.isLucky(oneIn: 3) {
            let takesOrdinals = frequency == .monthly || isYearly && !hasWeeks
            let days = generator.numbers(0...6, upTo: some(&generator)).map { day in
                let isNumbered = takesOrdinals && Bool.random(using: &generator)
                let ordinal = isNumbered ? "\(generator.signedNumbers(53, upTo: 1)[0])" : ""
                return ordinal + weekdays[day]
            }
            parts.append("BYDAY=" + days.joined(separator: ","))
        }
        return parts
    }
}

extension HostileRule: CustomStringConvertible {
    var description: String {
        let lines = ["\(start) \(zone?.identifier ?? "floating") \(options)", rule]
        return (lines + exceptionRules.map { "EXRULE " + $0 }).joined(separator: "\n")
    }
}
