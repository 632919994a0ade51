import Wording

/// What is said where a task is written or read in full.
extension Phrase {
    static let newTask = Phrase("New task", "Tarea nueva")
    static let task = Phrase("Task", "Tarea")
    static let title = Phrase("Title", "Título")
    static let notes = Phrase("Notes", "Notas")
    static let due = Phrase("Due", "Vence")
    static let assignee = Phrase("Assignee", "Responsable")
    static let contact = Phrase("Contact", "Contacto")
    static let category = Phrase("Category", "Categoría")
    static let tags = Phrase("Tags, with commas between", "Etiquetas, separadas por comas")
    static let reminders = Phrase("Reminders", "Avisos")
    static let noReminders = Phrase("No reminder is set.", "No hay avisos.")
    static let details = Phrase("Details", "Detalles")
    static let create = Phrase("Create", "Crear")

    // MARK: Scopes

    static let scope = Phrase("What the change is of", "A qué afecta el cambio")
    static let onlyThis = Phrase("Only this one", "Solo esta")
    static let thisAndFollowing = Phrase("This and following", "Esta y las siguientes")
    static let allOfThem = Phrase("All", "Todas")
    static let overrides = Phrase("Those changed by hand", "Las cambiadas a mano")
    static let overridesKeep = Phrase("stay as they are", "se quedan como están")
    static let overridesShift = Phrase("move along", "se mueven también")
    static let overridesDrop = Phrase("become like the others", "vuelven a ser como las demás")
    static let effect = Phrase("Effect", "Efecto")
    static let showEffect = Phrase("Show the effect", "Mostrar el efecto")
    static let noEffect = Phrase("Nothing changes.", "No cambia nada.")
    static func effectCreated(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("1 task is made", "se crea 1 tarea")
            : Phrase("\(count) tasks are made", "se crean \(count) tareas")
    }
    static func effectMoved(_ count: Int) -> Phrase {
        count == 1 ? Phrase("1 moves", "1 se mueve") : Phrase("\(count) move", "\(count) se mueven")
    }
    static func effectChanged(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("1 changes", "1 cambia") : Phrase("\(count) change", "\(count) cambian")
    }
    static func effectKept(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("1 stays as it is", "1 se queda como está")
            : Phrase("\(count) stay as they are", "\(count) se quedan como están")
    }
    static func effectRemoved(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("1 is removed", "se quita 1")
            : Phrase("\(count) are removed", "se quitan \(count)")
    }

    // MARK: Conflicts

    static let changedMeanwhile = Phrase(
        "Somebody changed this task meanwhile. Below is what you wrote; here is how it is now:",
        "Alguien cambió esta tarea mientras tanto. Abajo está lo que escribió; así está ahora:"
    )
    static let saveMine = Phrase("Save mine all the same", "Guardar lo mío de todos modos")
    static let keepTheirs = Phrase("Keep theirs", "Dejar lo suyo")

    // MARK: What stands beside

    static let itsSeries = Phrase("Its series", "Su serie")
    static let neighbours = Phrase("Before and after", "Antes y después")
    static let thisOne = Phrase("this one", "esta")
    static let why = Phrase("Why then?", "¿Por qué entonces?")
    static let history = Phrase("History", "Historial")
    static let noHistory = Phrase("Nothing was done yet.", "Todavía no se ha hecho nada.")
    static let someone = Phrase("The server", "El servidor")
    static func undoChange(_ number: Int64) -> Phrase {
        Phrase("Undo change \(number)", "Deshacer el cambio \(number)")
    }

    // MARK: History

    static let didMake = Phrase("made it", "la creó")
    static let didComplete = Phrase("completed it", "la completó")
    static let didReopen = Phrase("reopened it", "la reabrió")
    static let didSkip = Phrase("skipped it", "la omitió")
    static let didDelete = Phrase("deleted it", "la eliminó")
    static let didChange = Phrase("changed it", "la cambió")
    static let didUndo = Phrase("undid a change", "deshizo un cambio")
    static let didEditTexts = Phrase("changed the texts", "cambió los textos")
    static let didChangeRule = Phrase("changed the rule", "cambió la regla")
    static let didChangeDetails = Phrase("changed details", "cambió detalles")
    static func didTasks(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("changed one of its tasks", "cambió una de sus tareas")
            : Phrase("changed \(count) of its tasks", "cambió \(count) de sus tareas")
    }
    static func didMove(_ day: String) -> Phrase {
        Phrase("moved it to \(day)", "la pasó a \(day)")
    }
    static func didGive(_ name: String) -> Phrase {
        Phrase("gave it to \(name)", "la asignó a \(name)")
    }
    static func didRename(_ title: String) -> Phrase {
        Phrase("called it “\(title)”", "la llamó «\(title)»")
    }
}
