import Wording

/// What is said where the office is administered.
extension Phrase {
    static let overview = Phrase("Overview", "Resumen")
    static let adminSummary = Phrase(
        "People, contacts and everything that the team works with.",
        "Las personas, los contactos y todo con lo que trabaja el equipo."
    )
    static let people = Phrase("People", "Personas")
    static let teams = Phrase("Teams", "Equipos")
    static let contacts = Phrase("Contacts", "Contactos")
    static let categories = Phrase("Categories", "Categorías")
    static let daysOff = Phrase("Days off", "Días libres")
    static let accessTokens = Phrase("Tokens", "Claves")
    static let webhooks = Phrase("Webhooks", "Webhooks")
    static let audit = Phrase("Audit", "Registro")
    static let health = Phrase("Health", "Estado")
    static let peoplePurpose = Phrase(
        "Who works here, what they may do, and when they are away.",
        "Quién trabaja aquí, qué puede hacer y cuándo está ausente."
    )
    static let teamsPurpose = Phrase(
        "Who sees whose work.",
        "Quién ve el trabajo de quién."
    )
    static let contactsPurpose = Phrase(
        "Whom tasks are about; a whole table can be taken over.",
        "De quién tratan las tareas; se puede importar una tabla entera."
    )
    static let categoriesPurpose = Phrase(
        "By which tasks are told apart.",
        "Con ellas se distinguen las tareas."
    )
    static let daysOffPurpose = Phrase(
        "Weekends and holidays that series keep clear of.",
        "Fines de semana y festivos que las series evitan."
    )
    static let tokensPurpose = Phrase(
        "By which programs act for people or for the office.",
        "Con ellas los programas actúan por personas o por la oficina."
    )
    static let webhooksPurpose = Phrase(
        "Which other systems are told of what changes.",
        "A qué otros sistemas se avisa de lo que cambia."
    )
    static let auditPurpose = Phrase(
        "Who changed what here, and when.",
        "Quién cambió qué aquí, y cuándo."
    )
    static let healthPurpose = Phrase(
        "Whether the server and everything in it are well.",
        "Si el servidor y todo lo que contiene van bien."
    )

    static let adminSaved = Phrase("Saved.", "Guardado.")
    static let adminAdded = Phrase("Added.", "Añadido.")
    static let remove = Phrase("Remove", "Quitar")
    static func removeNamed(_ name: String) -> Phrase {
        Phrase("Remove \(name)", "Quitar \(name)")
    }
    static func inOffice(_ count: Int) -> Phrase { Phrase("\(count) in all", "\(count) en total") }
    static func moreThan(_ count: Int) -> Phrase {
        Phrase("more than \(count)", "más de \(count)")
    }
    static func inForceCount(_ count: Int) -> Phrase {
        .count(count, ("in force", "in force"), ("en vigor", "en vigor"))
    }
    static func webhookCount(_ count: Int, paused: Int) -> Phrase {
        paused == 0
            ? inOffice(count)
            : Phrase(
                "\(count) in all, \(paused) paused",
                "\(count) en total, \(paused) en pausa"
            )
    }
    static func lastEntry(_ day: String) -> Phrase {
        Phrase("last entry: \(day)", "última entrada: \(day)")
    }
    static let allWell = Phrase("All is well", "Todo va bien")
    static func findingCount(_ count: Int) -> Phrase {
        .count(
            count,
            ("thing needs a look", "things need a look"),
            ("cosa necesita atención", "cosas necesitan atención")
        )
    }

    // MARK: People

    static let addPerson = Phrase("Add a colleague", "Añadir un compañero")
    static let signInCommand = Phrase(
        "A colleague signs in by the link that this prints:",
        "Un compañero entra con el enlace que imprime:"
    )
    static let ownRole = Phrase(
        "Another administrator has to change your own role.",
        "Su propia función la cambia otro administrador."
    )
    static let removePerson = Phrase("Remove this colleague", "Quitar a este compañero")
    static let removePersonQuestion = Phrase(
        "They cannot sign in any more; their tasks stay.",
        "No podrá entrar más; sus tareas se quedan."
    )
    static let personRemoved = Phrase("The colleague is removed.", "Se quitó al compañero.")
    static let absences = Phrase("Absences", "Ausencias")
    static let noAbsences = Phrase(
        "No absence. Rotations pass over who is away.",
        "Sin ausencias. Las rotaciones saltan a quien no está."
    )
    static let addAbsence = Phrase("Add an absence", "Añadir una ausencia")
    static let firstDay = Phrase("First day", "Primer día")
    static let lastDay = Phrase("Last day", "Último día")
    static let beforeFirstDay = Phrase(
        "That is before the first day.",
        "Es anterior al primer día."
    )
    static let past = Phrase("past", "pasada")

    // MARK: Teams

    static let addTeam = Phrase("Add a team", "Añadir un equipo")
    static let members = Phrase("Members", "Miembros")
    static let noMembers = Phrase("Nobody is in it.", "No hay nadie en él.")
    static let sharing = Phrase("shares work", "comparte trabajo")
    static let sharesWork = Phrase(
        "Members see each other’s work",
        "Los miembros ven el trabajo de los demás"
    )
    static let noTeams = Phrase(
        "No team yet. Members of one that shares work see each other’s tasks.",
        "Aún no hay equipos. Los miembros de uno que comparte trabajo ven las tareas de los demás."
    )
    static let removeTeamQuestion = Phrase(
        "Its members do not see each other’s work by it any more.",
        "Sus miembros ya no verán por él el trabajo de los demás."
    )
    static let teamRemoved = Phrase("The team is removed.", "Se quitó el equipo.")

