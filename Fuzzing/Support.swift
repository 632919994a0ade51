import Glibc
import Recurrence
import SystemZones

let zones = SystemZones()

/// The system's zones, and one that a calendar defined.
struct OneMore: ZoneSource {
    let zone: Zone?

    func zone(named identifier: String) throws(UnknownZone) -> Zone {
        if let zone, zone.identifier == identifier { return zone }
        return try zones.zone(named: identifier)
    }
}

/// Ends the process where a condition is false; the fuzzer then keeps the input.
func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
    guard !condition else { return }
    print("Not so: \(message())")
    fflush(nil)
    abort()
}

/// The options that the last byte of an input chooses.
func options(_ bytes: UnsafeBufferPointer<UInt8>) -> RecurrenceOptions {
    let choice = Int(bytes.last ?? 0)
    return RecurrenceOptions(
        policy: [.wall, .dedupe, .elapsed][choice / 8 % 3],
        setPositions: choice & 1 == 0 ? .whole : .cut,
        reading: choice & 2 == 0 ? .table : .fill,
        start: choice & 4 == 0 ? .omit : .include
    )
}

/// A set's first occurrences, with which its other answers are compared.
struct Beginning {
    private let set: RecurrenceSet
    private let occurrences: [Occurrence]
    private let isComplete: Bool

    private static let limit = 50

    init(_ set: RecurrenceSet) {
        self.set = set
        let found = Array(set.occurrences().prefix(Beginning.limit + 1))
        occurrences = Array(found.prefix(Beginning.limit))
        isComplete = found.count <= Beginning.limit
    }

    func check() {
        checkOrder()
        for (place, occurrence) in occurrences.enumerated() {
            expect(set.occurrence(at: place) == occurrence, "\(set)\noccurrence at \(place)")
            expect(set.contains(occurrence.recurrenceID), "\(set)\ncontains number \(place)")
            checkNeighbours(of: occurrence.timestamp)
        }
        checkCounts()
    }

    private func checkOrder() {
        for (one, next) in zip(occurrences, occurrences.dropFirst()) {
            let isLater = set.options.policy == .elapsed && one.timestamp < next.timestamp
            expect(one.recurrenceID < next.recurrenceID || isLater, "\(set)\n\(next) rises")
        }
        expect(set.isEmpty == occurrences.isEmpty, "\(set)\nis empty")
        var places: [LocalDateTime: Int] = [:]
        for (place, occurrence) in occurrences.enumerated() {
            // Where clocks show a time twice, steps of elapsed time may yield the same slot twice.
            let first = places[occurrence.recurrenceID] ?? place
            places[occurrence.recurrenceID] = first
            let ordinal = set.ordinal(of: occurrence.recurrenceID)
            expect(ordinal == first, "\(set)\nplace of number \(place)")
        }
    }

    private func checkNeighbours(of timestamp: Timestamp) {
        // Only well before the end of the list are all neighbours of a slot surely in the list.
        let at = "\(LocalDateTime(secondsSince1970: timestamp.seconds))Z"
        let next = set.next(after: timestamp)
        let later = timestamps.filter { $0 > timestamp }.min()
        if isComplete {
            expect(next?.timestamp == later, "\(set)\nnext after \(at)")
        } else if let later {
            expect(next.map { $0.timestamp <= later } ?? false, "\(set)\nnext after \(at)")
        }
        let previous = set.previous(before: timestamp)
        let earlier = timestamps.filter { $0 < timestamp }.max()
        if isComplete || timestamp < sureEnd {
            expect(previous?.timestamp == earlier, "\(set)\nprevious before \(at)")
            expect(isComplete || next?.timestamp == later, "\(set)\nnext after \(at)")
        }
        expect(
            set.next(after: timestamp, inclusive: true)?.timestamp == timestamp,
            "\(set)\nnext at \(at)"
        )
        expect(
            set.previous(before: timestamp, inclusive: true)?.timestamp == timestamp,
            "\(set)\nprevious at \(at)"
        )
    }

    private func checkCounts() {
        expect(
            set.count(upTo: Beginning.limit + 1) == occurrences.count + (isComplete ? 0 : 1),
            "\(set)\ncount"
        )
        guard let first = timestamps.min() else { return }
        for end in timestamps where isComplete || end < sureEnd {
            let inside = timestamps.filter { (first..<end).contains($0) }
            let name = "until \(LocalDateTime(secondsSince1970: end.seconds))Z"
            expect(set.count(in: first..<end) == inside.count, "\(set)\ncount \(name)")
            let listed = set.occurrences(in: first..<end).prefix(Beginning.limit)
            expect(listed.map(\.timestamp) == inside, "\(set)\noccurrences \(name)")
        }
    }

    private var timestamps: [Timestamp] { occurrences.map(\.timestamp) }

    /// No occurrence before this time is missing: clocks always skip less than two days.
    private var sureEnd: Timestamp {
        let last = occurrences.last?.timestamp.microseconds ?? 0
        return Timestamp(microseconds: last - 2 * 86_400_000_000)
    }
}
