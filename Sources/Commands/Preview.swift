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

    /// One object: each occurrence's local time with its offset, and its slot.
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
            json.write(occurrence.recurrenceID.text(in: .extended))
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func text(of occurrence: Occurrence) -> String {
        let local = zone.localDateTime(at: occurrence.timestamp)
        if isAllDay { return local.date.text(in: .extended) }
        let offset = zone.offset(at: occurrence.timestamp)
        if offset == 0 { return occurrence.timestamp.text(in: .extended, fraction: .none) }
        return local.text(in: .extended, offset: offset)
    }

    private static func weekday(of date: CivilDate) -> String {
        // 1970-01-01 was a Thursday.
        let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        return names[((date.daysSince1970 % 7) + 7) % 7]
    }
}
