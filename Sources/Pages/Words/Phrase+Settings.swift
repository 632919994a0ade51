import Wording

/// What is said in the settings, of the team, and where the office is administered.
extension Phrase {
    static let you = Phrase("You", "Usted")
    static let name = Phrase("Name", "Nombre")
    static let email = Phrase("E-mail", "Correo")
    static let zone = Phrase("Time zone", "Zona horaria")
    static let locale = Phrase("Language and region", "Idioma y región")
    static let role = Phrase("Role", "Función")
    static let roleAgent = Phrase("Agent", "Agente")
    static let roleManager = Phrase("Manager", "Responsable")
    static let roleAdmin = Phrase("Administrator", "Administrador")
    static let setByAdmin = Phrase(
        "An administrator changes these.",
        "Los cambia un administrador."
    )
    static let sessions = Phrase("Where you are signed in", "Dónde tiene la sesión abierta")
    static let thisBrowser = Phrase("this browser", "este navegador")
    static let lastUsed = Phrase("last used", "último uso")
    static let endSession = Phrase("Sign out there", "Cerrar allí")
    static let sessionEnded = Phrase("Signed out there.", "Sesión cerrada allí.")
    static let unknownBrowser = Phrase("A browser", "Un navegador")

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

    // MARK: Admin

    static let people = Phrase("People", "Personas")
    static let teams = Phrase("Teams", "Equipos")
    static let contacts = Phrase("Contacts", "Contactos")
    static let categories = Phrase("Categories", "Categorías")
    static let daysOff = Phrase("Days off", "Días libres")
    static let accessTokens = Phrase("Tokens", "Claves")
    static let audit = Phrase("Audit", "Registro")
    static let addPerson = Phrase("Add a colleague", "Añadir un compañero")
    static let addCategory = Phrase("Add a category", "Añadir una categoría")
    static let addDayOff = Phrase("Add a day off", "Añadir un día libre")
    static let newCalendar = Phrase("New calendar", "Calendario nuevo")
    static let calendarName = Phrase("Calendar", "Calendario")
    static let revoke = Phrase("Revoke", "Revocar")
    static let revoked = Phrase("revoked", "revocada")
    static let everything = Phrase("everything", "todo")
    static let noTokens = Phrase("No token was issued.", "No se ha emitido ninguna clave.")
    static let noCalendars = Phrase(
        "No calendar yet. Name one, and series can keep clear of its days off.",
        "Aún no hay calendarios. Cree uno y las series evitarán sus días libres."
    )
    static let noAudit = Phrase("Nothing was administered yet.", "Aún no hay nada.")
    static let wholeOffice = Phrase("the office", "la oficina")
    static let adminSaved = Phrase("Saved.", "Guardado.")
    static let adminAdded = Phrase("Added.", "Añadido.")
    static func inOffice(_ count: Int) -> Phrase { Phrase("\(count) in all", "\(count) en total") }
    static let signInCommand = Phrase(
        "A colleague signs in by the link that this prints:",
        "Un compañero entra con el enlace que imprime:"
    )
}
