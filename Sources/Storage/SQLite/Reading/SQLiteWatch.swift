import CSQLite

/// Ends what is read on a connection once it takes too long or is not wanted any more.
///
/// SQLite asks every hundred steps of its machine. The first question of a read starts its time, so
/// that a short one reads no clock.
final class SQLiteWatch {
    private static let stepCount: Int32 = 100

    private let uptime: @Sendable () -> Duration
    private var timeLimit: Duration?
    private var stop: ReadStop?
    private var startedAt: Duration?

    /// Why the read at hand was ended, if it was.
    private(set) var ending: SQLError?

    /// Creates a watch that ends nothing until a read begins.
    ///
    /// - Parameter uptime: The time since any moment, by a clock that nobody sets.
    init(uptime: @escaping @Sendable () -> Duration) {
        self.uptime = uptime
    }

    /// Has SQLite ask, for as long as the handle is open.
    func follow(_ handle: OpaquePointer) {
        unsafe sqlite3_progress_handler(
            handle,
            Self.stepCount,
            { context in
                guard let context = unsafe context else { return 0 }
                let watch = unsafe Unmanaged<SQLiteWatch>.fromOpaque(context)
                return unsafe watch.takeUnretainedValue().isOver() ? 1 : 0
            },
            unsafe Unmanaged.passUnretained(self).toOpaque()
        )
    }

    /// Begins a read.
    ///
    /// - Parameters:
    ///   - timeLimit: How long it may take; none where it may take as long as it does.
    ///   - stop: What stops it from outside.
    func begin(timeLimit: Duration?, stop: ReadStop? = nil) {
        self.timeLimit = timeLimit
        self.stop = stop
        startedAt = nil
        ending = nil
    }

    /// Ends nothing any more until the next read begins.
    func end() {
        begin(timeLimit: nil)
    }

    private func isOver() -> Bool {
        if ending != nil { return true }
        if stop?.isSet == true { ending = .interrupted }
        if let timeLimit {
            let now = uptime()
            let start = startedAt ?? now
            startedAt = start
            if now - start >= timeLimit, ending == nil { ending = .timedOut(limit: timeLimit) }
        }
        return ending != nil
    }
}
