import JSON
import Logging
import Recurrence

/// Writes each log entry as one line of JSON to standard error.
struct JSONLogHandler: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]
    private let label: String

    init(label: String) {
        self.label = label
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var json = JSONWriter()
        json.beginObject()
        json.name("time")
        json.write(WallClock().now.text(in: .extended, fraction: .milliseconds))
        json.name("level")
        json.write(event.level.rawValue)
        json.name("logger")
        json.write(label)
        json.name("message")
        json.write(event.message.description)
        var all = metadata.merging(event.metadata ?? [:]) { $1 }
        if let error = event.error { all["error"] = "\(error)" }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            json.name(key)
            json.write("\(value)")
        }
        json.endObject()
        writeToStandardError(String(decoding: json.bytes, as: UTF8.self) + "\n")
    }
}
