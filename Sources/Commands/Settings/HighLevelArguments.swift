import ArgumentParser
import HTTPServing
import HighLevel
import Tasks

/// The arguments of `serve` about HighLevel's dialect.
struct HighLevelArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            How many requests of one location are admitted in any ten seconds, 0 for any number. \
            PERENNIAL_RATE_LIMIT; 100 by default.
            """,
            valueName: "count"
        )
    )
    var rateLimit: Int?

    @Option(
        help: ArgumentHelp(
            """
            How many requests of one location are admitted in a UTC day, 0 for any number. \
            PERENNIAL_DAILY_LIMIT; 200000 by default.
            """,
            valueName: "count"
        )
    )
    var dailyLimit: Int?

    @Option(
        name: .customLong("highlevel-validation-status"),
        help: ArgumentHelp(
            """
            The status for a body with wrong properties: 422, as HighLevel answers, or 400, as \
            HighLevel publishes for recurring tasks. PERENNIAL_HIGHLEVEL_VALIDATION_STATUS; 422 by \
            default.
            """,
            valueName: "status"
        )
    )
    var validationStatus: Int?

    @Option(
        name: .customLong("highlevel-search-status"),
        help: ArgumentHelp(
            """
            The status of a successful task search: 200, as HighLevel publishes, or 201, as it was \
            seen to answer. PERENNIAL_HIGHLEVEL_SEARCH_STATUS; 200 by default.
            """,
            valueName: "status"
        )
    )
    var searchStatus: Int?

    @Option(
        name: .customLong("highlevel-catch-up"),
        help: ArgumentHelp(
            """
            The catch-up of recurring tasks made through HighLevel: which occurrences make tasks \
            if they came while no server ran. PERENNIAL_HIGHLEVEL_CATCH_UP; latest by default.
            """,
            valueName: "policy"
        )
    )
    var catchUp: CatchUpPolicy?

    @Flag(
        name: .customLong("highlevel-open-recurring-tasks"),
        help: """
            Require no scope for requests about recurring tasks, as HighLevel publishes. \
            PERENNIAL_HIGHLEVEL_OPEN_RECURRING_TASKS=true.
            """
    )
    var opensRecurringTasks = false

    /// How many requests of HighLevel's dialect a location may make.
    ///
    /// - Throws: `ValidationError` where a setting is out of bounds.
    func rateLimits() throws -> RateLimits {
        RateLimits(
            perInterval: try Setting("rate-limit").value(
                rateLimit,
                default: 100,
                in: 0...1_000_000_000
            ),
            perDay: try Setting("daily-limit").value(
                dailyLimit,
                default: 200_000,
                in: 0...1_000_000_000
            )
        )
    }

    /// The deployment's choices about the dialect.
    ///
    /// - Throws: `ValidationError` where a setting has a value that it cannot have.
    func options() throws -> HighLevelOptions {
        HighLevelOptions(
            validationStatus: try Setting("highlevel-validation-status").choice(
                validationStatus,
                default: .unprocessableContent
            ),
            searchStatus: try Setting("highlevel-search-status").choice(
                searchStatus,
                default: .ok
            ),
            recurringTasksNeedScopes: try !Setting("highlevel-open-recurring-tasks").value(
                opensRecurringTasks ? true : nil,
                default: false
            ),
            catchUp: try Setting("highlevel-catch-up").value(
                catchUp,
                default: CatchUpPolicy(.latest)
            ).catchUp
        )
    }
}
