/// A language that recurrence rules are said and understood in.
public enum RecurrenceLanguage: String, Hashable, Sendable, CaseIterable {
    /// English; its code is `en`.
    case english = "en"
    /// Spanish; its code is `es`.
    case spanish = "es"

    /// The language's words and how they are put together.
    var grammar: any RecurrenceGrammar {
        switch self {
        case .english: EnglishGrammar()
        case .spanish: SpanishGrammar()
        }
    }
}
