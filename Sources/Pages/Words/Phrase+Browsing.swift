import Wording

/// What is said in the calendar, on the board, in the search, and of contacts.
extension Phrase {
    static let month = Phrase("Month", "Mes")
    static let week = Phrase("Week", "Semana")
    static let earlier = Phrase("Earlier", "Antes")
    static let later = Phrase("Later", "Después")
    static let calendarSpan = Phrase("Span", "Periodo")
    static let hours = Phrase("Time", "Hora")
    static func addOn(_ day: String) -> Phrase {
        Phrase("Add on \(day)", "Añadir el \(day)")
    }
    static let moreOfThem = Phrase("more", "más")
    static let calendarHint = Phrase(
        "Drag a task to another day, or open it to move it.",
        "Arrastre una tarea a otro día, o ábrala para moverla."
    )
    static func moveTask(_ title: String) -> Phrase {
        Phrase("Move “\(title)”", "Mover «\(title)»")
    }
    static func moveTo(_ day: String) -> Phrase { Phrase("To \(day)", "Al \(day)") }
    static let impossible = Phrase("not possible", "no es posible")

    // MARK: Board

    static let groupBy = Phrase("Group by", "Agrupar por")
    static let byState = Phrase("State", "Estado")
    static let byAssignee = Phrase("Assignee", "Responsable")
    static let byCategory = Phrase("Category", "Categoría")
    static let later7 = Phrase("Later", "Más tarde")
    static let dueToday = Phrase("Due today", "Para hoy")
    static let dueSoon = Phrase("In seven days", "En siete días")
    static let doneLately = Phrase("Done in seven days", "Hechas en siete días")
    static let emptyColumn = Phrase("Nothing here", "Nada aquí")

    // MARK: Search

    static let searchWords = Phrase("Words", "Palabras")
    static let searchHint = Phrase(
        "Words of the title, the notes or the contact’s name",
        "Palabras del título, de las notas o del nombre del contacto"
    )
    static let filters = Phrase("Filters", "Filtros")
    static let state = Phrase("State", "Estado")
    static let anyState = Phrase("Any state", "Cualquier estado")
    static let anyone = Phrase("Anyone", "Cualquiera")
    static let any = Phrase("Any", "Cualquiera")
    static let from = Phrase("From", "Desde")
    static let until = Phrase("Until", "Hasta")
    static let find = Phrase("Find", "Buscar")
    static let nothingFound = Phrase(
        "No task has these words. Fewer words or filters find more.",
        "Ninguna tarea coincide. Con menos palabras o filtros se encuentra más."
    )
    static let nextPage = Phrase("Next page", "Página siguiente")
    static func found(_ count: Int, _ hasMore: Bool) -> Phrase {
        hasMore
            ? Phrase("The first \(count) tasks", "Las primeras \(count) tareas") : .tasks(count)
    }

    // MARK: Contacts

    static let timeline = Phrase("Timeline", "Cronología")
    static let openTasks = Phrase("To do", "Por hacer")
    static let doneTasks = Phrase("Done", "Hechas")
    static let addForContact = Phrase("Add a task for", "Añadir una tarea para")
    static let noTasksOfContact = Phrase(
        "There is no task for this contact yet.",
        "Todavía no hay tareas para este contacto."
    )
    static let owner = Phrase("Owner", "Propietario")
}
