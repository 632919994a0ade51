package import JSON
package import Recurrence

extension JSONWriter {
    /// Writes when a task is due as LionDesk does: `2018-12-16T12:00:00`, without an offset.
    package mutating func write(_ local: LocalDateTime) {
        writeQuoted { bytes in
            bytes += "0000-00-00T00:00:00".utf8
            var text = bytes.mutableSpan
            text.fill(with: local, from: text.count - 19)
        }
    }

    /// Writes a point in time as LionDesk does: `2018-12-16T12:00:00.000Z`, cut to milliseconds.
    package mutating func write(_ timestamp: Timestamp) {
        let seconds = timestamp.seconds
        let microseconds = Int(timestamp.microseconds - seconds * 1_000_000)
        writeQuoted { bytes in
            bytes += "0000-00-00T00:00:00.000Z".utf8
            var text = bytes.mutableSpan
            text.fill(with: LocalDateTime(secondsSince1970: seconds), from: text.count - 24)
            text.add(microseconds / 1000, endingAt: text.count - 2)
        }
    }
}

extension MutableSpan<UInt8> {
    /// Adds the parts of a date-time to the zeros of a template that begins at a position.
    fileprivate mutating func fill(with local: LocalDateTime, from start: Int) {
        let (year, month, day) = local.date.components
        let (hour, minute, second) = local.time
        add(year, endingAt: start + 3)
        add(month, endingAt: start + 6)
        add(day, endingAt: start + 9)
        add(hour, endingAt: start + 12)
        add(minute, endingAt: start + 15)
        add(second, endingAt: start + 18)
    }

    /// Adds a number to the zeros whose last is at a position.
    fileprivate mutating func add(_ number: Int, endingAt end: Int) {
        var rest = number
        var position = end
        while rest > 0 {
            self[position] += UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            position -= 1
        }
    }
}
