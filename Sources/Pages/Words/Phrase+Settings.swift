import Wording

/// What is said in the settings, and of the team.
extension Phrase {
    static let you = Phrase("You", "Usted")
    static let sections = Phrase("Sections", "Secciones")
    static let name = Phrase("Name", "Nombre")
    static let email = Phrase("E-mail", "Correo")
    static let phone = Phrase("Phone", "Teléfono")
    static let zone = Phrase("Time zone", "Zona horaria")
    static let locale = Phrase("Language and region", "Idioma y región")
    static let asBrowser = Phrase("As the browser says", "Como diga el navegador")
    static func clockShows(_ time: String) -> Phrase {
        Phrase(
            "Type a city. Your clock shows \(time).",
            "Escriba una ciudad. Su reloj marca \(time)."
        )
    }
    static let role = Phrase("Role", "Función")
    static let roleAgent = Phrase("Agent", "Agente")
    static let roleManager = Phrase("Manager", "Responsable")
    static let roleAdmin = Phrase("Administrator", "Administrador")
    static func role(_ name: String) -> Phrase {
        switch name {
        case "admin": .roleAdmin
        case "manager": .roleManager
        default: .roleAgent
        }
    }
    static let setByAdmin = Phrase(
        "An administrator changes the address and the role.",
        "El correo y la función los cambia un administrador."
    )
    static let sessions = Phrase("Where you are signed in", "Dónde tiene la sesión abierta")
    static let thisBrowser = Phrase("this browser", "este navegador")
    static let lastUsed = Phrase("last used", "último uso:")
    static let neverUsed = Phrase("never used", "sin usar")
    static let endSession = Phrase("Sign out there", "Cerrar allí")
    static let sessionEnded = Phrase("Signed out there.", "Sesión cerrada allí.")
    static let unknownBrowser = Phrase("A browser", "Un navegador")

    // MARK: The calendar's address

    static let calendarAddress = Phrase("Your tasks in a calendar", "Sus tareas en un calendario")
    static let addressExplained = Phrase(
        "Calendar apps subscribe to a secret address and show your open tasks. Whoever has it can "
            + "read them, and nobody can change anything by it.",
        "Las aplicaciones de calendario se suscriben a una dirección secreta y muestran sus tareas "
            + "pendientes. Quien la tenga puede leerlas; nadie puede cambiar nada con ella."
    )
    static let noAddress = Phrase("There is no address yet.", "Aún no hay dirección.")
    static let makeAddress = Phrase("Make an address", "Crear una dirección")
    static let replaceAddress = Phrase("Make a new one", "Crear otra")
    static let removeAddress = Phrase("Remove it", "Quitarla")
    static let addressRemoved = Phrase(
        "The address is not in force any more.",
        "La dirección ya no es válida."
    )
    static let addressOnce = Phrase(
        "Copy the address now; it is shown this once.",
        "Copie la dirección ahora: solo se muestra esta vez."
    )
    static let addressAsTodo = Phrase(
        "For apps that show to-dos, add",
        "Para aplicaciones que muestran tareas, añada"
    )
    static func addressMade(_ day: String) -> Phrase {
        Phrase("Made: \(day).", "Creada: \(day).")
    }
    static func addressUsed(_ day: String) -> Phrase {
        Phrase("Last read: \(day).", "Última lectura: \(day).")
    }
    static let addressUnused = Phrase("Nobody has read it yet.", "Nadie la ha leído todavía.")

    // MARK: Tokens

