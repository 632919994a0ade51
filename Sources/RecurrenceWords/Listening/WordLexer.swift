import Recurrence

/// Cuts a phrase into tokens by a language's vocabulary, in linear time.
struct WordLexer {
    typealias ParseError = SpokenRecurrence.ParseError

    /// A word, or a token that needs no vocabulary, such as a number.
    private struct Piece {
        enum Content {
            case word(String)
            case token(WordToken.Kind)
        }

        let content: Content
        let text: String
        let offset: Int
        /// Whether a hyphen stands directly before it.
        let isHyphenated: Bool

        var word: String? {
            if case .word(let word) = content { word } else { nil }
        }
    }

    private let grammar: any RecurrenceGrammar
    private let scalars: [Unicode.Scalar]
    private var index = 0
    /// Bytes of UTF-8 before the index.
    private var offset = 0
    private var isHyphenated = false
    private var pieces: [Piece] = []

    init(_ text: String, _ grammar: any RecurrenceGrammar) {
        self.grammar = grammar
        scalars = Array(text.unicodeScalars)
    }

    /// Returns the tokens, without fillers.
    mutating func tokens() throws(ParseError) -> [WordToken] {
        while let scalar = peek() { try readPiece(scalar) }
        let vocabulary = grammar.vocabulary
        var tokens: [WordToken] = []
        var position = 0
        while position < pieces.count {
            let first = pieces[position]
            let (kind, count) = try match(first, at: position, vocabulary)
            let text = pieces[position..<position + count].map(\.text).joined(separator: " ")
            position += count
            if kind == .filler { continue }
            let token = WordToken(kind: kind, text: text, offset: first.offset)
            try append(token, isHyphenated: first.isHyphenated, to: &tokens)
        }
        return tokens
    }

    /// Appends a token.
    ///
    /// A hyphen between two tokens of one kind becomes "to"; "am" and "pm" become part of the time
    /// before them.
    private func append(
        _ token: WordToken,
        isHyphenated: Bool,
        to tokens: inout [WordToken]
    ) throws(ParseError) {
        if case .meridiem(let isAfternoon) = token.kind {
            guard let last = tokens.popLast() else { throw ParseError(.unexpectedWord, token) }
            guard let time = last.kind.time(isAfternoon: isAfternoon) else {
                throw ParseError(.unexpectedWord, token)
            }
            let text = "\(last.text) \(token.text)"
            tokens.append(WordToken(kind: .time(time), text: text, offset: last.offset))
            return
        }
        if isHyphenated, let last = tokens.last, last.kind.makesRange(with: token.kind) {
            tokens.append(WordToken(kind: .to, text: "-", offset: token.offset - 1))
        }
        tokens.append(token)
    }

    /// Returns what the longest phrase that begins with a piece means, and its number of pieces.
    private func match(
        _ first: Piece,
        at position: Int,
        _ vocabulary: Vocabulary
    ) throws(ParseError) -> (WordToken.Kind, count: Int) {
        if case .token(let kind) = first.content { return (kind, 1) }
        let words = pieces[position...].lazy.prefix { $0.word != nil }.compactMap(\.word)
        guard let match = vocabulary.match(words) else {
            throw ParseError(.unknownWord, word: first.text, offset: first.offset)
        }
        return match
    }

    // MARK: Pieces

