import Wording

/// What reminders say.
extension Phrase {
    static let reminder = Phrase("Reminder", "Recordatorio")
    static let lateTask = Phrase("Overdue", "Atrasada")
    static let lateTasks = Phrase("Overdue", "Atrasadas")
    static let newTask = Phrase("New task", "Nueva tarea")
    static let dueToday = Phrase("Due today", "Para hoy")
    static let yourDay = Phrase("Your day", "Su día")

    static let markDone = Phrase("Mark as done", "Marcar como hecha")
    static let done = Phrase("Done", "Hecha")
    static let inAnHour = Phrase("Remind me in an hour", "Recordar en una hora")
    static let tomorrowAtNine = Phrase("Remind me tomorrow at 9", "Recordar mañana a las 9")
    static let skipThisTime = Phrase("Skip it this time", "Omitir esta vez")
    static let openTask = Phrase("Open the task", "Abrir la tarea")
    static let noMoreMails = Phrase("Stop these mails", "No recibir más correos")

    static func assigned(by name: String) -> Phrase {
        Phrase("From \(name)", "De \(name)")
    }

    static func taskCount(_ count: Int) -> Phrase {
        .count(count, ("task", "tasks"), ("tarea", "tareas"))
    }

    static func lateCount(_ count: Int) -> Phrase {
        .count(count, ("overdue", "overdue"), ("atrasada", "atrasadas"))
    }

    static func furtherTasks(_ count: Int) -> Phrase {
        Phrase("and \(count) more", "y \(count) más")
    }

    static func whyTask(_ location: String) -> Phrase {
        Phrase(
            "You get this because the task is yours at \(location).",
            "Recibe este correo porque la tarea es suya en \(location)."
        )
    }

    static func whyDigest(_ location: String) -> Phrase {
        Phrase(
            "You get this each day on which something is due at \(location).",
            "Recibe este correo los días en que vence algo en \(location)."
        )
    }

    static let linksAreYours = Phrase(
        "The links hold for seven days and need no signing in, so keep them to yourself.",
        "Los enlaces valen siete días y no piden contraseña: no los comparta."
    )
}
