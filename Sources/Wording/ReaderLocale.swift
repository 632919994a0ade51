package import Recurrence

/// How somebody reads: the language, the form of dates and times, and the first day of the week.
package struct ReaderLocale: Hashable, Sendable {
    package let language: ReaderLanguage
    /// Whether times are said as 9:00 AM.
    package let usesTwelveHours: Bool
    /// Whether weeks begin with Sunday.
    package let weekBeginsOnSunday: Bool
    /// Whether the month is said before the day.
    package let saysMonthFirst: Bool

    /// The locale of a language tag such as `en-US`; English where the language is not spoken here.
    package init(tag: String) {
        let parts = tag.split { $0 == "-" || $0 == "_" }.map { $0.lowercased() }
        language = parts.first.flatMap { ReaderLanguage(rawValue: $0) } ?? .english
        let region = parts.dropFirst().last { $0.count == 2 }
        let isAmerican = language == .english && (region == nil || region == "us")
        usesTwelveHours =
            isAmerican || ["ca", "au", "nz", "ph", "in", "co", "mx"].contains(region ?? "")
        weekBeginsOnSunday =
            isAmerican
            || ["ca", "mx", "co", "pe", "ve", "gt", "hn", "ni", "pa", "pr", "sv", "do", "ph"]
                .contains(region ?? "")
        saysMonthFirst = isAmerican
    }

    /// The locale that a browser asks for first among those that are spoken here.
    package init(acceptLanguage field: String?) {
        self.init(tag: Self.firstTag(ofAcceptLanguage: field ?? ""))
    }

    /// The first language tag of a browser's list that is spoken here.
    package static func firstTag(ofAcceptLanguage field: String) -> String {
        let tags = field.split(separator: ",").map { part in
            String(part.prefix { $0 != ";" }).trimmingWhitespace
        }
        return tags.first { ReaderLanguage(rawValue: $0.prefix(2).lowercased()) != nil } ?? "en"
    }

    package func callAsFunction(_ phrase: Phrase) -> String {
        switch language {
        case .english: phrase.english
        case .spanish: phrase.spanish
        }
    }

    // MARK: Times

    /// A time of day: `9:00 AM`, or `9:00`.
    package func time(_ local: LocalDateTime) -> String {
        let (hour, minute, _) = local.time
        let minutes = minute < 10 ? "0\(minute)" : "\(minute)"
        guard usesTwelveHours else { return "\(hour):\(minutes)" }
        let half =
            language == .english ? (hour < 12 ? "AM" : "PM") : (hour < 12 ? "a. m." : "p. m.")
        return "\(hour % 12 == 0 ? 12 : hour % 12):\(minutes)\u{a0}\(half)"
    }

    /// A time of day where there is little room: `9a`, `9:30a`, or `9:00`.
    package func shortTime(_ local: LocalDateTime) -> String {
        guard usesTwelveHours else { return time(local) }
        let (hour, minute, _) = local.time
        let shown = hour % 12 == 0 ? 12 : hour % 12
        let minutes = minute == 0 ? "" : minute < 10 ? ":0\(minute)" : ":\(minute)"
        return "\(shown)\(minutes)\(hour < 12 ? "a" : "p")"
    }

    /// A full hour, as short as it can be: `9 AM`, or `9:00`.
    package func hour(_ hour: Int) -> String {
        guard usesTwelveHours else { return "\(hour):00" }
        let half =
            language == .english ? (hour < 12 ? "AM" : "PM") : (hour < 12 ? "a. m." : "p. m.")
        return "\(hour % 12 == 0 ? 12 : hour % 12)\u{a0}\(half)"
    }

    // MARK: Days

    /// A day with its weekday: `Mon, Dec 1`, or `lun, 1 dic`; with the year where it is another one.
    package func day(_ date: CivilDate, besides today: CivilDate) -> String {
        "\(weekday(date, short: true)), \(shortDay(date, besides: today))"
    }

    /// A day without its weekday.
    package func shortDay(_ date: CivilDate, besides today: CivilDate) -> String {
        let (year, month, day) = date.components
        let name = Self.months(language, short: true)[month - 1]
        let isOther = year != today.components.year
        if saysMonthFirst { return "\(name) \(day)" + (isOther ? ", \(year)" : "") }
        return "\(day) \(name)" + (isOther ? " \(year)" : "")
    }

    /// A day of the year: `Monday, December 1`, or `lunes, 1 de diciembre`.
    package func dayOfYear(_ date: CivilDate) -> String {
        let (_, month, day) = date.components
        let name = Self.months(language, short: false)[month - 1]
        let weekday = weekday(date, short: false)
        if language == .spanish { return "\(weekday), \(day) de \(name)" }
        return saysMonthFirst ? "\(weekday), \(name) \(day)" : "\(weekday), \(day) \(name)"
    }

    /// A day in full: `Monday, December 1, 2026`, or `lunes, 1 de diciembre de 2026`.
    package func longDay(_ date: CivilDate) -> String {
        let (year, month, day) = date.components
        let name = Self.months(language, short: false)[month - 1]
        let weekday = weekday(date, short: false)
        if language == .spanish { return "\(weekday), \(day) de \(name) de \(year)" }
        if saysMonthFirst { return "\(weekday), \(name) \(day), \(year)" }
        return "\(weekday), \(day) \(name) \(year)"
    }

    /// A day as it is nearest: `Today`, `Tomorrow`, a weekday within the week, or a day.
    package func nearDay(_ date: CivilDate, from today: CivilDate) -> String {
        switch date.daysSince1970 - today.daysSince1970 {
        case 0: self(.today)
        case 1: self(.tomorrow)
        case -1: self(.yesterday)
        default: day(date, besides: today)
        }
    }

    package func month(of date: CivilDate) -> String {
        let (year, month, _) = date.components
        let name = Self.months(language, short: false)[month - 1]
        return language == .spanish ? "\(name.capitalizedFirst) de \(year)" : "\(name) \(year)"
    }

    package func weekday(_ date: CivilDate, short: Bool) -> String {
        weekday(date.weekday, short: short)
    }

    /// The name of a weekday, of which Monday's number is 0.
    package func weekday(_ number: Int, short: Bool) -> String {
        let names: [String] =
            switch (language, short) {
            case (.english, true): ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
            case (.english, false):
                [
                    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
                ]
            case (.spanish, true): ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"]
            case (.spanish, false):
                ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
            }
        return names[number]
    }

    package func monthName(_ number: Int, short: Bool = false) -> String {
        Self.months(language, short: short)[number - 1]
    }

    /// The days of a week in the locale's order; Monday's number is 0.
    package var weekdays: [Int] {
        weekBeginsOnSunday ? [6, 0, 1, 2, 3, 4, 5] : [0, 1, 2, 3, 4, 5, 6]
    }

    /// The first day of the week that a day is in.
    package func weekStart(of date: CivilDate) -> CivilDate {
        let past = weekBeginsOnSunday ? (date.weekday + 1) % 7 : date.weekday
        return date.advanced(byDays: -past)
    }

    private static func months(_ language: ReaderLanguage, short: Bool) -> [String] {
        switch (language, short) {
        case (.english, true):
            [
                "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                "Dec",
            ]
        case (.english, false):
            [
                "January", "February", "March", "April", "May", "June", "July", "August",
                "September", "October", "November", "December",
            ]
        case (.spanish, true):
            [
                "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov",
                "dic",
            ]
        case (.spanish, false):
            [
                "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
                "septiembre", "octubre", "noviembre", "diciembre",
            ]
        }
    }
}
