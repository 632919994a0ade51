import Logging
import Synchronization

/// Keeps what is logged, from a level on.
final class LogRecorder: Sendable {
    private let entries = Mutex<[String]>([])

    /// Each entry as `error: Something went wrong`.
    var lines: [String] { entries.withLock { $0 } }

    /// A logger that writes here.
    func logger(from level: Logger.Level = .info) -> Logger {
        Logger(label: "test") { _ in RecordingLogHandler(logLevel: level, recorder: self) }
    }

    fileprivate func add(_ line: String) {
        entries.withLock { $0.append(line) }
    }
}

private struct RecordingLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    let recorder: LogRecorder

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let values = (event.metadata ?? [:]).sorted { $0.key < $1.key }
            .map { " \($0.key)=\($0.value)" }.joined()
        recorder.add("\(event.level): \(event.message)\(values)")
    }
}
