package import Logging
package import Recurrence
import ServiceLifecycle

/// Looks at the clocks every second, and tells the operator of a wall clock that jumps.
package struct ClockWatch<Wall: Clock & Sendable>: Service, CustomStringConvertible
where Wall.Instant == Timestamp, Wall.Duration == Duration {
    private let clock: GuardedClock<Wall>
    private let logger: Logger

    package init(_ clock: GuardedClock<Wall>, logger: Logger) {
        self.clock = clock
        self.logger = logger
    }

    package var description: String { "ClockWatch" }

    /// Works until the service is told to stop.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                look()
                try? await clock.sleep(for: .seconds(1))
            }
        }
    }

    /// Looks at the clocks once.
    package func look() {
        switch clock.look() {
        case .jumped(let jump):
            logger.error(
                "The machine's clock has jumped. The server goes on by the time before",
                metadata: metadata(jump)
            )
        case .returned: logger.notice("The machine's clock is where it was before its jump")
        case .taken(let jump):
            logger.warning("Took the new time of the machine's clock", metadata: metadata(jump))
        case .needsOperator(let jump):
            logger.error(
                """
                The machine's clock stays too far from the time before. The server goes on by that \
                until the clock is set right. If the clock is right, restart the server
                """,
                metadata: metadata(jump)
            )
        case nil: break
        }
    }

    private func metadata(_ jump: Duration) -> Logger.Metadata {
        [
            "jumpSeconds": "\(jump.components.seconds)",
            "now": "\(clock.now.text(in: .extended, fraction: .milliseconds))",
        ]
    }
}
