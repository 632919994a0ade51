import Wording

/// What is said of webhooks.
extension Phrase {
    static let noWebhooks = Phrase(
        "No other system is told of anything yet. Add the address of one.",
        "Aún no se avisa a ningún otro sistema. Añada la dirección de uno."
    )
    static let addWebhook = Phrase("Add a webhook", "Añadir un webhook")
    static let address = Phrase("Address", "Dirección")
    static let addressOfHook = Phrase(
        "It begins with https:// and is on the public internet.",
        "Empieza por https:// y está en internet."
    )
    static let formOfEvents = Phrase("Form", "Formato")
    static let eventsToTell = Phrase("Events", "Eventos")
    static let allEvents = Phrase("all events", "todos los eventos")
    static let noneMeansAll = Phrase(
        "None ticked means all. HighLevel’s form has events of its own.",
        "Sin marcar ninguno, todos. El formato de HighLevel tiene los suyos."
    )
    static let hookActive = Phrase("active", "activo")
    static let hookFailing = Phrase("failing", "fallando")
    static let hookPaused = Phrase("paused", "en pausa")
    static let pauseHook = Phrase("Pause", "Pausar")
    static let resumeHook = Phrase("Resume", "Reanudar")
    static let sendTest = Phrase("Send a test", "Enviar una prueba")
    static let rotate = Phrase("New secret", "Secreto nuevo")
    static let rotateQuestion = Phrase(
        "The secret changes. By Standard Webhooks the former one signs as well for a day.",
        "El secreto cambia. Con Standard Webhooks el anterior también firma durante un día."
    )
    static let removeWebhookQuestion = Phrase(
        "It is told of nothing more, for good.",
        "No se le avisará de nada más, para siempre."
    )
    static let webhookPausedNow = Phrase("Paused.", "En pausa.")
    static let webhookResumed = Phrase("It goes on where it stopped.", "Sigue donde se quedó.")
    static let webhookRemoved = Phrase("The webhook is removed.", "Se quitó el webhook.")
    static func testArrived(_ answer: String) -> Phrase {
        Phrase("The test arrived: \(answer)", "La prueba llegó: \(answer)")
    }
    static func testFailed(_ answer: String) -> Phrase {
        Phrase("The test did not arrive: \(answer)", "La prueba no llegó: \(answer)")
    }
    static let replaySince = Phrase("Send once more since", "Reenviar desde")
    static let replay = Phrase("Send once more", "Reenviar")
    static func replayed(_ since: String) -> Phrase {
        Phrase(
            "What changed since is sent once more: \(since)",
            "Se reenvía lo que cambió desde: \(since)"
        )
    }
    static let secretOnce = Phrase(
        "Copy the secret now; it is shown this once.",
        "Copie el secreto ahora: solo se muestra esta vez."
    )
    static let publicKeyOnce = Phrase(
        "Copy the public key, by which the receiver checks signatures.",
        "Copie la clave pública, con la que el receptor comprueba las firmas."
    )
    static let toldUpTo = Phrase("Told up to", "Avisado hasta")
    static func changeNumbered(_ number: Int) -> Phrase {
        Phrase("change \(number)", "cambio \(number)")
    }
    static let lastAnswer = Phrase("Last answer", "Última respuesta")
    static let failingSince = Phrase("Failing since", "Falla desde")
    static let nextAttempt = Phrase("Next attempt", "Próximo intento")
    static let pausedBecause = Phrase("Paused because", "En pausa porque")
    static let deliveries = Phrase("Deliveries", "Entregas")
    static let noDeliveries = Phrase(
        "Nothing was to be told yet.",
        "Aún no había nada que avisar."
    )
    static let deliverySent = Phrase("sent", "enviado")
    static let deliveryWaiting = Phrase("waiting", "esperando")
    static let deliveryPassedOver = Phrase("passed over", "omitido")
    static let changed = Phrase("Changed", "Cambió")
    static let eventName = Phrase("Event", "Evento")
    static let attempts = Phrase("Attempts", "Intentos")
    static let lastAttempt = Phrase("Last attempt", "Último intento")
    static let answer = Phrase("Answer", "Respuesta")

    /// An event by its name.
    static func event(_ name: String) -> Phrase {
        switch name {
        case "task.created": Phrase("task added", "tarea añadida")
        case "task.changed": Phrase("task changed", "tarea cambiada")
        case "task.completed": Phrase("task completed", "tarea completada")
        case "task.reopened": Phrase("task reopened", "tarea reabierta")
        case "task.skipped": Phrase("task skipped", "tarea omitida")
        case "task.deleted": Phrase("task deleted", "tarea borrada")
        case "series.created": Phrase("series added", "serie añadida")
        case "series.changed": Phrase("series changed", "serie cambiada")
        case "series.deleted": Phrase("series deleted", "serie borrada")
        default: Phrase(name, name)
        }
    }
}