    // MARK: Categories and days off

    static let addCategory = Phrase("Add a category", "Añadir una categoría")
    static let everyOffice = Phrase("of every office", "de todas las oficinas")
    static func onlyOf(_ name: String) -> Phrase { Phrase("only \(name)’s", "solo de \(name)") }
    static let removeCategoryQuestion = Phrase(
        "Tasks that have it keep its name.",
        "Las tareas que la tienen conservan su nombre."
    )
    static let categoryRemoved = Phrase("The category is removed.", "Se quitó la categoría.")
    static let addDayOff = Phrase("Add a day off", "Añadir un día libre")
    static let holidayName = Phrase("What it is", "Qué es")
    static let newCalendar = Phrase("New calendar", "Calendario nuevo")
    static let calendarName = Phrase("Name", "Nombre")
    static let weekend = Phrase("Off every week", "Libres cada semana")
    static let nameAndWeekend = Phrase("Name and weekend", "Nombre y fin de semana")
    static func pastDays(_ count: Int) -> Phrase {
        .count(count, ("past day", "past days"), ("día pasado", "días pasados"))
    }
    static let noDaysOff = Phrase(
        "No day off is to come, but for the weekends.",
        "No hay días libres por venir, salvo los fines de semana."
    )
    static let noCalendars = Phrase(
        "No calendar yet. Name one, and series can keep clear of its days off.",
        "Aún no hay calendarios. Cree uno y las series evitarán sus días libres."
    )
    static let removeCalendar = Phrase("Remove the calendar", "Quitar el calendario")
    static let removeCalendarQuestion = Phrase(
        "Series that go by it keep clear of nothing then.",
        "Las series que lo siguen ya no evitarán ningún día."
    )
    static let calendarRemoved = Phrase("The calendar is removed.", "Se quitó el calendario.")

    // MARK: Audit

    static let noAudit = Phrase("Nothing was administered yet.", "Aún no hay nada.")
    static let wholeOffice = Phrase("the office", "la oficina")
    static let byCommand = Phrase("A command on the server", "Una orden en el servidor")
    static let byOfficesToken = Phrase("The office’s token", "La clave de la oficina")
    static let whatChanged = Phrase("What changed", "Qué cambió")

    // MARK: Health

    static let serverState = Phrase("The server", "El servidor")
    static let facts = Phrase("Facts", "Datos")
    static let allWellExplained = Phrase(
        "All is well: what is due is made, and what is written is kept.",
        "Todo va bien: se crea lo que vence y se guarda lo que se escribe."
    )
    static let storeTrouble = Phrase(
        "The database cannot be relied on at the moment; writes may be refused.",
        "La base de datos no es fiable ahora mismo; puede que no se acepten cambios."
    )
    static func setAsideCount(_ count: Int) -> Phrase {
        .count(
            count,
            ("series is set aside; see below.", "series are set aside; see below."),
            ("serie está apartada; véase abajo.", "series están apartadas; véase abajo.")
        )
    }
    static func heldCount(_ count: Int) -> Phrase {
        .count(
            count,
            ("series waits to be tried again.", "series wait to be tried again."),
            ("serie espera otro intento.", "series esperan otro intento.")
        )
    }
    static let clockTrouble = Phrase(
        "The machine’s clock jumped and is not believed yet.",
        "El reloj de la máquina saltó y aún no se le cree."
    )
    static let oldZones = Phrase(
        "The time zones of the machine are old.",
        "Las zonas horarias de la máquina son antiguas."
    )
    static func webhookPaused(_ url: String) -> Phrase {
        Phrase("The webhook to \(url) is paused.", "El webhook a \(url) está en pausa.")
    }
    static let setAsideTitle = Phrase("Series set aside", "Series apartadas")
    static let setAsideExplained = Phrase(
        "The server could not read these, so they make no tasks. Open one to resume or delete it, "
            + "or to give it another rule.",
        "El servidor no pudo leerlas y no crean tareas. Abra una para reanudarla, borrarla o darle "
            + "otra regla."
    )
    static let noneSetAside = Phrase(
        "None: every series of the office can be read.",
        "Ninguna: todas las series de la oficina se pueden leer."
    )
    static let zoneData = Phrase("Time zones", "Zonas horarias")
}

extension ReaderLocale {
    /// What an entry of the audit says was done.
    func deed(_ action: String) -> String {
        let parts = action.split(separator: ".").map(String.init)
        guard let subject = Self.subjects[parts.first ?? ""],
            let verb = Self.verbs[parts.last ?? ""]
        else { return action }
        return "\(self(verb)) \(self(subject))"
    }

    private static let subjects: [String: Phrase] = [
        "location": Phrase("the office", "la oficina"),
        "user": Phrase("the colleague", "el compañero"),
        "team": Phrase("the team", "el equipo"),
        "contact": Phrase("the contact", "el contacto"),
        "category": Phrase("the category", "la categoría"),
        "token": Phrase("the token", "la clave"),
        "webhook": Phrase("the webhook", "el webhook"),
        "directory": Phrase("the directory", "el directorio"),
    ]
    private static let verbs: [String: Phrase] = [
        "created": Phrase("added", "añadió"), "updated": Phrase("changed", "cambió"),
        "deleted": Phrase("removed", "quitó"), "issued": Phrase("made", "creó"),
        "revoked": Phrase("revoked", "revocó"), "rotated": Phrase("renewed", "renovó"),
        "replayed": Phrase("replayed", "reenvió"), "imported": Phrase("imported", "importó"),
    ]
}
