import ArgumentParser
import HTTPServing
import Storage

/// What `perennial serve` is told of how much of the machine queries may use.
struct QueryArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            How many milliseconds a query may take, 1 to 600000. A longer one is refused, so that it \
            is made narrower. PERENNIAL_QUERY_TIME_LIMIT; 2000 by default.
            """,
            valueName: "milliseconds"
        )
    )
    var queryTimeLimit: Int?

    @Option(
        help: ArgumentHelp(
            """
            How many queries run at once on SQLite, 1 to 64, of one location half as many. Tasks \
            that are asked for by their identifiers do not count. PERENNIAL_QUERY_THREADS; by \
            default two for each core, 16 at most.
            """,
            valueName: "count"
        )
    )
    var queryThreads: Int?

    @Option(
        help: ArgumentHelp(
            """
            How many queries wait while others run, 0 to 1000000, of one location half as many. \
            Further ones are told to come again. PERENNIAL_QUERY_QUEUE_LIMIT; 1000 by default.
            """,
            valueName: "count"
        )
    )
    var queryQueueLimit: Int?

    @Option(
        help: ArgumentHelp(
            """
            How many connections do the work on PostgreSQL, 2 to 64. Queries use half of them at \
            most. PERENNIAL_DATABASE_CONNECTIONS; 8 by default.
            """,
            valueName: "count"
        )
    )
    var databaseConnections: Int?

    @Option(
        name: .customLong("liondesk-rate-limit"),
        help: ArgumentHelp(
            """
            How many requests of LionDesk's dialect a location may make in ten seconds, 0 for any \
            number. PERENNIAL_LIONDESK_RATE_LIMIT; 10000 by default.
            """,
            valueName: "count"
        )
    )
    var lionDeskRateLimit: Int?

    @Option(
        name: .customLong("api-rate-limit"),
        help: ArgumentHelp(
            """
            How many requests of Perennial's own API a location may make in ten seconds, 0 for any \
            number. PERENNIAL_API_RATE_LIMIT; 10000 by default.
            """,
            valueName: "count"
        )
    )
    var apiRateLimit: Int?

    /// How much of the machine the database may use.
    ///
    /// - Throws: `ValidationError` where a setting is out of bounds.
    func limits() throws -> DatabaseLimits {
        var limits = DatabaseLimits()
        let time = Duration.milliseconds(
            try Setting("query-time-limit").value(queryTimeLimit, default: 2000, in: 1...600_000)
        )
        limits.sqlite.readTimeLimit = time
        limits.postgreSQL.readTimeLimit = time
        limits.sqlite.scanCount = try Setting("query-threads").value(
            queryThreads,
            default: limits.sqlite.scanCount,
            in: 1...64
        )
        limits.postgreSQL.workerCount = try Setting("database-connections").value(
            databaseConnections,
            default: limits.postgreSQL.workerCount,
            in: 2...64
        )
        let count = try Setting("query-queue-limit").value(
            queryQueueLimit,
            default: limits.sqlite.waitingScanLimit,
            in: 0...1_000_000
        )
        limits.sqlite.waitingScanLimit = count
        limits.postgreSQL.waitingScanLimit = count
        return limits
    }

    /// How many requests of LionDesk's dialect a location may make.
    ///
    /// - Throws: `ValidationError` where the setting is out of bounds.
    func lionDeskRateLimits() throws -> RateLimits {
        try rateLimits("liondesk-rate-limit", lionDeskRateLimit)
    }

    /// How many requests of Perennial's own API a location may make.
    ///
    /// - Throws: `ValidationError` where the setting is out of bounds.
    func apiRateLimits() throws -> RateLimits {
        try rateLimits("api-rate-limit", apiRateLimit)
    }

    private func rateLimits(_ name: String, _ given: Int?) throws -> RateLimits {
        RateLimits(
            perInterval: try Setting(name).value(given, default: 10_000, in: 0...1_000_000_000),
            perDay: 0
        )
    }
}
