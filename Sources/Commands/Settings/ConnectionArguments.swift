import ArgumentParser
import HTTPServing

/// What `perennial serve` is told of connections.
struct ConnectionArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            How many connections are open at once; more of them wait. It is lowered where the \
            process may not open so many files beside its own. PERENNIAL_CONNECTION_LIMIT; by \
            default as many as it may open, but at most 10000.
            """,
            valueName: "count"
        )
    )
    var connectionLimit: Int?

    @Option(
        help: ArgumentHelp(
            """
            How long a request line and its header fields may take, 1 to 3600 seconds. \
            PERENNIAL_HEAD_TIMEOUT; 5 by default.
            """,
            valueName: "seconds"
        )
    )
    var headTimeout: Int?

    @Option(
        help: ArgumentHelp(
            """
            How long a request's body may take, 1 to 3600 seconds. PERENNIAL_BODY_TIMEOUT; \
            10 by default.
            """,
            valueName: "seconds"
        )
    )
    var bodyTimeout: Int?

    @Option(
        help: ArgumentHelp(
            """
            How long an answer waits for a client that takes nothing of it, 1 to 3600 seconds. \
            PERENNIAL_ANSWER_TIMEOUT; 10 by default.
            """,
            valueName: "seconds"
        )
    )
    var answerTimeout: Int?

    @Option(
        help: ArgumentHelp(
            """
            How long a connection may stand idle between requests, 1 to 3600 seconds. \
            PERENNIAL_IDLE_TIMEOUT; 60 by default.
            """,
            valueName: "seconds"
        )
    )
    var idleTimeout: Int?

    /// What was chosen; how many connections there can be is known once the server starts.
    struct Choice {
        /// How many connections were asked for, if a number was.
        let count: Int?
        private let timeouts: ConnectionLimits

        fileprivate init(count: Int?, timeouts: ConnectionLimits) {
            self.count = count
            self.timeouts = timeouts
        }

        /// The limits with a number of connections.
        func limits(count: Int) -> ConnectionLimits {
            var limits = timeouts
            limits.count = count
            return limits
        }
    }

    /// What was chosen.
    ///
    /// - Throws: `ValidationError` where a setting is out of bounds.
    func choice() throws -> Choice {
        let count = try Setting("connection-limit").value(
            connectionLimit,
            default: 0,
            in: 0...1_000_000
        )
        return Choice(
            count: count == 0 ? nil : count,
            timeouts: ConnectionLimits(
                headTimeout: try seconds("head-timeout", headTimeout, default: 5),
                bodyTimeout: try seconds("body-timeout", bodyTimeout, default: 10),
                answerTimeout: try seconds("answer-timeout", answerTimeout, default: 10),
                idleTimeout: try seconds("idle-timeout", idleTimeout, default: 60)
            )
        )
    }

    private func seconds(_ name: String, _ given: Int?, default standard: Int) throws -> Duration {
        .seconds(try Setting(name).value(given, default: standard, in: 1...3600))
    }
}
