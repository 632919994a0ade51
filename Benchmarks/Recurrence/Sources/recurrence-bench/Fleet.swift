import Recurrence
import SystemZones

/// Many recurring tasks as a server has them: all different, with starts over ten years, in six
/// zones.
struct Fleet {
    private let zones: [Zone]

    private static let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    init(_ source: SystemZones) throws {
        zones = try [
            "America/New_York", "Europe/Berlin", "America/Los_Angeles", "Asia/Tokyo",
            "Australia/Sydney", "Europe/London",
        ].map(source.zone)
    }

    /// The set with a number; reads the rule's text.
    func set(_ number: Int) throws -> RecurrenceSet {
        RecurrenceSet(
            // One starts every 2,803 seconds, so that all times of day and all days of the year
            // occur.
            start: Bench.start.advanced(bySeconds: Int64(number % 112_000) * 2803),
            zone: zones[number % zones.count],
            rule: try RecurrenceRule(parsing: Fleet.rule(number / zones.count))
        )
    }

    /// The first occurrence after 2026-06-15T12:00:00Z.
    func next(of set: RecurrenceSet) -> Occurrence? {
        set.next(after: Timestamp(seconds: 1_781_524_800))
    }

    private static func rule(_ number: Int) -> String {
        let interval = number % 4 + 1
        let day = days[number % 7]
        return switch number % 12 {
        case 0, 1, 2: "FREQ=WEEKLY;INTERVAL=\(interval);BYDAY=\(day)"
        case 3: "FREQ=WEEKLY;BYDAY=MO,WE,FR"
        case 4, 5: "FREQ=DAILY;INTERVAL=\(interval)"
        case 6: "FREQ=MONTHLY;BYMONTHDAY=\(number % 31 + 1)"
        case 7: "FREQ=MONTHLY;BYDAY=-1\(day)"
        case 8: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-\(interval)"
        case 9: "FREQ=YEARLY"
        case 10: "FREQ=YEARLY;BYWEEKNO=\(number % 52 + 1);BYDAY=\(day)"
        default: "FREQ=HOURLY;INTERVAL=\(interval + 3);BYDAY=MO,TU,WE,TH,FR"
        }
    }
}
