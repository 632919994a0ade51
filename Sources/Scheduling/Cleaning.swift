package import Logging
package import Recurrence
import ServiceLifecycle
package import Tasks

/// A service that forgets the answers to keyed requests once they have been kept for their time, the
/// changes that the log is to keep no longer, and what became of reminders long ago.
package struct Cleaning<
    Store: KeptAnswerStore & LogCuttingStore & ReminderForgettingStore,
    C: Clock & Sendable
>: Service, CustomStringConvertible
where C.Instant == Timestamp, C.Duration == Duration {
    private let store: Store
    private let clock: C
    private let logRetention: Duration?
    private let reminderRetention: Duration?
    private let logger: Logger
    private let pause: @Sendable () async throws -> Void

    /// How many are forgotten in one transaction.
    private static var stepLimit: Int { 500 }
    /// How many reminders of one location are forgotten at a time, so that no other one waits long.
    private static var reminderLimit: Int { 10_000 }

    /// Creates the service.
    ///
    /// - Parameters:
    ///   - store: Where the answers are.
    ///   - clock: The server's clock.
    ///   - logRetention: How long changes are kept; none where they are kept for ever.
    ///   - reminderRetention: How long it is kept what became of reminders, if not for ever; never longer
    ///     than the log.
    ///   - logger: Where failures are told.
    ///   - pause: Waits until it is time for the next cleaning. The service ends if it throws.
    package init(
        store: Store,
        clock: C,
        logRetention: Duration? = nil,
        reminderRetention: Duration? = nil,
        logger: Logger,
        pause: @escaping @Sendable () async throws -> Void
    ) {
        self.store = store
        self.clock = clock
        self.logRetention = logRetention
        self.reminderRetention = reminderRetention
        self.logger = logger
        self.pause = pause
    }

    package var description: String { "Cleaning" }

    /// Works until the service is told to stop.
    package func run() async throws {
        await workRepeatedly(
            telling: "Could not forget what is old",
            to: logger,
            pausing: pause
        ) { try await clean() }
    }

    /// Forgets what is old by now.
    ///
    /// - Throws: What the store throws.
    package func clean() async throws {
        while try await store.forgetAnswers(at: clock.now, limit: Self.stepLimit) > 0 {
            try Task.checkCancellation()
        }
        if let logRetention {
            _ = try await store.cutLogs(before: clock.now.advanced(by: .zero - logRetention))
        }
        guard let retention = [logRetention, reminderRetention].compactMap({ $0 }).min() else {
            return
        }
        _ = try await store.forgetReminders(
            before: clock.now.advanced(by: .zero - retention),
            limit: Self.reminderLimit
        )
    }
}
