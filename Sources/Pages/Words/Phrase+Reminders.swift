import Wording

/// What is said of reminders.
extension Phrase {
    static let remindersOfTasks = Phrase(
        "Of tasks that say nothing of reminders",
        "De tareas que no dicen nada de avisos"
    )
    static let remindersOfOffice = Phrase("As the office says", "Como diga la oficina")
    static let remindersNone = Phrase("No reminder", "Ningún aviso")
    static let remindersOwn = Phrase("These:", "Estos:")
    static func reminderNumbered(_ number: Int) -> Phrase {
        Phrase("Reminder \(number)", "Aviso \(number)")
    }
    static func wayOfReminder(_ number: Int) -> Phrase {
        Phrase("Way of reminder \(number)", "Vía del aviso \(number)")
    }
    static let quietFrom = Phrase("Quiet from", "Silencio desde")
    static let quietTo = Phrase("Quiet until", "Silencio hasta")
    static let digestAt = Phrase("The day’s work by mail at", "El trabajo del día por correo a las")
    static let digestHint = Phrase("Empty: no such mail.", "Vacío: sin ese correo.")
    static let noMails = Phrase("Send me no mails at all", "No enviarme ningún correo")
    static let way = Phrase("Way", "Vía")
    static let sendTestReminder = Phrase(
        "Send me a test reminder",
        "Enviarme un aviso de prueba"
    )
    static let testReminder = Phrase("Test reminder", "Aviso de prueba")
    static let testReminderComes = Phrase(
        "A task “Test reminder” was added; its reminder comes in a few seconds.",
        "Se añadió la tarea «Aviso de prueba»; su aviso llega en unos segundos."
    )
    static let remindersPurpose = Phrase(
        "What is sent to whom, when, and what became of it.",
        "Qué se envía a quién, cuándo, y qué fue de ello."
    )
    static let remindersWell = Phrase("None was lost in a week", "Ninguno perdido en una semana")
    static let remindersLost = Phrase(
        "Some were missed or failed",
        "Algunos se perdieron o fallaron"
    )
    static let noRemindersYet = Phrase(
        "No reminder of this kind. Tasks get some in their form, people in their settings.",
        "Ningún aviso así. Las tareas los reciben en su formulario; las personas, en sus ajustes."
    )
    static let sendAt = Phrase("When", "Cuándo")
    static let dailyDigest = Phrase("The day’s work", "El trabajo del día")
    static let assignmentNotice = Phrase("assigned", "asignada")
    static func reminderState(_ name: String) -> Phrase {
        switch name {
        case "waiting": Phrase("waiting", "esperando")
        case "sent": Phrase("sent", "enviado")
        case "withdrawn": Phrase("withdrawn", "retirado")
        case "missed": Phrase("missed", "perdido")
        default: Phrase("failed", "fallido")
        }
    }
    static func wayNamed(_ name: String) -> Phrase {
        switch name {
        case "email": Phrase("e-mail", "correo")
        case "sms": Phrase("SMS", "SMS")
        case "page": Phrase("page", "página")
        case "webhook": Phrase("webhook", "webhook")
        default: Phrase("call", "llamada")
        }
    }
}
