/// A day or a time as it stands in a text.
///
/// All text of dates and times is read and written here. The caller says which variants to accept.
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
