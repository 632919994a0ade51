import Recurrence
import Tasks

/// How many requests of each location were admitted in the time just past.
///
/// The time is counted in 32 parts. A request counts until all of its part is a whole length ago,
/// so no length of time ever has more requests than the limit, and a request counts for a 32nd too
/// long at most. A location takes some 600 bytes at most, whatever the limit.
struct SlidingWindow {
    private static let partCount: Int64 = 32

    /// Microseconds.
    private let partLength: Int64
    /// How many requests of a location are admitted, 0 for any number.
    private let admissionLimit: Int
    private let locationLimit: Int
    private var records: [LocationID: Record] = [:]

    private struct Record {
        /// The parts in which requests were admitted, the earliest first.
        private(set) var parts: [(index: Int64, count: Int)] = []
        private(set) var count = 0

        /// Counts a request; one that was overtaken counts with the one that overtook it.
        mutating func add(at index: Int64) {
            count += 1
            if let last = parts.last, last.index >= index {
                parts[parts.count - 1].count += 1
            } else {
                parts.append((index, 1))
            }
        }

        /// Forgets what is a whole length ago, or ahead because the clock was set back.
        mutating func forget(notWithin indices: ClosedRange<Int64>) {
            guard let first = parts.first, let last = parts.last,
                !indices.contains(first.index) || !indices.contains(last.index)
            else { return }
            parts.removeAll { !indices.contains($0.index) }
            count = parts.reduce(0) { $0 + $1.count }
        }
    }

    init(length: Duration, admissionLimit: Int, locationLimit: Int) {
        let length = Timestamp(microseconds: 0).advanced(by: length).microseconds
        partLength = (length - 1) / Self.partCount + 1
        self.admissionLimit = admissionLimit
        self.locationLimit = locationLimit
    }

    /// How a location stands; what does not count any more is forgotten.
    mutating func standing(of locationID: LocationID, at now: Timestamp) -> RateStanding {
        guard admissionLimit > 0 else { return RateStanding() }
        guard let place = records.index(forKey: locationID) else {
            return RateStanding(remaining: admissionLimit)
        }
        records.values[place].forget(notWithin: indices(around: now))
        let remaining = admissionLimit - records.values[place].count
        guard remaining == 0, let first = records.values[place].parts.first else {
            return RateStanding(remaining: remaining)
        }
        let reopening = (first.index + Self.partCount + 1) * partLength
        return RateStanding(remaining: 0, reopening: Timestamp(microseconds: reopening))
    }

    mutating func count(_ locationID: LocationID, at now: Timestamp) {
        guard admissionLimit > 0 else { return }
        if records.count >= locationLimit, records[locationID] == nil { makeRoom(at: now) }
        let index = index(of: now)
        records[locationID, default: Record()].add(at: index)
    }

    private mutating func makeRoom(at now: Timestamp) {
        let indices = indices(around: now)
        records = records.filter { indices.contains($0.value.parts.last?.index ?? .min) }
        guard records.count >= locationLimit else { return }
        let heaviest = records.sorted { $0.value.count > $1.value.count }.prefix(locationLimit / 2)
        records = Dictionary(uniqueKeysWithValues: heaviest.map { ($0.key, $0.value) })
    }

    private func indices(around now: Timestamp) -> ClosedRange<Int64> {
        let index = index(of: now)
        return (index - Self.partCount)...(index + Self.partCount)
    }

    private func index(of time: Timestamp) -> Int64 {
        let (quotient, remainder) = time.microseconds.quotientAndRemainder(dividingBy: partLength)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
