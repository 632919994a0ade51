package import Recurrence
package import RecurrenceWords

/// Where the series of a phrase begins; what the phrase says of it goes before.
package enum PhraseStart {
    /// A date-time.
    case time(LocalDateTime)
    /// A day. Unless the phrase says times, the series is all-day.
    case day(CivilDate)
    /// The first occurrence from the present on, as the clocks show it.
    ///
    /// Unless the phrase says times, the series is all-day. Steps of hours, minutes or seconds begin
    /// with the next whole minute.
    case now(Timestamp)
}

extension RecurrenceReading {
    /// Understands a phrase.
    ///
    /// The start is also what the clocks of the person show, for "tomorrow" and the like.
    ///
    /// - Parameters:
    ///   - words: The phrase, 500 bytes at most.
    ///   - locale: The language that it is in, and how dates are written.
    ///   - start: Where the series begins.
    ///   - zone: The zone of the start; nothing for a floating one.
    ///   - options: How to read the rule.
    /// - Throws: `SpokenRecurrence.ParseError` with the word that was not understood.
    package init(
        words: String,
        locale: SpokenLocale,
        start: PhraseStart,
        zone: Zone?,
        options: RecurrenceOptions = .init()
    ) throws(SpokenRecurrence.ParseError) {
        let now = start.local(in: zone ?? .utc)
        let phrase = try SpokenRecurrence(
            words: words,
            language: locale.language,
            dateOrder: locale.dateOrder,
            now: now
        )
        var first = phrase.start(default: now)
        var isAllDay = false
        var given = now
        switch start {
        case .time: break
        case .day: isAllDay = !phrase.saysTimes(from: first)
        case .now(let instant):
            isAllDay = !phrase.saysTimes(from: first)
            if isAllDay {
                first = LocalDateTime(first.date)
            } else if !phrase.saysTimeOfStart {
                first = phrase.start(default: now.roundedUpToMinute)
            }
            if phrase.firstDay == nil {
                let today = isAllDay ? nil : instant
                first = phrase.firstSlot(from: first, since: today, isAllDay: isAllDay, zone: zone)
            }
            // The first occurrence is the start, or the words say it.
            given = first
        }
        let set = RecurrenceSet(
            start: first,
            isAllDay: isAllDay,
            zone: zone,
            rules: [phrase.rule(from: first)],
            options: options
        )
        self.init(set: set, remarks: phrase.remarks, otherStart: first == given ? nil : first)
    }
}

extension PhraseStart {
    fileprivate func local(in zone: Zone) -> LocalDateTime {
        switch self {
        case .time(let local): local
        case .day(let date): LocalDateTime(date)
        case .now(let instant): zone.localDateTime(at: instant)
        }
    }
}

extension SpokenRecurrence {
    /// Whether the phrase says at what time of day the series begins.
    fileprivate var saysTimeOfStart: Bool {
        let noon = LocalDateTime(CivilDate.earliest, secondOfDay: 43_200)
        let midnight = LocalDateTime(CivilDate.earliest)
        return start(default: noon).secondOfDay == start(default: midnight).secondOfDay
    }

    /// Whether the phrase says times of day, or steps of them.
    fileprivate func saysTimes(from start: LocalDateTime) -> Bool {
        let rule = rule(from: start)
        return saysTimeOfStart || rule.isStepped || rule.hours != 0 || rule.minutes != 0
            || rule.seconds != 0
    }

    /// Returns the first slot of the phrase's days and times, of which there is none before an
    /// instant.
    ///
    /// "Every other Friday" begins with the next Friday, and "3 times" are still to come.
    fileprivate func firstSlot(
        from start: LocalDateTime,
        since instant: Timestamp?,
        isAllDay: Bool,
        zone: Zone?
    ) -> LocalDateTime {
        var rule = rule(from: start).ending(.never)
        if !rule.isStepped { rule.interval = 1 }
        let set = RecurrenceSet(start: start, isAllDay: isAllDay, zone: zone, rules: [rule])
        let first = instant.map { set.next(after: $0, inclusive: true) } ?? set.occurrence(at: 0)
        return first?.recurrenceID ?? start
    }

    fileprivate var remarks: [CalendarRemark] {
        guard repeatsAfterCompletion else { return [] }
        return [
            CalendarRemark(
                part: "words",
                reason: "the next occurrence is counted from the completion of the last; "
                    + "these are the ones of the rule itself"
            )
        ]
    }
}

extension RecurrenceRule {
    /// Whether the rule has steps of hours, minutes or seconds.
    fileprivate var isStepped: Bool { frequency.rawValue < Frequency.daily.rawValue }
}

extension LocalDateTime {
    /// This date-time, or the next that has no seconds.
    fileprivate var roundedUpToMinute: LocalDateTime {
        LocalDateTime(secondsSince1970: (secondsSince1970 + 59) / 60 * 60)
    }
}
