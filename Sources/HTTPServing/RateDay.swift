import Recurrence
import Tasks

/// How many requests of each location were admitted on the current day of UTC.
struct RateDay {
    /// Microseconds.
    private static let length: Int64 = 86_400_000_000

    /// How many requests of a location are admitted, 0 for any number.
    private let admissionLimit: Int
    private let locationLimit: Int
    /// How many days lie between this one and the beginning of 1970.
    private var index: Int64 = 0
    private var counts: [LocationID: Int] = [:]

    init(admissionLimit: Int, locationLimit: Int) {
        self.admissionLimit = admissionLimit
        self.locationLimit = locationLimit
    }

    /// How a location stands today; who has used the day up is admitted again when it ends.
    func standing(of locationID: LocationID) -> RateStanding {
        guard admissionLimit > 0 else { return RateStanding() }
        let remaining = admissionLimit - (counts[locationID] ?? 0)
        let end = Timestamp(microseconds: (index + 1) * Self.length)
        return RateStanding(remaining: remaining, reopening: remaining == 0 ? end : nil)
    }

    /// Begins another day where one has come; a request of the day before that was overtaken does
    /// not bring it back.
    mutating func move(to now: Timestamp) {
        let (quotient, remainder) = now.microseconds.quotientAndRemainder(
            dividingBy: Self.length
        )
        let newIndex = remainder < 0 ? quotient - 1 : quotient
        guard newIndex != index && newIndex != index - 1 else { return }
        index = newIndex
        counts.removeAll()
    }

    mutating func count(_ locationID: LocationID) {
        guard admissionLimit > 0 else { return }
        if counts.count >= locationLimit, counts[locationID] == nil { forgetLightest() }
        counts[locationID, default: 0] += 1
    }

    private mutating func forgetLightest() {
        let heaviest = counts.sorted { $0.value > $1.value }.prefix(locationLimit / 2)
        counts = Dictionary(uniqueKeysWithValues: heaviest.map { ($0.key, $0.value) })
    }
}
