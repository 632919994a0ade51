import Recurrence

/// Cuts a phrase into tokens by a language's vocabulary, in linear time.
struct WordLexer {
    typealias ParseError = SpokenRecurrence.ParseError

    private let grammar: any RecurrenceGrammar
    private let length: Int
    private var reader: PieceReader

    init(_ text: String, _ grammar: any RecurrenceGrammar) {
        self.grammar = grammar
        length = text.utf8.count
        reader = PieceReader(text, grammar)
    }

    /// Returns the tokens, without fillers.
    mutating func tokens() throws(ParseError) -> [WordToken] {
        let pieces = try reader.readPieces()
        let vocabulary = grammar.vocabulary
        var tokens: [WordToken] = []
        var filler: String?
        var position = 0
        while position < pieces.count {
            let first = pieces[position]
            let (meaning, count) = try match(pieces, at: position, vocabulary)
            let text =
                count == 1
                ? first.text
                : pieces[position..<position + count].map(\.text).joined(separator: " ")
            position += count
            if meaning == [.filler] {
                filler = text
                continue
            }
            for kind in meaning {
                var token = WordToken(kind: kind, text: text, offset: first.offset)
                token.filler = filler
                if first.isHyphenated, let last = tokens.last, last.kind.makesRange(with: kind) {
                    tokens.append(WordToken(kind: .to, text: "-", offset: first.offset - 1))
                }
                tokens.append(token)
                filler = nil
            }
        }
        return tokens
    }

    /// Returns what the longest phrase that begins with a piece means, and its number of pieces.
    private func match(
        _ pieces: [PhrasePiece],
        at position: Int,
        _ vocabulary: Vocabulary
    ) throws(ParseError) -> ([WordToken.Kind], count: Int) {
        let first = pieces[position]
        switch first.content {
        case .token(let kind):
            // "14-tägig" is a word.
            guard kind.isCardinal, position + 1 < pieces.count,
                pieces[position + 1].isHyphenated, let word = pieces[position + 1].word,
                let meaning = vocabulary.meanings["\(first.text) \(word)"]
            else { return ([kind], 1) }
            return (meaning, 2)
        case .word(let word):
            let words = pieces[position...].lazy.prefix { $0.part != nil }.compactMap(\.part)
            if let match = vocabulary.match(words) { return match }
            throw ParseError(
                .unknownWord,
                word: first.text,
                offset: first.offset,
                expected: .phrase,
                suggestions: suggestions(for: word)
            )
        }
    }

    private func suggestions(for word: String) -> [String] {
        var names: [String] = []
        for word in grammar.vocabulary.neighbors(of: word)
        where grammar.vocabulary.meanings[word] != [.filler] {
            let name = name(word)
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// A word of the vocabulary as it is written.
    private func name(_ word: String) -> String {
        switch grammar.vocabulary.meanings[word]?.first {
        case .weekdays(let weekdays)?:
            let name = weekdays.singleWeekday.map { grammar.weekdayNames[$0.rawValue] }
            return name ?? word
        case .month(let month)?: return grammar.monthNames[month - 1]
        default: return word
        }
    }
}

extension WordToken.Kind {
    /// Whether a hyphen between the two means "to".
    fileprivate func makesRange(with other: WordToken.Kind) -> Bool {
        switch (self, other) {
        case (.weekdays, .weekdays), (.month, .month), (.number, .number), (.ordinal, .ordinal),
            (.time, .time), (.number, .time), (.time, .number), (.dayPart, .time),
            (.dayPart, .number), (.date, .date), (.weekdayOrOrdinal, .weekdayOrOrdinal),
            (.weekdayOrOrdinal, .weekdays), (.weekdays, .weekdayOrOrdinal):
            true
        default: false
        }
    }
}
