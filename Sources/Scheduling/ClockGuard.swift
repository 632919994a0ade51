package import Recurrence

/// Tells a jump of the wall clock from the passing of time.
///
/// The boot clock counts since the machine was started, also while the machine sleeps, and nobody
/// can set it. So the two clocks go in step, but for the small corrections by which a time service
/// keeps the wall clock right. Where they do not, somebody has set the wall clock. The guard then
/// goes on by the boot clock, from the time that was believed before. It takes the new time once
/// the wall clock has stayed there for some seconds. A jump beyond the limit, in either direction,
/// is never taken: the guard waits until the wall clock is right again.
///
/// A guard takes the first time that it is given for right. There is nothing to compare it with:
/// after a long stop a clock that is far ahead is right.
package struct ClockGuard: Hashable, Sendable {
    /// What is taken for a jump, and which jumps are believed.
    package struct Limits: Hashable, Sendable {
        /// How long the wall clock must stay at its new time.
        package var confirmation: Duration
        /// The furthest jump that is taken without an operator's word.
        package var jump: Duration

        package init(confirmation: Duration = .seconds(10), jump: Duration = .seconds(86_400)) {
            self.confirmation = confirmation
            self.jump = jump
        }

        /// How far the clocks may part between two looks.
        package static let slew = Duration.seconds(2)
    }

    /// What is known of the wall clock.
    package enum State: Hashable, Sendable {
        /// It is believed.
        case inStep
        /// It has jumped, and has stayed at its new time since the boot clock showed `since`.
        case jumped(by: Duration, since: Duration)
        /// It has jumped beyond the limit and stays there.
        case beyondLimit(by: Duration, since: Duration)
    }

    /// What a look at the clocks found out.
    package enum News: Hashable, Sendable {
        case jumped(by: Duration)
        /// The wall clock is again where it was believed to be.
        case returned
        /// The new time was taken.
        case taken(jump: Duration)
        /// The new time is beyond the limit, and an operator has to look at it.
        case needsOperator(jump: Duration)
    }

    package let limits: Limits
    package private(set) var state = State.inStep
    /// The time at which the boot clock began, as far as is believed.
    package private(set) var bootedAt: Timestamp

    package init(wall: Timestamp, boot: Duration, limits: Limits = Limits()) {
        bootedAt = wall.advanced(by: .zero - boot)
        self.limits = limits
    }

    /// Looks at both clocks at one moment.
    ///
    /// - Returns: What is new; none if all is as it was.
    package mutating func look(wall: Timestamp, boot: Duration) -> News? {
        let jump = bootedAt.advanced(by: boot).duration(to: wall)
        if jump.isWithin(Limits.slew) {
            bootedAt = bootedAt.advanced(by: jump)
            defer { state = .inStep }
            return state == .inStep ? nil : .returned
        }
        switch state {
        case .inStep: break
        case .jumped(let known, let since) where (jump - known).isWithin(Limits.slew):
            if boot - since < limits.confirmation {
                state = .jumped(by: jump, since: since)
                return nil
            }
            if jump.isWithin(limits.jump) {
                bootedAt = bootedAt.advanced(by: jump)
                state = .inStep
                return .taken(jump: jump)
            }
            state = .beyondLimit(by: jump, since: since)
            return .needsOperator(jump: jump)
        case .beyondLimit(let known, let since) where (jump - known).isWithin(Limits.slew):
            state = .beyondLimit(by: jump, since: since)
            return nil
        case .jumped, .beyondLimit: break
        }
        state = .jumped(by: jump, since: boot)
        return .jumped(by: jump)
    }
}

extension Duration {
    /// Whether a difference is at most as large as a bound, in either direction.
    func isWithin(_ bound: Duration) -> Bool {
        (.zero - bound...bound).contains(self)
    }
}
