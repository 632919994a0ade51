import Foundation
import Recurrence
import SystemZones
import TestSupport
import Testing

/// Rules in the system's zones, compared with their local slots, each of which is resolved alone.
///
/// If `PERENNIAL_ALL_ZONES` is set, all zones are taken instead of every seventh.
struct ZoneSweepTests {
    private static let zones = SystemZones()

    private static let names: [String] = {
        let all = TimeZone.knownTimeZoneIdentifiers.sorted()
        let isWhole = ProcessInfo.processInfo.environment["PERENNIAL_ALL_ZONES"] != nil
        return stride(from: 0, to: all.count, by: isWhole ? 1 : 7).map { all[$0] }
    }()

    private static let rules = ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SU", "FREQ=HOURLY"]

    @Test func `rules across every change of the clocks yield what each slot resolves to`() throws {
        var changeCount = 0
        for name in ZoneSweepTests.names {
            guard let zone = try? ZoneSweepTests.zones.zone(named: name) else { continue }
            for change in ZoneSweepTests.changes(of: zone) {
                changeCount += 1
                for text in ZoneSweepTests.rules { try check(zone, change, text) }
            }
        }
        report("\(ZoneSweepTests.names.count) zones, \(changeCount) changes of clocks")
        #expect(changeCount > 1000)
    }

    /// The point in time of a local date-time, computed only from the offsets that hold in UTC.
    ///
    /// It is the first at which the clocks show it. Where they skip it, the offset before the gap
    /// holds.
    private static func resolve(_ local: LocalDateTime, in zone: Zone) -> Timestamp {
        let seconds = local.secondsSince1970
        let offsets = [-129_600, 129_600].map { shift in
            Int64(zone.offset(at: Timestamp(seconds: seconds + shift)))
        }
        let shown = offsets.map { Timestamp(seconds: seconds - $0) }.filter { timestamp in
            timestamp.seconds + Int64(zone.offset(at: timestamp)) == seconds
        }
        return shown.min() ?? Timestamp(seconds: seconds - offsets[0])
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `a random rule in a zone yields the instants of its plain slots`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let plain = PlainExpander(using: &generator)
            let name = ZoneSweepTests.names[
                Int.random(in: 0..<ZoneSweepTests.names.count, using: &generator)
            ]
            guard let zone = try? ZoneSweepTests.zones.zone(named: name) else { continue }
            let includesStart = Bool.random(using: &generator)
            let isDeduped = Bool.random(using: &generator)
            var slots = plain.slots(dayCount: plain.dayCount, limit: 60)
                .map { LocalDateTime(secondsSince1970: Int64($0)) }
            if includesStart, slots.first != plain.start { slots.insert(plain.start, at: 0) }
            var expected = slots.map {
                Occurrence(recurrenceID: $0, timestamp: zone.timestamp(of: $0))
            }
            if isDeduped {
                var seen: Set<Timestamp> = []
                expected = expected.filter { seen.insert($0.timestamp).inserted }
            }
            var options = plain.options
            options.policy = isDeduped ? .dedupe : .wall
            options.start = includesStart ? .include : .omit
            let set = RecurrenceSet(
                start: plain.start,
                zone: zone,
                rule: try RecurrenceRule(parsing: plain.text),
                options: options
            )
            let found = Array(set.occurrences().prefix(expected.count))
            #expect(found == expected, "\(name) \(plain.start) \(plain.text) \(options)")
        }
    }

    /// When a zone's offset changes between 2000 and 2037.
    private static func changes(of zone: Zone) -> [Timestamp] {
        let fortnight = 14 * 86_400
        var changes: [Timestamp] = []
        for seconds in stride(from: 946_684_800 as Int64, to: 2_145_916_800, by: fortnight) {
            var (low, high) = (seconds, seconds + Int64(fortnight))
            let offset = zone.offset(at: Timestamp(seconds: low))
            if zone.offset(at: Timestamp(seconds: high)) == offset { continue }
            while high - low > 1 {
                let middle = (low + high) / 2
                if zone.offset(at: Timestamp(seconds: middle)) == offset {
                    low = middle
                } else {
                    high = middle
                }
            }
            changes.append(Timestamp(seconds: high))
        }
        return changes
    }

    private func check(_ zone: Zone, _ change: Timestamp, _ text: String) throws {
        let local = zone.localDateTime(at: change)
        let distance: Int64 = text.contains("HOURLY") ? 3600 : text.contains("DAILY") ? 86_400 : 0
        let day = text.contains("WEEKLY") ? 7 * 86_400 : distance
        // The change's own minute is what a gap skips or an overlap repeats.
        let first = local.advanced(bySeconds: -5 * day - 1800)
        let set = RecurrenceSet(start: first, zone: zone, rule: try RecurrenceRule(parsing: text))
        let found = Array(set.occurrences().prefix(10))
        var slot = first
        if text.contains("WEEKLY") {
            while (slot.date.daysSince1970 + 3) % 7 != 6 { slot = slot.advanced(bySeconds: 86_400) }
        }
        for occurrence in found {
            let name = "\(zone.identifier) \(text) \(slot)"
            #expect(occurrence.recurrenceID == slot, "\(name)")
            #expect(occurrence.timestamp == ZoneSweepTests.resolve(slot, in: zone), "\(name)")
            slot = slot.advanced(bySeconds: day)
        }
        #expect(
            set.previous(before: change)?.timestamp
                == found.map(\.timestamp).filter { $0 < change }.max()
        )
        #expect(
            set.next(after: change)?.timestamp
                == found.map(\.timestamp).filter { $0 > change }.min()
        )
    }
}
