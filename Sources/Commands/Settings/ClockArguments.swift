import ArgumentParser
import Scheduling

/// The arguments of `serve` about the machine's clock and its time zones.
struct ClockArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            How long the machine's clock must stay where it has jumped to before the new time is \
            taken, 1 to 3600 seconds. PERENNIAL_CLOCK_CONFIRMATION_SECONDS; 10 by default.
            """,
            valueName: "seconds"
        )
    )
    var clockConfirmationSeconds: Int?

    @Option(
        help: ArgumentHelp(
            """
            The furthest jump of the machine's clock that is taken, 1 to 87600 hours. After a \
            further one the server goes on by the time before until the clock is set right or the \
            server is restarted. PERENNIAL_CLOCK_JUMP_LIMIT_HOURS; 24 by default.
            """,
            valueName: "hours"
        )
    )
    var clockJumpLimitHours: Int?

    @Option(
        help: ArgumentHelp(
            """
            How often the files of time zones are looked at for changes, every 1 to 86400 seconds. \
            PERENNIAL_ZONE_CHECK_SECONDS; 60 by default.
            """,
            valueName: "seconds"
        )
    )
    var zoneCheckSeconds: Int?

    /// Which jumps of the clock are believed.
    func limits() throws -> ClockGuard.Limits {
        let confirmation = try Setting("clock-confirmation-seconds").value(
            clockConfirmationSeconds,
            default: 10,
            in: 1...3600
        )
        let hours = try Setting("clock-jump-limit-hours").value(
            clockJumpLimitHours,
            default: 24,
            in: 1...87_600
        )
        return ClockGuard.Limits(
            confirmation: .seconds(confirmation),
            jump: .seconds(hours * 3600)
        )
    }

    /// How often the files of zones are looked at.
    func zoneCheckInterval() throws -> Duration {
        .seconds(
            try Setting("zone-check-seconds").value(zoneCheckSeconds, default: 60, in: 1...86_400)
        )
    }
}
