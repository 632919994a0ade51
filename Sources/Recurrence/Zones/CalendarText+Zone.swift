extension CalendarText {
    /// Returns the point in time that the text means.
    ///
    /// - Parameter zone: The zone of a text without an offset.
    /// - Returns: The point in time to the microsecond; of a day, its first second.
    package func timestamp(in zone: Zone) -> Timestamp {
        switch self {
        case .date(let date): zone.timestamp(of: LocalDateTime(date))
        case .local(let local, let microseconds):
            Timestamp(microseconds: zone.timestamp(of: local).microseconds + microseconds)
        case .instant(let timestamp): timestamp
        }
    }

    /// Returns what the wall clock of a zone shows.
    ///
    /// - Parameter zone: The zone into which a time with an offset is converted.
    /// - Returns: The date-time without fractions of a second; of a day, its first second.
    package func local(in zone: Zone) -> LocalDateTime {
        switch self {
        case .date(let date): LocalDateTime(date)
        case .local(let local, _): local
        case .instant(let timestamp): zone.localDateTime(at: timestamp)
        }
    }
}
