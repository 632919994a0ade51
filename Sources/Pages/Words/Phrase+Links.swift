import Wording

/// What the pages say to which the links of reminders lead.
extension Phrase {
    // MARK: What is asked

    static let whatToDo = Phrase("What is to be done?", "¿Qué desea hacer?")
    static let isItDone = Phrase("Is it done?", "¿Está hecha?")
    static let remindLater = Phrase("Remind you later?", "¿Recordárselo más tarde?")
    static let skipIt = Phrase("Skip it this time?", "¿Omitirla esta vez?")
    static let remindInAnHour = Phrase("Remind me in an hour", "Recordar en una hora")
    static func remindAt(_ when: String) -> Phrase {
        Phrase("Remind me \(when.lowercasedFirst)", "Recordar \(when.lowercasedFirst)")
    }
    static let skipThisTime = Phrase("Skip it this time", "Omitir esta vez")
    static func taskMoved(_ when: String) -> Phrase {
        Phrase(
            "It was moved since the reminder was sent, to: \(when).",
            "Se ha movido desde que se envió el aviso: \(when)."
        )
    }
    static let taskChanged = Phrase(
        "The task has just been changed. Look at it once more.",
        "La tarea acaba de cambiar. Mírela otra vez."
    )

    // MARK: What was done

    static let doneTitle = Phrase("Done", "Hecha")
    static let skippedTitle = Phrase("Skipped this time", "Omitida esta vez")
    static let snoozedTitle = Phrase("You will be reminded", "Se lo recordaremos")
    static func remindedAt(_ when: String) -> Phrase {
        Phrase(
            "The next reminder: \(when.lowercasedFirst).",
            "Próximo aviso: \(when.lowercasedFirst)."
        )
    }
    static func nextOne(_ when: String) -> Phrase {
        Phrase("The next one: \(when.lowercasedFirst).", "La próxima: \(when.lowercasedFirst).")
    }

    // MARK: What cannot be done

    static let doneAlready = Phrase("It is done already", "Ya está hecha")
    static let skippedAlready = Phrase("It was skipped already", "Ya se ha omitido")
    static func since(_ when: String) -> Phrase {
        Phrase("Since \(when.lowercasedFirst)", "Desde \(when.lowercasedFirst)")
    }
    static let nothingToDo = Phrase(
        "There is nothing left to do. Thank you!",
        "No queda nada que hacer. ¡Gracias!"
    )
    static let taskGoneTitle = Phrase("The task is not there any more", "La tarea ya no está")
    static let taskGone = Phrase(
        "It was deleted, or is somebody else’s now. There is nothing that you need to do.",
        "Se ha eliminado o ahora es de otra persona. No tiene que hacer nada."
    )
    static let linkLapsedTitle = Phrase("This link has run out", "Este enlace ha caducado")
    static let linkLapsed = Phrase(
        "Links in reminders hold for seven days. You find the task on the page.",
        "Los enlaces de los avisos valen siete días. Encontrará la tarea en la página."
    )
    static let linkBrokenTitle = Phrase("This link does not work", "Este enlace no funciona")
    static let linkBroken = Phrase(
        "It may have been cut off on its way. Open it once more from the reminder itself.",
        "Quizá se cortó por el camino. Ábralo otra vez desde el propio aviso."
    )
    static let openTask = Phrase("Open the task", "Abrir la tarea")
    static let formTooLarge = Phrase(
        "More was sent than such a form can have.",
        "Se envió más de lo que cabe en un formulario."
    )
    static let openPage = Phrase("Open the page", "Abrir la página")

    // MARK: Mails

    static let stopMailsTitle = Phrase("No more mails?", "¿No recibir más correos?")
    static func stopMailsExplained(_ location: String) -> Phrase {
        Phrase(
            "\(location) will send you no more reminders by mail. Your tasks stay as they are.",
            "\(location) ya no le enviará avisos por correo. Sus tareas siguen como están."
        )
    }
    static let stopMails = Phrase("Stop the mails", "No recibir más correos")
    static let mailsStopped = Phrase("You get no more mails", "Ya no recibirá correos")
    static func mailsStoppedExplained(_ location: String) -> Phrase {
        Phrase(
            "\(location) sends you no reminders by mail. Your tasks stay as they are.",
            "\(location) no le envía avisos por correo. Sus tareas siguen como estaban."
        )
    }
    static let mailsAgain = Phrase("Get mails again", "Volver a recibirlos")
    static let mailsResumed = Phrase("You get mails again", "Vuelve a recibir correos")
    static func mailsResumedExplained(_ location: String) -> Phrase {
        Phrase(
            "\(location) reminds you by mail again.",
            "\(location) vuelve a enviarle avisos por correo."
        )
    }
}

extension String {
    /// The text in the middle of a sentence: `Today, 9:00 AM` becomes `today, 9:00 AM`, and `Mon` stays.
    fileprivate var lowercasedFirst: String {
        let names = [Phrase.today, .tomorrow, .yesterday].flatMap { [$0.english, $0.spanish] }
        guard let name = names.first(where: { hasPrefix($0) }) else { return self }
        return name.lowercased() + dropFirst(name.count)
    }
}
