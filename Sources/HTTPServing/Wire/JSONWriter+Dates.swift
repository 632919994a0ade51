package import JSON
package import Recurrence

extension JSONWriter {
    /// Writes a local date-time without an offset: `2018-12-16T12:00:00`.
    package mutating func write(_ local: LocalDateTime) {
        writeQuoted { $0.append(local, in: .extended) }
    }

    /// Writes a point in time: `2018-12-16T12:00:00.000Z`, cut to milliseconds.
    package mutating func write(_ timestamp: Timestamp) {
        writeQuoted { $0.append(timestamp, in: .extended, fraction: .milliseconds) }
    }
}
