import Wording

/// What is said of the faults of a form's fields.
extension ReaderLocale {
    /// A fault in the language of the page: the API tells them in English.
    func fault(_ reason: String) -> String {
        guard language == .spanish else { return reason }
        if let known = Self.spanishFaults[reason] { return known }
        for (beginning, spanish) in Self.spanishBeginnings where reason.hasPrefix(beginning) {
            let number = reason.dropFirst(beginning.count).prefix { $0.isNumber }
            return "\(spanish) \(number) caracteres"
        }
        return reason
    }

    private static let spanishBeginnings = [
        ("is longer than ", "tiene más de"), ("is shorter than ", "tiene menos de"),
    ]

    private static let spanishFaults = [
        "is required": "es obligatorio",
        "has a control character": "tiene un carácter de control",
        "is no time zone such as America/New_York": "no es una zona horaria como Europe/Madrid",
        "is no language tag such as en or pt-BR": "no es una etiqueta de idioma como es o pt-BR",
        "is no record that you may refer to": "no existe, o no puede usarlo",
        "is no time on the clock such as 07:30": "no es una hora como 07:30",
        "is the time at which they begin": "es la hora en que empieza",
        "is not in the future": "no está en el futuro",
        "is in the future": "está en el futuro",
        "is taken": "ya se usa",
        "is empty": "está vacío",
        "is no text": "no es un texto",
        "is not after `from`": "no es posterior al primer día",
    ]
}

extension Phrase {
    static let chooseOne = Phrase("Choose at least one.", "Elija al menos uno.")
    static let readNoDay = Phrase("That is no day.", "Eso no es un día.")
    static let readNoTime = Phrase("That is no time of day.", "Eso no es una hora.")
}
