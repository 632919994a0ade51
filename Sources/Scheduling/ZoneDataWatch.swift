package import Logging
package import Recurrence
import ServiceLifecycle
import Synchronization
import Tasks

/// Watches how old the zone files are that the server reads, and says so.
///
/// It logs the release at the start and when another one was installed. It warns of files that are
/// older than a year, and of zones that differ in a newer folder of the machine's: at the start,
/// when that changes, and once a day.
package final class ZoneDataWatch: Service, CustomStringConvertible {
    private let look: @Sendable (_ range: Range<Timestamp>) -> Look
    private let now: @Sendable () -> Timestamp
    private let pause: @Sendable () async throws -> Void
    private let logger: Logger
    private let state = Mutex<State?>(nil)

    /// What is found at a look: the files that are read, and newer ones.
    package typealias Look = (data: ZoneData, newer: NewerZoneData?)

    private struct State {
        var data: ZoneData
        var warnings: [String]
        var warnedAt: Timestamp
    }

    /// From what age on data are old.
    private static var ageLimit: Duration { .days(366) }
    /// How long before and after now zones have to be the same: as long as tasks are made ahead.
    private static var comparedSpan: (past: Duration, future: Duration) {
        (.days(366), .days(11 * 366))
    }
    /// How many zones a warning names.
    private static var namedZones: Int { 10 }

    /// Creates the service.
    ///
    /// - Parameters:
    ///   - look: Looks at the files that are read, and for newer ones that differ within a time.
    ///   - now: The machine's clock.
    ///   - logger: Where the release and warnings are told.
    ///   - pause: Waits until it is time for the next look. The service ends if it throws.
    package init(
        look: @escaping @Sendable (_ range: Range<Timestamp>) -> Look,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger,
        pause: @escaping @Sendable () async throws -> Void
    ) {
        self.look = look
        self.now = now
        self.logger = logger
        self.pause = pause
    }

    package var description: String { "ZoneDataWatch" }

    /// The release that is read, or `unknown`; none before the first look.
    package var release: String? { state.withLock { $0.map { Self.release(of: $0.data) } } }

    /// What is wrong with the files' age.
    package var warnings: [String] { state.withLock { $0?.warnings ?? [] } }

    /// Works until the service is told to stop.
    package func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                do { try await pause() } catch { return }
                check()
            }
        }
    }

    /// Looks once, and tells what is new.
    package func check() {
        let now = now()
        let span = Self.comparedSpan
        let range = now.advanced(by: .zero - span.past)..<now.advanced(by: span.future)
        let (data, newer) = look(range)
        let warnings = [ageWarning(of: data, at: now), newer.map(warning)].compactMap(\.self)
        let former = state.withLock { $0 }
        if former?.data != data {
            logger.info(
                "Reads time zones",
                metadata: [
                    "release": "\(Self.release(of: data))", "directory": "\(data.directory)",
                ]
            )
        }
        let isDue = former.map { former in
            former.warnings != warnings || now < former.warnedAt
                || now >= former.warnedAt.advanced(by: .days(1))
        }
        if isDue ?? true { for warning in warnings { logger.warning("\(warning)") } }
        let warnedAt = isDue ?? true ? now : former?.warnedAt ?? now
        state.withLock { $0 = State(data: data, warnings: warnings, warnedAt: warnedAt) }
    }

    private static func release(of data: ZoneData) -> String {
        data.release ?? "unknown"
    }

    private func ageWarning(of data: ZoneData, at now: Timestamp) -> String? {
        guard let date = data.newestDate, date.advanced(by: Self.ageLimit) <= now else {
            return nil
        }
        return """
            The time zones are older than a year: release \(Self.release(of: data)), whose newest \
            date is \(Zone.utc.localDateTime(at: date).date.text(in: .extended))
            """
    }

    private func warning(of newer: NewerZoneData) -> String {
        let named = newer.differing.prefix(Self.namedZones).joined(separator: ", ")
        let others = newer.differing.count - Self.namedZones
        let rest = others > 0 ? " and \(others) others" : ""
        return """
            There are newer time zones, release \(Self.release(of: newer.data)) in \
            \(newer.data.directory), with other clocks for \(named)\(rest)
            """
    }
}
