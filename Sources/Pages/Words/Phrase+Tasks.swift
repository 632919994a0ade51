import Wording

/// What is said of tasks.
extension Phrase {
    static let overdue = Phrase("Overdue", "Atrasadas")
    static let isOverdue = Phrase("Overdue", "Atrasada")
    static let nextSevenDays = Phrase("Next seven days", "Próximos siete días")
    static let sinceYesterday = Phrase("Earlier today and yesterday", "De hoy y de ayer")
    static let thisWeekBefore = Phrase("In the last seven days", "En los últimos siete días")
    static let beforeThat = Phrase("Longer ago", "Desde hace más tiempo")
    static let mine = Phrase("Mine", "Mías")
    static let everybodys = Phrase("Everybody’s", "De todos")
    static let whose = Phrase("Whose tasks", "De quién")
    static let allDone = Phrase("All done for today", "Todo hecho por hoy")
    static let allDoneKind = Phrase(
        "Nothing more is due. Enjoy the rest of the day.",
        "No queda nada pendiente. Disfrute del resto del día."
    )
    static let nothingToday = Phrase(
        "Nothing is due today.",
        "Hoy no vence nada."
    )
    static let nothingSoon = Phrase(
        "Nothing is due in the next seven days.",
        "No vence nada en los próximos siete días."
    )
    static let firstTask = Phrase(
        "Add your first task in the line above: “Call Stacy every first Monday at 9”.",
        "Añada su primera tarea en la línea de arriba: «Llamar a Stacy cada lunes a las 9»."
    )
    static func doneToday(_ count: Int) -> Phrase {
        Phrase("\(count) done today", count == 1 ? "1 hecha hoy" : "\(count) hechas hoy")
    }
    static func left(_ count: Int) -> Phrase {
        Phrase("\(count) to do", "\(count) por hacer")
    }
    static func andMore(_ count: Int) -> Phrase {
        Phrase("and \(count) more", "y \(count) más")
    }
    static let moreTasks = Phrase("There are more: show them", "Hay más: mostrarlas")
    static func tasks(_ count: Int) -> Phrase {
        .count(count, ("task", "tasks"), ("tarea", "tareas"))
    }

    // MARK: Actions

    static let complete = Phrase("Complete", "Completar")
    static let reopen = Phrase("Reopen", "Reabrir")
    static let skip = Phrase("Skip", "Omitir")
    static let unskip = Phrase("Do it after all", "Recuperar")
    static let restore = Phrase("Restore", "Restaurar")
    static let delete = Phrase("Delete", "Eliminar")
    static let postpone = Phrase("Postpone", "Posponer")
    static let snooze = Phrase("Snooze the reminder", "Silenciar el aviso")
    static let giveTo = Phrase("Give to", "Asignar a")
    static let give = Phrase("Give", "Asignar")
    static let open = Phrase("Open", "Abrir")
    static let edit = Phrase("Edit", "Editar")
    static let oneHour = Phrase("1 hour", "1 hora")
    static let thisEvening = Phrase("This evening", "Esta tarde")
    static let tomorrowMorning = Phrase("Tomorrow at 9", "Mañana a las 9")
    static let nextMonday = Phrase("Next Monday", "El próximo lunes")
    static let anotherTime = Phrase("Another day", "Otro día")
    static let move = Phrase("Move", "Mover")
    static let skipReason = Phrase("Why it is not to be done", "Por qué no se hará")
    static let bulk = Phrase("Selected tasks", "Tareas seleccionadas")
    static func completeTask(_ title: String) -> Phrase {
        Phrase("Complete \(title)", "Completar \(title)")
    }
    static func reopenTask(_ title: String) -> Phrase {
        Phrase("Reopen \(title)", "Reabrir \(title)")
    }
    static func selectTask(_ title: String) -> Phrase {
        Phrase("Select \(title)", "Seleccionar \(title)")
    }
    static func moreForTask(_ title: String) -> Phrase {
        Phrase("More for \(title)", "Más para \(title)")
    }
    static func actionsFor(_ title: String) -> Phrase {
        Phrase("Actions for \(title)", "Acciones para \(title)")
    }

    // MARK: What was done

    static func completed(_ title: String) -> Phrase {
        Phrase("Completed “\(title)”.", "«\(title)» completada.")
    }
    static func reopened(_ title: String) -> Phrase {
        Phrase("Reopened “\(title)”.", "«\(title)» reabierta.")
    }
    static func skipped(_ title: String) -> Phrase {
        Phrase("Skipped “\(title)”.", "«\(title)» omitida.")
    }
    static func restored(_ title: String) -> Phrase {
        Phrase("“\(title)” is to be done again.", "«\(title)» vuelve a estar pendiente.")
    }
    static func deleted(_ title: String) -> Phrase {
        Phrase("Deleted “\(title)”.", "«\(title)» eliminada.")
    }
    static func postponed(_ title: String, _ day: String) -> Phrase {
        Phrase("Moved “\(title)” to \(day).", "«\(title)» pasa a \(day).")
    }
    static func given(_ title: String, _ name: String) -> Phrase {
        Phrase("“\(title)” is \(name)’s now.", "«\(title)» es ahora de \(name).")
    }
    static func snoozed(_ title: String) -> Phrase {
        Phrase(
            "No reminder of “\(title)” for an hour.",
            "Sin avisos de «\(title)» durante una hora."
        )
    }
    static func added(_ title: String, _ day: String) -> Phrase {
        Phrase("Added “\(title)”, \(day).", "«\(title)» añadida, \(day).")
    }
    static func saved(_ title: String) -> Phrase {
        Phrase("Saved “\(title)”.", "«\(title)» guardada.")
    }
    static func changedMany(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("Changed 1 task.", "1 tarea cambiada.")
            : Phrase("Changed \(count) tasks.", "\(count) tareas cambiadas.")
    }
    static let apply = Phrase("Apply", "Aplicar")
    static let nothingSelected = Phrase("No task is selected.", "No hay tareas seleccionadas.")

    // MARK: States

    static let stateOpen = Phrase("Open", "Pendiente")
    static let stateComplete = Phrase("Done", "Hecha")
    static let stateSkipped = Phrase("Skipped", "Omitida")
    static let stateDeleted = Phrase("Deleted", "Eliminada")
    static let repeats = Phrase("Repeats", "Se repite")
    static let planned = Phrase("planned", "prevista")
}
