import JSON
import Recurrence

/// Occurrences as `perennial preview` prints them.
struct Preview {
    let occurrences: [Occurrence]
    let zone: Zone
    let isAllDay: Bool

    /// One line each: the local time with its offset, and the day of the week.
    var lines: String {
        occurrences.map { occurrence in
            let local = zone.localDateTime(at: occurrence.timestamp)
            return "\(text(of: occurrence))  \(Self.weekday(of: local.date))"
        }.joined(separator: "\n")
    }

    /// One object: each occurrence's local time with its offset, and the slot that it fills.
    var json: String {
        var json = JSONWriter()
        json.beginObject()
        json.name("occurrences")
        json.beginArray()
        for occurrence in occurrences {
            json.beginObject()
            json.name("at")
            json.write(text(of: occurrence))
            json.name("recurrenceID")
            json.write(Self.text(of: occurrence.recurrenceID))
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func text(of occurrence: Occurrence) -> String {
        let local = zone.localDateTime(at: occurrence.timestamp)
        if isAllDay { return Self.text(of: local.date) }
        let offset = zone.offset(at: occurrence.timestamp)
        if offset == 0 { return Self.text(of: local) + "Z" }
        let (minutes, seconds) = (abs(offset) / 60, abs(offset) % 60)
        return Self.text(of: local) + (offset < 0 ? "-" : "+") + Self.digits(minutes / 60) + ":"
            + Self.digits(minutes % 60) + (seconds == 0 ? "" : ":" + Self.digits(seconds))
    }

    private static func text(of local: LocalDateTime) -> String {
        let (hour, minute, second) = local.time
        return text(of: local.date) + "T" + digits(hour) + ":" + digits(minute) + ":"
            + digits(second)
    }

    private static func text(of date: CivilDate) -> String {
        let (year, month, day) = date.components
        return digits(year, 4) + "-" + digits(month) + "-" + digits(day)
    }

    private static func digits(_ number: Int, _ width: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private static func weekday(of date: CivilDate) -> String {
        // 1970-01-01 was a Thursday.
        let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        return names[((date.daysSince1970 % 7) + 7) % 7]
    }
}
