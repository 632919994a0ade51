import ArgumentParser
import Foundation
import HTTPServing
import HighLevel
import LionDesk
import Logging
import Pages
import Recurrence
import Scheduling
import Tasks

/// The settings of `serve`, from options and from the environment.
struct ServeSettings {
    /// Whether a server's database of an earlier version is brought up to date.
    let migrates: Bool
    let host: String
    /// Tells where the server has its local door, once its database is there; none where it has none.
    let doorPath: () throws -> String?
    let port: Int
    /// Which pages of other origins may use the APIs; none where no page may.
    let crossOrigin: CrossOriginPolicy?
    let logLevel: Logger.Level
    let logFormat: LogFormat
    let horizon: Horizon
    /// The time between two probes of the store while all is well; none for no such probes.
    let probeInterval: Duration?
    /// How long the locations' logs keep changes; none where they keep them for ever.
    let logRetention: Duration?
    let lionDesk: LionDeskOptions
    let highLevel: HighLevelOptions
    let rateLimits: RateLimits
    let clockLimits: ClockGuard.Limits
    let zoneCheckInterval: Duration
    let lionDeskRateLimits: RateLimits
    let apiRateLimits: RateLimits
    let database: DatabaseLimits
    let quotas: LocationQuotas
    let connections: ConnectionArguments.Choice
    let webhooks: WebhookSettings
    let post: PostSettings
    let page: PageTerms
    /// The first time of the test clock; nil where the server uses the machine's clock.
    let testClock: Timestamp?

    init(_ arguments: ServeArguments) throws {
        doorPath = arguments.databaseOptions.doorPath
        migrates = try Setting("migrate").value(arguments.migrate ? true : nil, default: false)
        host = try Setting("host").value(arguments.host, default: "127.0.0.1")
        port = try Setting("port").value(arguments.port, default: 8080, in: 0...65_535)
        crossOrigin = try Self.crossOrigin(arguments.corsOrigins)
        logLevel = try Setting("log-level").value(arguments.logLevel, default: LogLevel(.info))
            .level
        logFormat = try Setting("log-format").value(arguments.logFormat, default: .text)
        let days = try Setting("horizon-days").value(
            arguments.horizonDays,
            default: 366,
            in: 1...3653
        )
        horizon = Horizon(length: .days(days))
        let seconds = try Setting("probe-seconds").value(
            arguments.probeSeconds,
            default: 10,
            in: 0...86_400
        )
        probeInterval = seconds == 0 ? nil : .seconds(seconds)
        logRetention = try Self.logRetention(arguments.logRetention)
        let limit = try Setting("page-limit").value(arguments.pageLimit, default: 50, in: 1...1000)
        let size = try Setting("page-size").value(
            arguments.pageSize,
            default: min(10, limit),
            in: 1...limit
        )
        let writesNumbers = try Setting("numeric-ids").value(
            arguments.numericIDs ? true : nil,
            default: false
        )
        lionDesk = LionDeskOptions(
            writesNumbers: writesNumbers,
            page: PageLimits(standard: size, maximum: limit),
            catchUp: try Setting("liondesk-catch-up").value(
                arguments.lionDeskCatchUp,
                default: CatchUpPolicy(.all)
            ).catchUp,
            mergesPatches: try Setting("liondesk-patch").value(
                arguments.lionDeskPatch,
                default: .reset
            ) == .merge
        )
        highLevel = try arguments.highLevel.options()
        rateLimits = try arguments.highLevel.rateLimits()
        clockLimits = try arguments.clock.limits()
        zoneCheckInterval = try arguments.clock.zoneCheckInterval()
        lionDeskRateLimits = try arguments.queries.lionDeskRateLimits()
        apiRateLimits = try arguments.queries.apiRateLimits()
        database = try arguments.queries.limits()
        quotas = try arguments.quotas.quotas()
        connections = try arguments.connections.choice()
        webhooks = try arguments.webhooks.settings()
        post = try PostSettings(arguments)
        page = try arguments.page.terms()
        testClock = try Self.testClock(arguments.testClock)
    }

    private static func testClock(_ given: String?) throws -> Timestamp? {
        let instant = try Setting("test-clock").value(given, default: "")
        return instant.isEmpty ? nil : try Timestamp(argument: instant, of: "The test clock")
    }

    private static func logRetention(_ given: Int?) throws -> Duration? {
        let days = try Setting("log-retention").value(given, default: 0, in: 0...36_500)
        return days == 0 ? nil : .days(days)
    }

    private static func crossOrigin(_ given: String?) throws -> CrossOriginPolicy? {
        let setting = Setting("cors-origins")
        let origins = try setting.value(given, default: "")
        if origins.isEmpty { return nil }
        do {
            return try CrossOriginPolicy(listing: origins)
        } catch {
            throw ValidationError(
                """
                \(given == nil ? setting.variable : setting.option) has '\(error.text)', which no \
                browser sends as an origin: https://app.example.com and http://localhost:3000 are \
                such, and * alone stands for all.
                """
            )
        }
    }
}

/// How log entries are written.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case json

    /// Makes the handlers of loggers.
    func handler(at level: Logger.Level) -> @Sendable (String) -> any LogHandler {
        { label in
            var handler: any LogHandler =
                switch self {
                case .text: StreamLogHandler.standardError(label: label)
                case .json: JSONLogHandler(label: label)
                }
            handler.logLevel = level
            return handler
        }
    }
}

/// The lowest level of log entries to write.
struct LogLevel: ExpressibleByArgument {
    let level: Logger.Level

    init(_ level: Logger.Level) {
        self.level = level
    }

    static var allValueStrings: [String] { Logger.Level.allCases.map(\.rawValue) }

    init?(argument: String) {
        guard let level = Logger.Level(rawValue: argument) else { return nil }
        self.level = level
    }
}

/// What LionDesk's PATCH does with the fields that are left out.
enum LionDeskPatch: String, CaseIterable, ExpressibleByArgument {
    /// It sets them to their defaults, as LionDesk did.
    case reset
    /// It leaves them as they are.
    case merge
}

/// What to do about occurrences that came while no server ran.
struct CatchUpPolicy: ExpressibleByArgument {
    let catchUp: CatchUp

    init(_ catchUp: CatchUp) {
        self.catchUp = catchUp
    }

    static var allValueStrings: [String] { CatchUp.allCases.map { "\($0)" } }

    init?(argument: String) {
        guard let catchUp = CatchUp.allCases.first(where: { "\($0)" == argument }) else {
            return nil
        }
        self.catchUp = catchUp
    }
}
