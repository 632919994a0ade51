import Wording

/// What is said about a line of words.
extension Phrase {
    static let addTask = Phrase("Add a task", "Añadir una tarea")
    static let add = Phrase("Add", "Añadir")
    static let addExample = Phrase(
        "Call Stacy every first Monday at 9 #calls",
        "Llamar a Stacy cada primer lunes a las 9 #llamadas"
    )
    static let addHint = Phrase(
        "Say what and when. @ names a colleague or a contact, # a category or tag, !1 to !3 how urgent.",
        "Diga qué y cuándo. @ nombra a un compañero o contacto, # una categoría o etiqueta, !1 a !3 la urgencia."
    )
    static let fullForm = Phrase("Full form", "Formulario completo")
    static let nextDates = Phrase("Next dates", "Próximas fechas")
    static let understood = Phrase("Understood", "Entendido")
    static let notUnderstood = Phrase("Not understood", "No se entiende")
    static let withoutTime = Phrase("no time was said", "no se dijo cuándo")
    static func unknownName(_ name: String) -> Phrase {
        Phrase(
            "“@\(name)” is nobody here: no colleague and no contact.",
            "«@\(name)» no es nadie: ni un compañero ni un contacto."
        )
    }
    static func ambiguousName(_ name: String) -> Phrase {
        Phrase(
            "“@\(name)” may be several: write more of the name, without spaces.",
            "«@\(name)» puede ser varios: escriba más del nombre, sin espacios."
        )
    }
    static let priority = Phrase("Priority", "Prioridad")
    static func priorityOf(_ number: Int) -> Phrase {
        switch number {
        case 1: Phrase("Low", "Baja")
        case 2: Phrase("Medium", "Media")
        case 3: Phrase("High", "Alta")
        default: Phrase("Normal", "Normal")
        }
    }
}