    private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        index + distance < scalars.count ? scalars[index + distance] : nil
    }

    private mutating func skip(_ count: Int = 1) {
        for scalar in scalars[index..<index + count] { offset += UTF8.width(scalar) }
        index += count
    }

    private mutating func append(_ content: Piece.Content, from first: Int, at start: Int) {
        let text = text(from: first)
        pieces.append(
            Piece(content: content, text: text, offset: start, isHyphenated: isHyphenated)
        )
        isHyphenated = false
    }

    private func text(from first: Int) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars[first..<index])
        return text
    }

    private mutating func readPiece(_ scalar: Unicode.Scalar) throws(ParseError) {
        let (first, start) = (index, offset)
        if scalar.isDigit { return try readNumber() }
        if scalar.isLetter {
            let word = readLetters()
            return append(.word(word), from: first, at: start)
        }
        skip()
        switch scalar {
        case ",", ";": append(.token(.comma), from: first, at: start)
        case "&": append(.token(.and), from: first, at: start)
        case "-", "\u{2013}": isHyphenated = first > 0 && scalars[first - 1].joinsHyphen
        case ".", "(", ")", "!", "\u{A1}": break
        case _ where scalar.properties.isWhitespace: isHyphenated = false
        default: throw ParseError(.unknownWord, word: String(scalar), offset: start)
        }
    }

    /// Reads letters and the apostrophes between them; returns small letters without accents.
    private mutating func readLetters() -> String {
        var word = ""
        while let scalar = peek() {
            if scalar.isLetter {
                word += scalar.folded
            } else if scalar.properties.generalCategory != .nonspacingMark,
                scalar != "'", scalar != "\u{2019}"
            {
                break
            }
            skip()
        }
        return word
    }

    /// Reads digits with what belongs to them: an ordinal's ending, a time or a date.
    private mutating func readNumber() throws(ParseError) {
        let (first, start) = (index, offset)
        let number = readDigits()
        var kind: WordToken.Kind?
        if peek() == ":", peek(1)?.isDigit == true {
            kind = readClock(hour: number).map { .time($0) }
        } else if peek() == "-", peek(1)?.isDigit == true, index - first == 4 {
            kind = readDate(year: number).map { .date($0) }
        } else if let number {
            kind = readOrdinalSuffix() ? .ordinal(number) : .number(number)
        }
        guard let kind else {
            throw ParseError(.outOfRange, word: text(from: first), offset: start)
        }
        append(.token(kind), from: first, at: start)
    }

    /// Reads all digits that follow; nothing where there are none or more than ten.
    private mutating func readDigits() -> Int? {
        var value = 0
        var count = 0
        while let scalar = peek(), scalar.isDigit {
            if count < 10 { value = value * 10 + Int(scalar.value - 48) }
            count += 1
            skip()
        }
        return (1...10).contains(count) ? value : nil
    }

    private mutating func readClock(hour: Int?) -> Int? {
        var parts = [hour]
        while parts.count < 3, peek() == ":", peek(1)?.isDigit == true {
            skip()
            let first = index
            let part = readDigits()
            parts.append(index - first == 2 ? part : nil)
        }
        guard let hour, let minute = parts[1], let second = parts.count == 3 ? parts[2] : 0,
            hour < 24, minute < 60, second < 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    private mutating func readDate(year: Int?) -> CivilDate? {
        skip()
        let month = readDigits()
        guard peek() == "-", let year, let month else { return nil }
        skip()
        return readDigits().flatMap { CivilDate(year: year, month: month, day: $0) }
    }

    private mutating func readOrdinalSuffix() -> Bool {
        let point = peek() == "." ? 1 : 0
        var suffix = ""
        var count = point
        while let scalar = peek(count), scalar.isLetter || scalar == "\u{B0}" {
            suffix += scalar.folded
            count += 1
        }
        guard grammar.ordinalSuffixes.contains(suffix) else { return false }
        skip(count)
        return true
    }
}

extension WordToken.Kind {
    /// The time of day that an hour or a time with "am" or "pm" means.
    fileprivate func time(isAfternoon: Bool) -> Int? {
        let time: Int
        switch self {
        case .number(let hour): time = hour &* 3600
        case .time(let seconds): time = seconds
        default: return nil
        }
        guard (3600..<13 * 3600).contains(time) else { return nil }
        return time % 43_200 + (isAfternoon ? 43_200 : 0)
    }

    /// Whether a hyphen between the two means "to".
    fileprivate func makesRange(with other: WordToken.Kind) -> Bool {
        switch (self, other) {
        case (.weekdays, .weekdays), (.month, .month), (.number, .number), (.ordinal, .ordinal),
            (.time, .time), (.number, .time), (.time, .number):
            true
        default: false
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }

    fileprivate var isLetter: Bool {
        isASCII ? ("a"..."z").contains(self) || ("A"..."Z").contains(self) : properties.isAlphabetic
    }

    fileprivate var joinsHyphen: Bool { isDigit || isLetter || self == "." }

    /// The small letter without its accent.
    fileprivate var folded: String {
        if ("a"..."z").contains(self) { return String(self) }
        let small = properties.lowercaseMapping
        switch small {
        case "\u{E1}", "\u{E0}", "\u{E2}", "\u{E3}", "\u{E4}": return "a"
        case "\u{E9}", "\u{E8}", "\u{EA}", "\u{EB}": return "e"
        case "\u{ED}", "\u{EC}", "\u{EE}", "\u{EF}": return "i"
        case "\u{F3}", "\u{F2}", "\u{F4}", "\u{F5}", "\u{F6}": return "o"
        case "\u{FA}", "\u{F9}", "\u{FB}", "\u{FC}": return "u"
        case "\u{F1}": return "n"
        case "\u{E7}": return "c"
        default: return small
        }
    }
}
