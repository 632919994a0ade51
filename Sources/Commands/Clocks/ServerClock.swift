import Recurrence
import Scheduling

/// The clock that the server uses: the machine's clock, or a test clock.
enum ServerClock: Clock {
    case wall(GuardedClock<WallClock>)
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

extension ServerClock {
    /// What is wrong with the clock, in a word for `/health`; none if all is well.
    var trouble: String? {
        switch self {
        case .standing: nil
        case .wall(let clock):
            switch clock.state {
            case .inStep: nil
            case .jumped: "jumped"
            case .beyondLimit: "needs an operator"
            }
        }
    }
}

extension GuardedClock<WallClock> {
    /// The machine's clock of the day, set right by the database's, and watched by the boot clock.
    static func machine(_ limits: ClockGuard.Limits, ahead lead: ClockLead) -> GuardedClock {
        let begin = ContinuousClock.now
        return GuardedClock(
            WallClock(ahead: lead),
            bootTime: { begin.duration(to: .now) },
            limits: limits
        )
    }
}
