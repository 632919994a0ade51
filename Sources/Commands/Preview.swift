import JSON
import Recurrence

/// Occurrences as `perennial preview` prints them.
struct Preview {
    let occurrences: [Occurrence]
    /// The zone whose clocks are shown; nothing for a floating series.
    let zone: Zone?
    let isAllDay: Bool
    /// What there is to say about the text.
    let remarks: [CalendarRemark]

    /// One line each: the local time with its offset, and the day of the week.
    var lines: String {
        occurrences.map { occurrence in
            "\(text(of: occurrence))  \(Self.weekday(of: local(of: occurrence).date))"
        }.joined(separator: "\n")
    }

    /// One object: each occurrence's local time with its offset, and its slot; and the remarks, if
    /// there are any.
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
        if !remarks.isEmpty {
            json.name("remarks")
            json.beginArray()
            for remark in remarks {
                json.beginObject()
                json.name("part")
                json.write(remark.part)
                json.name("reason")
                json.write(remark.reason)
                json.endObject()
            }
            json.endArray()
        }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func text(of occurrence: Occurrence) -> String {
        let local = local(of: occurrence)
        if isAllDay { return local.date.text(in: .extended) }
        guard let zone else { return local.text(in: .extended) }
        let offset = zone.offset(at: occurrence.timestamp)
        if offset == 0 { return occurrence.timestamp.text(in: .extended, fraction: .none) }
        return local.text(in: .extended, offset: offset)
    }

    private func local(of occurrence: Occurrence) -> LocalDateTime {
        (zone ?? .utc).localDateTime(at: occurrence.timestamp)
    }

    private static func weekday(of date: CivilDate) -> String {
        // 1970-01-01 was a Thursday.
        let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        return names[((date.daysSince1970 % 7) + 7) % 7]
    }
}
