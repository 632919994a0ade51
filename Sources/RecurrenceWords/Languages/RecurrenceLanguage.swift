/// A language that recurrence rules are said and understood in.
public enum RecurrenceLanguage: String, Hashable, Sendable, CaseIterable {
    /// English; its code is `en`.
    case english = "en"
    /// Spanish; its code is `es`.
    case spanish = "es"
    /// French; its code is `fr`.
    case french = "fr"
    /// German; its code is `de`.
    case german = "de"
    /// Portuguese; its code is `pt`.
    case portuguese = "pt"

    /// The language of a locale, such as `en-US` or `de_AT`; nothing for any other language.
    public init?(locale: String) {
        let code = locale.prefix { $0 != "-" && $0 != "_" }
        self.init(rawValue: code.lowercased())
    }

    /// The language's words and how they are put together.
    var grammar: any RecurrenceGrammar {
        switch self {
        case .english: EnglishGrammar()
        case .spanish: SpanishGrammar()
        case .french: FrenchGrammar()
        case .german: GermanGrammar()
        case .portuguese: PortugueseGrammar()
        }
    }
}
