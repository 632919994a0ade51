import Recurrence
import SystemZones
import TestSupport

/// A random set with any rules, dates, exceptions and options, often near a change of the clocks.
struct RandomSet {
    /// Zones, each with a local date-time in a gap: of an hour, of half an hour, at midnight, of a
    /// day.
    private static let gaps: [(zone: String, gap: String)] = [
        ("America/New_York", "20270314T020000"), ("Europe/London", "20260329T010000"),
        ("Australia/Lord_Howe", "20261004T020000"), ("America/Sao_Paulo", "20181104T000000"),
        ("Pacific/Apia", "20111230T000000"), ("Africa/Cairo", "20260424T000000"),
    ]

    let start: LocalDateTime
    let isAllDay: Bool
    let zone: Zone?
    var rules: [RecurrenceRule] = []
    var exceptionRules: [RecurrenceRule] = []
    var dates: [LocalDateTime] = []
    var exceptionDates: [LocalDateTime] = []
    let options: RecurrenceOptions

    init(using generator: inout SplitMix64, zones: SystemZones) throws {
        let (name, gap) = RandomSet.gaps[
            Int.random(in: 0..<RandomSet.gaps.count, using: &generator)
        ]
        zone = generator.isLucky(oneIn: 5) ? nil : try zones.zone(named: name)
        let plain = PlainExpander(using: &generator)
        if let gap = LocalDateTime(gap), Bool.random(using: &generator) {
            let passed = Int64.random(in: -1...96, using: &generator) * 1800
            start = gap.advanced(bySeconds: -passed)
        } else {
            start = plain.start
        }
        isAllDay = generator.isLucky(oneIn: 8)
        options = RecurrenceOptions(
            policy: [.wall, .wall, .dedupe, .elapsed][Int.random(in: 0..<4, using: &generator)],
            setPositions: generator.isLucky(oneIn: 4) ? .cut : .whole,
            reading: generator.isLucky(oneIn: 3) ? .fill : .table,
            start: generator.isLucky(oneIn: 3) ? .include : .omit
        )
        rules = [try rule(plain, &generator)]
        while generator.isLucky(oneIn: 3) {
            rules.append(try rule(PlainExpander(using: &generator), &generator))
        }
        while generator.isLucky(oneIn: 5), exceptionRules.count < 3 {
            exceptionRules.append(try rule(PlainExpander(using: &generator), &generator))
        }
        addDates(&generator)
    }

    /// The set; nothing where its exception rules are refused.
    var set: RecurrenceSet? {
        try? RecurrenceSet(
            start: start,
            isAllDay: isAllDay,
            zone: zone,
            rules: rules,
            exceptionRules: exceptionRules,
            dates: dates,
            exceptionDates: exceptionDates,
            options: options
        )
    }

    private func rule(
        _ plain: PlainExpander,
        _ generator: inout SplitMix64
    ) throws -> RecurrenceRule {
        var text = plain.text
        if generator.isLucky(oneIn: 6) {
            // Only rules of plain steps are read as elapsed time.
            text = "FREQ=\(["HOURLY", "MINUTELY", "SECONDLY"][Int(generator.next() % 3)])"
            text += ";INTERVAL=\(Int.random(in: 1...100, using: &generator))"
        }
        if generator.isLucky(oneIn: 5) {
            text +=
                ";RSCALE=GREGORIAN;SKIP=\(Bool.random(using: &generator) ? "FORWARD" : "BACKWARD")"
        }
        let rule = try RecurrenceRule(parsing: text)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return rule.ending(.count(Int.random(in: 1...60, using: &generator)))
        case 1: return rule.ending(.until(until(of: rule, &generator)))
        default: return rule
        }
    }

    /// An UNTIL in any form, at one of the rule's slots or near it.
    private func until(
        of rule: RecurrenceRule,
        _ generator: inout SplitMix64
    ) -> RecurrenceRule.Until {
        let count = Int.random(in: 1...60, using: &generator)
        let slots = RecurrenceSet(start: start, zone: zone, rule: rule).occurrences().prefix(count)
        let last = Array(slots).last?.recurrenceID ?? start
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: return .date(last.date)
        case 1: return .local(last)
        default: return .instant((zone ?? .utc).timestamp(of: last))
        }
    }

    /// Adds dates: slots of the rules and others, some of them before the start.
    private mutating func addDates(_ generator: inout SplitMix64) {
        guard generator.isLucky(oneIn: 2) else { return }
        let slots = RecurrenceSet(start: start, zone: zone, rules: rules).occurrences().prefix(60)
            .map(\.recurrenceID)
        func date() -> LocalDateTime {
            let slot = slots.randomElement(using: &generator) ?? start
            if Bool.random(using: &generator) { return slot }
            return slot.advanced(bySeconds: Int64.random(in: -96...96, using: &generator) * 1800)
        }
        dates = (0..<Int.random(in: 0...4, using: &generator)).map { _ in date() }
        exceptionDates = (0..<Int.random(in: 0...6, using: &generator)).map { _ in date() }
    }
}
