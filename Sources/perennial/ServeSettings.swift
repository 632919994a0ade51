import ArgumentParser
import Foundation
import LionDesk
import Logging
import Tasks

/// What `perennial serve` was told by flags and by the environment.
struct ServeSettings {
    let host: String
    let port: Int
    let logLevel: Logger.Level
    let logFormat: LogFormat
    let horizon: Horizon
    let lionDesk: LionDeskOptions

    init(_ command: ServeCommand) throws {
        host = try Setting.value(
            command.host,
            variable: "PERENNIAL_HOST",
            default: "127.0.0.1"
        )
        port = try Setting.value(
            command.port,
            variable: "PERENNIAL_PORT",
            default: 8080,
            in: 0...65_535
        )
        logLevel = try Setting.value(
            command.logLevel,
            variable: "PERENNIAL_LOG_LEVEL",
            default: LogLevel(.info)
        ).level
        logFormat = try Setting.value(
            command.logFormat,
            variable: "PERENNIAL_LOG_FORMAT",
            default: .text
        )
        let days = try Setting.value(
            command.horizonDays,
            variable: "PERENNIAL_HORIZON_DAYS",
            default: 366,
            in: 1...3653
        )
        horizon = Horizon(length: .days(days))
        let limit = try Setting.value(
            command.pageLimit,
            variable: "PERENNIAL_PAGE_LIMIT",
            default: 50,
            in: 1...1000
        )
        let size = try Setting.value(
            command.pageSize,
            variable: "PERENNIAL_PAGE_SIZE",
            default: min(10, limit),
            in: 1...limit
        )
        lionDesk = LionDeskOptions(
            writesNumbers: command.numericIDs,
            page: PageLimits(standard: size, maximum: limit)
        )
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

/// From which level on log entries are written.
struct LogLevel: ExpressibleByArgument {
    let level: Logger.Level

    init(_ level: Logger.Level) {
        self.level = level
    }

    init?(argument: String) {
        guard let level = Logger.Level(rawValue: argument) else { return nil }
        self.level = level
    }
}
