import Recurrence

/// The clock that the server uses: the machine's clock, or a test clock.
enum ServerClock: Clock {
    case wall(WallClock)
    case standing(StandingClock)

    var now: Timestamp {
        switch self {
        case .wall(let clock): clock.now
        case .standing(let clock): clock.now
        }
    }

    var minimumResolution: Duration { .microseconds(1) }

    func sleep(until deadline: Timestamp, tolerance: Duration?) async throws {
        switch self {
        case .wall(let clock): try await clock.sleep(until: deadline, tolerance: tolerance)
        case .standing(let clock): try await clock.sleep(until: deadline, tolerance: tolerance)
        }
    }
}
