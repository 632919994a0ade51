import Recurrence

/// Cuts a phrase into words, numbers and marks.
///
/// A mark is understood in its place or refused, because a mark that is dropped could change what
/// the words mean: "every -2 days", "every! 3 days", "mon - fri".
struct PieceReader {
    typealias ParseError = SpokenRecurrence.ParseError

    private let grammar: any RecurrenceGrammar
    private let scalars: [Unicode.Scalar]
    private var index = 0
    /// Bytes of UTF-8 before the index.
    private var offset = 0
    private var isHyphenated = false
    private var pieces: [PhrasePiece] = []

    init(_ text: String, _ grammar: any RecurrenceGrammar) {
        self.grammar = grammar
        scalars = Array(text.unicodeScalars)
    }

    mutating func readPieces() throws(ParseError) -> [PhrasePiece] {
        pieces.reserveCapacity(16)
        while let scalar = peek() { try readPiece(scalar) }
        return pieces
    }

    private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        let place = index + distance
        return place >= 0 && place < scalars.count ? scalars[place] : nil
    }

    private mutating func skip(_ count: Int = 1) {
        for scalar in scalars[index..<index + count] { offset += UTF8.width(scalar) }
        index += count
    }

    private mutating func append(_ content: PhrasePiece.Content, from first: Int, at start: Int) {
        pieces.append(
            PhrasePiece(
                content: content,
                text: text(from: first),
                offset: start,
                isHyphenated: isHyphenated
            )
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
            return append(content(of: word, from: first), from: first, at: start)
        }
        skip()
        switch scalar {
        case "," where isFraction(first): throw numberError(from: first)
        case ".": try readPoint(from: first, at: start)
        case ",", ";", "(", ")": append(.token(.comma), from: first, at: start)
        case "+" where isBetweenNumbers:
            throw ParseError(.unexpectedWord, word: "+", offset: start, expected: .phrase)
        case "&", "+": append(.token(.and), from: first, at: start)
        case "@": append(.token(.at), from: first, at: start)
        case "!": append(.token(.exclamation), from: first, at: start)
        case "-", "\u{2013}": try readDash(from: first, at: start)
        case "/" where isGlued(first): append(.token(.and), from: first, at: start)
        case _ where scalar.isSpace: isHyphenated = false
        default:
            throw ParseError(.unknownWord, word: String(scalar), offset: start, expected: .phrase)
        }
    }

    // MARK: Marks

    /// Whether a number comes before the mark that was read, and another one after it.
    private var isBetweenNumbers: Bool {
        guard case .token? = pieces.last?.content else { return false }
        return scalars[index...].first { !$0.isSpace }?.isDigit == true
    }

    /// Whether letters or digits stand directly before and after a mark.
    private func isGlued(_ place: Int) -> Bool {
        guard place > 0, place + 1 < scalars.count else { return false }
        let (before, after) = (scalars[place - 1], scalars[place + 1])
        return (before.isDigit || before.isLetter || before == ".")
            && (after.isDigit || after.isLetter)
    }

    /// Reads a dash: within a word, or with a space after it as "to"; a minus is refused.
    private mutating func readDash(from first: Int, at start: Int) throws(ParseError) {
        if isGlued(first) {
            isHyphenated = true
        } else if first > 0, !pieces.isEmpty, peek()?.isSpace == true {
            append(.token(.to), from: first, at: start)
        } else {
            throw ParseError(.unexpectedWord, word: "-", offset: start, expected: .phrase)
        }
    }

    /// Reads the point of an abbreviation, or one that separates as a comma does.
    private mutating func readPoint(from first: Int, at start: Int) throws(ParseError) {
        if isBetweenDigits(first) { throw numberError(from: first) }
        let isAbbreviation = (pieces.last?.text.unicodeScalars.count ?? 0) <= 1
        if let next = peek(), !next.isLetter, !isAbbreviation {
            append(.token(.comma), from: first, at: start)
        }
    }

    /// Whether a mark stands directly between a number and a digit, as in "9:00.5".
    private func isBetweenDigits(_ place: Int) -> Bool {
        guard case .token? = pieces.last?.content, place > 0, isGlued(place) else { return false }
        return scalars[place + 1].isDigit
    }

    /// Whether a comma stands between a time and the fraction of a second or an hour.
    private func isFraction(_ place: Int) -> Bool {
        guard isBetweenDigits(place), case .token(.time)? = pieces.last?.content else {
            return false
        }
        let next = scalars[(place + 1)...].first { !$0.isDigit }
        return next.map { $0 != ":" && !$0.isLetter } ?? true
    }

    /// The error for a number that goes on behind a mark.
    private mutating func numberError(from first: Int) -> ParseError {
        readRest()
        return ParseError(
            .outOfRange,
            word: (pieces.last?.text ?? "") + text(from: first),
            offset: pieces.last?.offset ?? 0,
            expected: .time
        )
    }

    // MARK: Letters

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

    /// One letter beside a slash or a hyphen is a weekday, as in `M/W/F` and `M-F`.
    private func content(of word: String, from first: Int) -> PhrasePiece.Content {
        guard word.utf8.count <= 2, isGlued(first - 1) || isGlued(index),
            isJoint(first - 1) || isJoint(index)
        else { return .word(word) }
        if let weekday = grammar.letterWeekdays[word] {
            return .token(.weekdays(1 << UInt8(weekday)))
        }
        // Where Wednesday is written X, as in `L/M/X`, M is Tuesday.
        let next = peek(1).map(\.folded)
        if word == "m", next == "x", grammar.letterWeekdays["x"] != nil {
            return .token(.weekdays(0b10))
        }
        return .word(word)
    }

    private func isJoint(_ place: Int) -> Bool {
        scalars.indices.contains(place) && (scalars[place] == "/" || scalars[place] == "-")
    }

    // MARK: Numbers

    /// Reads digits with what belongs to them: an ordinal's ending, a time or a date.
    private mutating func readNumber() throws(ParseError) {
        let (first, start) = (index, offset)
        let number = readDigits()
        let kind: WordToken.Kind?
        var expected = ParseError.Expectation.wholeNumber
        switch (peek(), peek(1)?.isDigit == true) {
        case (":", true):
            kind = readClock(hour: number).map { .time($0) }
            expected = .time
        case ("-", true) where index - first == 4:
            kind = readDate(year: number).map { .date($0) }
            expected = .date
        case ("/", true):
            kind =
                index - first == 4
                ? readDate(year: number).map { .date($0) } : readSlashDate(number)
            expected = .date
        case (".", true): kind = try readPointNumber(number, from: first, at: start)
        case (",", true):
            readRest()
            kind = nil
        case ("h", _), ("H", _):
            kind = readHourLetter(number) ?? readPlain(number, digitCount: index - first)
        default: kind = readPlain(number, digitCount: index - first)
        }
        guard let kind else {
            throw ParseError(
                .outOfRange,
                word: text(from: first),
                offset: start,
                expected: expected
            )
        }
        append(.token(kind), from: first, at: start)
    }

    private mutating func readPlain(_ number: Int?, digitCount: Int) -> WordToken.Kind? {
        guard let number else { return nil }
        if digitCount == 8, peek()?.isLetter != true,
            let date = CivilDate(
                year: number / 10_000,
                month: number / 100 % 100,
                day: number % 100
            )
        {
            return .date(date)
        }
        if (2...6).contains(number), grammar.hasNumberedWeekdays, readFeminineSuffix() {
            return .weekdayOrOrdinal(number)
        }
        return readOrdinalSuffix() ? .ordinal(number) : .number(number)
    }

    /// Reads the ending of `2ª`, `2a`, `2as` and `2ª-feira`.
    private mutating func readFeminineSuffix() -> Bool {
        let point = peek() == "." ? 1 : 0
        guard let suffix = letters(from: point),
            ["a", "\u{AA}", "as", "\u{AA}s"].contains(suffix.text)
        else { return false }
        let end = point + suffix.count
        let isJoined = peek(end) == "-" || peek(end) == " "
        if isJoined, let noun = letters(from: end + 1), ["feira", "feiras"].contains(noun.text) {
            skip(end + noun.count + 1)
            return true
        }
        // "2.ª" alone is an ordinal.
        if point == 1 { return false }
        skip(end)
        return true
    }

    /// The letters at a distance, without accents; nothing where there are none.
    private func letters(from first: Int) -> (text: String, count: Int)? {
        var text = ""
        var count = 0
        while let scalar = peek(first + count), scalar.isLetter {
            text += scalar.folded
            count += 1
        }
        return count == 0 ? nil : (text, count)
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

    /// Skips the digits and marks of something that is no number.
    private mutating func readRest() {
        while let scalar = peek(),
            scalar.isDigit || ",./".unicodeScalars.contains(scalar) && peek(1)?.isDigit == true
        {
            skip()
        }
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

    /// Reads the rest of `9h` or `9h30`; nothing where the letter begins a word.
    private mutating func readHourLetter(_ hour: Int?) -> WordToken.Kind? {
        if peek(1)?.isLetter == true { return nil }
        guard let hour, hour < 24 else { return nil }
        skip()
        guard peek()?.isDigit == true else { return .time(hour * 3600) }
        let first = index
        guard let minute = readDigits(), index - first == 2, minute < 60 else { return nil }
        return .time(hour * 3600 + minute * 60)
    }

    /// Reads the rest of `2027-12-31` or `2027/12/31`.
    private mutating func readDate(year: Int?) -> CivilDate? {
        let mark = peek()
        skip()
        let month = readDigits()
        guard peek() == mark, let year, let month else { return nil }
        skip()
        return readDigits().flatMap { CivilDate(year: year, month: month, day: $0) }
    }

    /// Reads `12/31` or `12/31/2027`.
    private mutating func readSlashDate(_ one: Int?) -> WordToken.Kind? {
        skip()
        guard let one, let other = readDigits() else { return nil }
        guard peek() == "/", peek(1)?.isDigit == true else {
            return .slashDate(one, other, year: nil)
        }
        skip()
        let first = index
        let year = readDigits()
        let count = index - first
        guard let year, count == 4 || count == 2, peek() != "/" else {
            readRest()
            return nil
        }
        // Two digits are a year of this century.
        return .slashDate(one, other, year: count == 2 ? 2000 + year : year)
    }

    /// Reads `9.05`, `31.12.` or `31.12.2027`; the day comes first.
    private mutating func readPointNumber(
        _ number: Int?,
        from start: Int,
        at offset: Int
    ) throws(ParseError) -> WordToken.Kind? {
        skip()
        let first = index
        guard let number, let second = readDigits() else { return nil }
        let digitCount = index - first
        guard peek() == "." else {
            let isMinute = digitCount == 2 && second < 60
            return .decimal(number, minute: isMinute ? second : nil)
        }
        if peek(1)?.isDigit == true {
            skip()
            guard let year = readDigits() else { return nil }
            return CivilDate(year: year, month: second, day: number).map { .date($0) }
        }
        guard grammar.hasPointOrdinals else {
            return .decimal(number, minute: digitCount == 2 && second < 60 ? second : nil)
        }
        skip()
        guard CivilDate(year: 2000, month: second, day: number) != nil else {
            guard (1...12).contains(second), (1...31).contains(number) else { return nil }
            throw ParseError(.never, word: text(from: start), offset: offset, expected: .days)
        }
        return .monthDay(month: second, day: number)
    }

    private mutating func readOrdinalSuffix() -> Bool {
        let point = peek() == "." ? 1 : 0
        var suffix = ""
        var count = point
        while let scalar = peek(count), scalar.isLetter || scalar == "\u{B0}" {
            suffix += scalar.folded
            count += 1
        }
        if suffix.isEmpty, point == 1, grammar.hasPointOrdinals {
            skip()
            return true
        }
        guard grammar.ordinalSuffixes.contains(suffix) else {
            // "1.Montag" lacks only its blank.
            guard point == 1, grammar.hasPointOrdinals, suffix.utf8.count > 1 else { return false }
            skip()
            return true
        }
        skip(count)
        return true
    }
}
