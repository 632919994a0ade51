package import RecurrenceWords

/// The language in which rules are said and understood, and how its people write dates.
package struct SpokenLocale {
    /// The language.
    package let language: RecurrenceLanguage
    /// How `3/4/2027` is read; nothing where such a date is refused, if it is English.
    package let dateOrder: DateOrder?

    /// English of no region.
    package static let english = SpokenLocale(language: .english, dateOrder: nil)

    /// The codes of the languages, as one says a choice.
    package static var choices: String {
        RecurrenceLanguage.allCases.map(\.rawValue).joined(separator: ", ")
    }

    private init(language: RecurrenceLanguage, dateOrder: DateOrder?) {
        self.language = language
        self.dateOrder = dateOrder
    }

    /// Reads a language's code, with a region or without: `en`, `en-GB`, `pt_BR`, `de_DE.UTF-8`.
    ///
    /// Returns nothing for any other language.
    package init?(_ name: String) {
        // What follows a dot is the character set, and what follows an at sign a variant (POSIX).
        let locale = String(name.prefix { $0 != "." && $0 != "@" })
        guard let language = RecurrenceLanguage(locale: locale) else { return nil }
        self.init(language: language, dateOrder: DateOrder(locale: locale))
    }
}