    static let ownTokens = Phrase("Your tokens", "Sus claves")
    static let tokensExplained = Phrase(
        "A program that has a token acts as its holder, as far as the token allows.",
        "Un programa con una clave actúa en nombre de su titular, hasta donde la clave permita."
    )
    static let newToken = Phrase("New token", "Clave nueva")
    static let makeToken = Phrase("Make the token", "Crear la clave")
    static let tokenOnce = Phrase(
        "Copy the token now; it is shown this once.",
        "Copie la clave ahora: solo se muestra esta vez."
    )
    static let tokenHolder = Phrase("Holder", "Titular")
    static let mayDo = Phrase("It may", "Permite")
    static let inForceFor = Phrase("In force for", "Válida durante")
    static let days30 = Phrase("30 days", "30 días")
    static let days90 = Phrase("90 days", "90 días")
    static let oneYear = Phrase("a year", "un año")
    static let never = Phrase("until it is revoked", "hasta que se revoque")
    static func endsOn(_ day: String) -> Phrase { Phrase("until \(day)", "hasta: \(day)") }
    static let expired = Phrase("lapsed", "caducada")
    static let revoke = Phrase("Revoke", "Revocar")
    static func revokeToken(_ hint: String) -> Phrase {
        Phrase("Revoke \(hint)", "Revocar \(hint)")
    }
    static let revoked = Phrase("revoked", "revocada")
    static let tokenRevoked = Phrase("The token is revoked.", "La clave está revocada.")
    static let everything = Phrase("everything", "todo")
    static let nothing = Phrase("nothing", "nada")
    static let noTokens = Phrase("There is no token.", "No hay claves.")
    static func scope(_ name: String) -> Phrase {
        switch name {
        case "tasks.read": Phrase("read tasks", "leer tareas")
        case "tasks.write": Phrase("change tasks", "cambiar tareas")
        case "directory.read": Phrase("read people and contacts", "leer personas y contactos")
        case "directory.write": Phrase("change people and contacts", "cambiar personas y contactos")
        case "tokens.write": Phrase("make tokens", "crear claves")
        case "webhooks.read": Phrase("read webhooks", "leer webhooks")
        case "webhooks.write": Phrase("change webhooks", "cambiar webhooks")
        case "reminders.read": Phrase("read reminders", "leer avisos")
        case "settings.write": Phrase("change the office", "cambiar la oficina")
        default: Phrase(name, name)
        }
    }

    // MARK: Team

    static let teamLoad = Phrase("Open tasks by day", "Tareas pendientes por día")
    static let person = Phrase("Person", "Persona")
    static let overdueByPerson = Phrase("Overdue", "Atrasadas")
    static let teamHint = Phrase(
        "Open tasks of the next 14 days; a darker field is a fuller day.",
        "Tareas pendientes de los próximos 14 días; cuanto más oscuro, más lleno."
    )
    static let handOver = Phrase("Hand work over", "Traspasar trabajo")
    static let handOverFrom = Phrase("Everything open of", "Todo lo pendiente de")
    static let giveAll = Phrase("Hand over", "Traspasar")
    static let handOverTo = Phrase("goes to", "pasa a")
    static let nothingToHandOver = Phrase(
        "There is nothing to hand over.",
        "No hay nada que traspasar."
    )
    static func handedOver(_ count: Int, _ name: String) -> Phrase {
        Phrase(
            count == 1 ? "1 task is \(name)’s now." : "\(count) tasks are \(name)’s now.",
            count == 1 ? "1 tarea es ahora de \(name)." : "\(count) tareas son ahora de \(name)."
        )
    }

    static let teamDrag = Phrase(
        "Open a field to give its tasks to somebody, or drag it to another line.",
        "Abra una casilla para dar sus tareas a alguien, o arrástrela a otra línea."
    )
    static func lateOf(_ name: String) -> Phrase {
        Phrase("Overdue of \(name)", "Atrasadas de \(name)")
    }
    static func shareOf(_ name: String, _ day: String) -> Phrase {
        Phrase("\(name), \(day)", "\(name), \(day)")
    }
    static let faredByPerson = Phrase("How it fares, by person", "Cómo va, por persona")
    static let faredBySeries = Phrase("How it fares, by series", "Cómo va, por serie")
    static let lastMonth = Phrase(
        "Of what was due in the last 30 days.",
        "De lo que vencía en los últimos 30 días."
    )
    static let onTime = Phrase("On its day", "En su día")
    static let doneLate = Phrase("Late", "Tarde")
    static let leftOpen = Phrase("Open", "Pendientes")
    static let skippedOnes = Phrase("Skipped", "Omitidas")
    static let nothingFared = Phrase("Nothing was due.", "No vencía nada.")
}
