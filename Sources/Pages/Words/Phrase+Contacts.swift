import Wording

/// What is said of contacts where they are administered, and of searches by name.
extension Phrase {
    static let firstName = Phrase("First name", "Nombre")
    static let lastName = Phrase("Last name", "Apellidos")
    static let business = Phrase("Business", "Empresa")
    static let noContacts = Phrase(
        "No contact yet. Add one below, or take a table over.",
        "Aún no hay contactos. Añada uno abajo o importe una tabla."
    )
    static let addContact = Phrase("Add a contact", "Añadir un contacto")
    static let nothingToAdd = Phrase("Nothing was written.", "No había nada escrito.")
    static let removeContact = Phrase("Remove this contact", "Quitar este contacto")
    static let removeContactQuestion = Phrase(
        "Tasks that name it stay.",
        "Las tareas que lo nombran se quedan."
    )
    static let contactRemoved = Phrase("The contact is removed.", "Se quitó el contacto.")

    // MARK: Import

    static let importContacts = Phrase("Import contacts", "Importar contactos")
    static let importExplained = Phrase(
        "A file as spreadsheets write it (CSV), whose first line names the columns. First you see what "
            + "it would do; nothing is changed before you say so. These columns are understood:",
        "Un archivo de hoja de cálculo (CSV) cuya primera línea nombra las columnas. Primero verá lo "
            + "que haría; nada cambia hasta que lo confirme. Se entienden estas columnas:"
    )
    static let file = Phrase("File", "Archivo")
    static func fileHint(_ rows: Int) -> Phrase {
        Phrase(
            "Up to \(rows) lines and 1 MB. Who has an e-mail address that is known is changed, not "
                + "added.",
            "Hasta \(rows) líneas y 1 MB. Quien tenga un correo conocido se cambia, no se añade."
        )
    }
    static let orPaste = Phrase("Or paste the table", "O pegue la tabla")
    static let showWhatChanges = Phrase("Show what it would do", "Mostrar lo que haría")
    static let whatWouldChange = Phrase("What it would do", "Lo que haría")
    static func takeOver(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("Import 1 contact", "Importar 1 contacto")
            : Phrase("Import \(count) contacts", "Importar \(count) contactos")
    }
    static let otherFile = Phrase("Another file", "Otro archivo")
    static let importDone = Phrase("Imported", "Importado")
    static let fateCreated = Phrase("new", "nuevos")
    static let fateChanged = Phrase("changed", "cambiados")
    static let fateSame = Phrase("as they are", "sin cambios")
    static let fateRefused = Phrase("refused", "rechazados")
    static let lineOfFile = Phrase("Line", "Línea")
    static let columnsLeftOut = Phrase("Columns left out:", "Columnas omitidas:")
    static let fileTooLarge = Phrase(
        "The file is larger than 1 MB. Split it.",
        "El archivo supera 1 MB. Divídalo."
    )
    static let fileEmpty = Phrase(
        "There is no line to import below the names of the columns.",
        "No hay ninguna línea que importar bajo los nombres de las columnas."
    )
    static let noColumns = Phrase(
        "The first line names none of these columns.",
        "La primera línea no nombra ninguna de estas columnas."
    )
    static func tooManyRows(_ limit: Int) -> Phrase {
        Phrase(
            "The file has more than \(limit) lines. Split it.",
            "El archivo tiene más de \(limit) líneas. Divídalo."
        )
    }
    static let rowEmpty = Phrase("Nothing stands in it.", "No contiene nada.")
    static func unknownOwner(_ name: String) -> Phrase {
        Phrase("No one colleague is called “\(name)”.", "Ningún compañero se llama «\(name)».")
    }
    static func sameAsLine(_ line: Int) -> Phrase {
        Phrase(
            "It is the same contact as in line \(line).",
            "Es el mismo contacto que en la línea \(line)."
        )
    }
    static let severalContacts = Phrase(
        "Several contacts match it.",
        "Coincide con varios contactos."
    )
    static let bodyTooLarge = Phrase(
        "What was sent is too large. Nothing was changed.",
        "Lo enviado es demasiado grande. No se cambió nada."
    )

    // MARK: Searches by name

    static let savedFilters = Phrase("Saved searches", "Búsquedas guardadas")
    static let saveFilter = Phrase("Save this search", "Guardar esta búsqueda")
    static func filterSaved(_ name: String) -> Phrase {
        Phrase("Saved as “\(name)”.", "Guardada como «\(name)».")
    }
    static func filterRemoved(_ name: String) -> Phrase {
        Phrase("Removed “\(name)”.", "Se quitó «\(name)».")
    }
    static let filterUnnamed = Phrase(
        "A saved search needs a name of up to 60 characters.",
        "Una búsqueda guardada necesita un nombre de hasta 60 caracteres."
    )
    static let filterTooLong = Phrase(
        "The search is too long to be saved.",
        "La búsqueda es demasiado larga para guardarla."
    )
    static func tooManyFilters(_ limit: Int) -> Phrase {
        Phrase(
            "There are \(limit) saved searches already. Remove one first.",
            "Ya hay \(limit) búsquedas guardadas. Quite alguna antes."
        )
    }
}
