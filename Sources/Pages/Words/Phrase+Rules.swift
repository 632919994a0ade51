import Wording

/// What is said about how tasks repeat.
extension Phrase {
    static let repetition = Phrase("Repetition", "Repetición")
    static let preset = Phrase("Repeats", "Se repite")
    static let doesNotRepeat = Phrase("Does not repeat", "No se repite")
    static let everyDay = Phrase("Every day", "Todos los días")
    static let everyWorkday = Phrase("Every weekday, Monday to Friday", "De lunes a viernes")
    static let customRule = Phrase("Otherwise…", "De otra manera…")
    static func everyWeekOn(_ day: (String, String)) -> Phrase {
        Phrase("Every week on \(day.0)", "Cada semana, el \(day.1)")
    }
    static func everyMonthOnDay(_ day: Int) -> Phrase {
        Phrase("Every month on day \(day)", "Cada mes, el día \(day)")
    }
    static func everyMonthOn(_ english: String, _ spanish: String) -> Phrase {
        Phrase("Every month on the \(english)", "Cada mes, el \(spanish)")
    }
    static let everyMonthLastDay = Phrase(
        "Every month on its last day",
        "Cada mes, el último día"
    )
    static let everyYear = Phrase("Every year on that day", "Cada año, ese día")

    static let inWords = Phrase("In words", "Con palabras")
    static let wordsExample = Phrase(
        "every other Friday at 4 until March",
        "cada dos viernes a las 4 hasta marzo"
    )
    static let every = Phrase("Every", "Cada")
    static let frequency = Phrase("Unit", "Unidad")
    static let interval = Phrase("Interval", "Intervalo")
    static let days = Phrase("days", "días")
    static let weeks = Phrase("weeks", "semanas")
    static let months = Phrase("months", "meses")
    static let years = Phrase("years", "años")
    static let onWeekdays = Phrase("On", "Los días")
    static let onDay = Phrase("On day", "El día")
    static let ofTheMonth = Phrase("of the month", "del mes")
    static let onThe = Phrase("On the", "El")
    static let onLastDay = Phrase("On the last day of the month", "El último día del mes")
    static let inMonth = Phrase("In", "En")
    static let ends = Phrase("Ends", "Termina")
    static let endsNever = Phrase("Never", "Nunca")
    static let endsOn = Phrase("On", "El")
    static let endsAfter = Phrase("After", "Después de")
    static let times = Phrase("times", "veces")
    static let showDates = Phrase("Show the dates", "Mostrar las fechas")
    static let noDates = Phrase("No date comes of it.", "No resulta ninguna fecha.")
    static let policies = Phrase("More about how it repeats", "Más sobre la repetición")
    static func ordinal(_ number: Int) -> Phrase {
        switch number {
        case 1: Phrase("first", "primer")
        case 2: Phrase("second", "segundo")
        case 3: Phrase("third", "tercer")
        case 4: Phrase("fourth", "cuarto")
        case 5: Phrase("fifth", "quinto")
        case -2: Phrase("last but one", "penúltimo")
        default: Phrase("last", "último")
        }
    }
    static func loadOfDay(_ count: Int) -> Phrase {
        Phrase("+ \(count) that day", "+ \(count) ese día")
    }

    // MARK: Policies

    static let monthEnd = Phrase(
        "In months without such a day",
        "En los meses sin ese día"
    )
    static let monthEndSkip = Phrase("leave them out", "saltarlos")
    static let monthEndLast = Phrase("take the last day", "tomar el último día")
    static let monthEndNext = Phrase("take the day after", "tomar el día siguiente")
    static let counting = Phrase("The next one comes", "La siguiente llega")
    static let onSchedule = Phrase(
        "on its date, whatever was done",
        "en su fecha, pase lo que pase"
    )
    static let afterCompletion = Phrase(
        "after the last one was done",
        "después de hacer la anterior"
    )
    static let missed = Phrase("Missed while no server ran", "Si el servidor estuvo parado")
    static let missedAll = Phrase("make up for all", "crear todas")
    static let missedLatest = Phrase("make the latest", "crear la última")
    static let missedNone = Phrase("make none", "no crear ninguna")
    static let whileOverdue = Phrase(
        "While the last one is overdue",
        "Si la anterior está atrasada"
    )
    static let overdueCreate = Phrase("add another one", "añadir otra")
    static let overdueSkip = Phrase("skip the new one", "omitir la nueva")
    static let overdueRoll = Phrase("move the old one on", "adelantar la anterior")
    static let dayOff = Phrase("On days off of", "En los días libres de")
    static let dayOffKeep = Phrase("keep it", "dejarla")
    static let dayOffBefore = Phrase(
        "do it on the working day before",
        "pasarla al laborable anterior"
    )
    static let dayOffAfter = Phrase(
        "do it on the working day after",
        "pasarla al laborable siguiente"
    )
    static let dayOffSkip = Phrase("leave it out", "omitirla")
    static let noCalendar = Phrase("no calendar", "ningún calendario")
}
