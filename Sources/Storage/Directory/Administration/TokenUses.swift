import Recurrence
import Synchronization

/// The days on which tokens were used, until they are stored.
///
/// A token is noted once a day, by the first request that looks it up on that day.
final class TokenUses: Sendable {
    private let days = Mutex<[[UInt8]: CivilDate]>([:])

    /// Beyond this many tokens, which are looked up between two times of storing, none is noted.
    private static let limit = 100_000

    /// Notes that a token was used on a day, unless a later one is known.
    func note(_ digest: [UInt8], on day: CivilDate, knownOn known: CivilDate?) {
        if let known, known.daysSince1970 >= day.daysSince1970 { return }
        days.withLock { days in
            if days.count < Self.limit || days[digest] != nil { days[digest] = day }
        }
    }

    /// The latest day of a token that is not stored yet.
    func day(of digest: [UInt8]) -> CivilDate? { days.withLock { $0[digest] } }

    /// What is not stored yet.
    func all() -> [[UInt8]: CivilDate] { days.withLock { $0 } }

    /// Forgets what was stored.
    func forget(_ stored: [[UInt8]: CivilDate]) {
        days.withLock { days in
            for (digest, day) in stored where days[digest] == day { days[digest] = nil }
        }
    }
}
