import ArgumentParser
import Tasks

/// What `perennial serve` is told of how much one location may store.
struct QuotaArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            How many recurring series with occurrences to come a location may have, 1 to \
            1000000000. PERENNIAL_SERIES_LIMIT; 100000 by default.
            """,
            valueName: "count"
        )
    )
    var seriesLimit: Int?

    @Option(
        help: ArgumentHelp(
            """
            How many open tasks a location may have, 1000 to 1000000000. While it has them, no \
            more are made, and what comes due waits. PERENNIAL_OPEN_TASK_LIMIT; 2000000 by default.
            """,
            valueName: "count"
        )
    )
    var openTaskLimit: Int?

    @Option(
        help: ArgumentHelp(
            """
            How many tasks a location may make in an hour of the clock, 1000 to 1000000000. What \
            comes due beyond them waits, and is then made as the series' catch-up says. \
            PERENNIAL_HOURLY_TASK_LIMIT; 1000000 by default.
            """,
            valueName: "count"
        )
    )
    var hourlyTaskLimit: Int?

    @Option(
        help: ArgumentHelp(
            """
            How many seconds lie at least between two occurrences of a new series, 1 to 86400. \
            PERENNIAL_MINIMUM_SPACING; 1 by default, which allows every rule.
            """,
            valueName: "seconds"
        )
    )
    var minimumSpacing: Int?

    /// How much one location may store.
    ///
    /// - Throws: `ValidationError` where a setting is out of bounds.
    func quotas() throws -> LocationQuotas {
        let most = 1_000_000_000
        return LocationQuotas(
            seriesLimit: try Setting("series-limit").value(
                seriesLimit,
                default: 100_000,
                in: 1...most
            ),
            openTaskLimit: try Setting("open-task-limit").value(
                openTaskLimit,
                default: 2_000_000,
                in: 1000...most
            ),
            hourlyTaskLimit: try Setting("hourly-task-limit").value(
                hourlyTaskLimit,
                default: 1_000_000,
                in: 1000...most
            ),
            minimumSpacing: Int64(
                try Setting("minimum-spacing").value(minimumSpacing, default: 1, in: 1...86_400)
            )
        )
    }
}
