/// A day or a time as a text says it.
///
/// All text of dates and times is read and written here. Who reads says which variants it takes.
package enum CalendarText: Hashable, Sendable {
    /// A day alone.
    case date(CivilDate)
    /// What a wall clock shows: a time without an offset, and microseconds after it (0 to 999,999).
    case local(LocalDateTime, microseconds: Int64 = 0)
    /// A time with an offset or `Z`, to the microsecond.
    case instant(Timestamp)
}

/// The two forms in which ISO 8601 writes a date and a time.
package enum CalendarForm: Sendable {
    /// `1997-09-02T09:00:00`, which is RFC 3339's.
    case extended
    /// `19970902T090000`, which is iCalendar's (RFC 5545).
    case compact
}

extension CalendarText {
    /// Returns the point in time that is meant, to the microsecond.
    ///
    /// - Parameter zone: The zone of a text without an offset; a day means its first second.
    package func timestamp(in zone: Zone) -> Timestamp {
        switch self {
        case .date(let date): zone.timestamp(of: LocalDateTime(date))
        case .local(let local, let microseconds):
            Timestamp(microseconds: zone.timestamp(of: local).microseconds + microseconds)
        case .instant(let timestamp): timestamp
        }
    }

    /// Returns what the wall clock of a zone shows, without fractions of a second.
    ///
    /// - Parameter zone: The zone into which a time with an offset is converted.
    package func local(in zone: Zone) -> LocalDateTime {
        switch self {
        case .date(let date): LocalDateTime(date)
        case .local(let local, _): local
        case .instant(let timestamp): zone.localDateTime(at: timestamp)
        }
    }
}
