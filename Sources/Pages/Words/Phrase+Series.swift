import Wording

/// What is said of series.
extension Phrase {
    static let noSeries = Phrase(
        "Nothing repeats yet. Say “every” in the line above, as in “Call Stacy every Monday at 9”.",
        "Todavía no se repite nada. Diga «cada» en la línea de arriba: «Llamar a Stacy cada lunes a las 9»."
    )
    static let next = Phrase("Next", "Siguiente")
    static let comesNoMore = Phrase("No more come", "No vendrán más")
    static let active = Phrase("Active", "Activa")
    static let paused = Phrase("Paused", "En pausa")
    static let ended = Phrase("Ended", "Terminada")
    static let setAside = Phrase("Set aside", "Apartada")
    static let pause = Phrase("Pause", "Pausar")
    static let resume = Phrase("Resume", "Reanudar")
    static let end = Phrase("End", "Terminar")
    static let pausedNow = Phrase(
        "Paused: nothing comes until it is resumed.",
        "En pausa: no viene nada hasta que se reanude."
    )
    static let resumedNow = Phrase("Resumed.", "Reanudada.")
    static let endedNow = Phrase("Ended: nothing more comes.", "Terminada: no vendrá nada más.")
    static let seriesSaved = Phrase("Saved.", "Guardada.")
    static let howItFares = Phrase("How it fares", "Cómo va")
    static let fared = Phrase("In the last year", "En el último año")
    static let upcoming = Phrase("What comes", "Lo que viene")
    static let whyDay = Phrase("Why on a day, or why not?", "¿Por qué un día sí o no?")
    static let day = Phrase("Day", "Día")
    static let explain = Phrase("Explain", "Explicar")
    static let pauseUntil = Phrase("Until (or for good)", "Hasta (o sin fin)")
    static let rule = Phrase("Rule", "Regla")
    static let noRule = Phrase("does not repeat any more", "ya no se repite")
    static let responsible = Phrase("Who does it", "Quién la hace")
    static let inTurn = Phrase("in turn", "por turnos")
    static func done(_ count: Int) -> Phrase {
        Phrase("\(count) done", count == 1 ? "1 hecha" : "\(count) hechas")
    }
    static func skippedCount(_ count: Int) -> Phrase {
        Phrase("\(count) skipped", count == 1 ? "1 omitida" : "\(count) omitidas")
    }
    static func missedCount(_ count: Int) -> Phrase {
        Phrase("\(count) missed", count == 1 ? "1 perdida" : "\(count) perdidas")
    }
    static func openCount(_ count: Int) -> Phrase {
        Phrase("\(count) open", count == 1 ? "1 pendiente" : "\(count) pendientes")
    }
    static func share(_ percent: Int) -> Phrase {
        Phrase("\(percent) % done", "\(percent) % hechas")
    }
    static func seriesOf(_ count: Int) -> Phrase {
        Phrase("\(count) series", count == 1 ? "1 serie" : "\(count) series")
    }
    static let seriesActions = Phrase("Actions", "Acciones")
    static let noTaskThatDay = Phrase("No task on that day.", "Ese día no hay tarea.")
    static let taskThatDay = Phrase("There is a task on that day.", "Ese día hay tarea.")
}
