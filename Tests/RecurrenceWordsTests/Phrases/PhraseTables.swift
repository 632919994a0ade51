import RecurrenceWords

/// All phrases that are written in a language, for the laws that hold for every phrase.
enum PhraseTables {
    static func phrases(_ language: RecurrenceLanguage) -> [(phrase: String, rule: String)] {
        let edges = (EdgePhrases.all + ShortPhrases.all + FoundPhrases.anyDay).filter {
            $0.language == language
        }
        .map { (phrase: $0.phrase, rule: $0.rule) }
        return edges + written(language)
    }

    private static func written(
        _ language: RecurrenceLanguage
    ) -> [(phrase: String, rule: String)] {
        switch language {
        case .english: WrittenPhrases.english + MendedPhrases.english
        case .spanish: WrittenPhrases.spanish + MendedPhrases.spanish
        case .french: FrenchPhrases.understood
        case .german: GermanPhrases.understood
        case .portuguese: PortuguesePhrases.understood
        }
    }

    /// Words that turn what is said around or end it.
    static func turns(_ language: RecurrenceLanguage) -> [String] {
        switch language {
        case .english: ["but", "except", "not", "for", "until", "unless", "without"]
        case .spanish: ["pero", "excepto", "no", "para", "por", "hasta", "salvo", "sin", "menos"]
        case .french: ["mais", "sauf", "pas", "pour", "jusqu'à", "sans", "hormis", "moins"]
        case .german: ["aber", "außer", "nicht", "für", "bis", "ohne", "sondern", "weder"]
        case .portuguese: ["mas", "exceto", "não", "para", "até", "sem", "menos", "salvo"]
        }
    }

    /// The language's words that may be left out or exchanged without another meaning.
    static func synonyms(_ language: RecurrenceLanguage) -> Synonyms {
        switch language {
        case .english: .english
        case .spanish: .spanish
        case .french: .french
        case .german: .german
        case .portuguese: .portuguese
        }
    }
}
