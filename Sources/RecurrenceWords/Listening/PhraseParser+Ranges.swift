import Recurrence

extension PhraseParser {
    /// Whether "9am to 5pm" comes next behind steps, where at least one of the two is no mere number.
    var isStepRangeAhead: Bool {
        guard said.hasOpenSteps, let first = timeLength(0), kind(first)?.isTo == true,
            let last = timeLength(first + 1)
        else { return false }
        return isTimeAhead() || isTimeAhead(first + 1) || last > 1
    }

    /// How many tokens of a time begin at a distance: an hour, and perhaps the half of the day.
    private func timeLength(_ distance: Int) -> Int? {
        switch kind(distance) {
        case .time?, .number?, .decimal?: break
        default: return nil
        }
        switch kind(distance + 1) {
        case .dayPart?, .hourMark?: return 2
        default: return 1
        }
    }

    /// Whether "du 5 janvier au 31 mars" comes next, where the preposition is also that of a month.
    var isDateRangeAhead: Bool {
        guard let first = dateLength(1), kind(first + 1)?.isTo == true, isRangeWord(0)
        else { return false }
        return dateLength(first + 2) != nil
    }

    /// Whether the word before is one that a range begins with, as in "du 1er au 15".
    var isRangeBegun: Bool { isRangeWord(-1) }

    private func isRangeWord(_ distance: Int) -> Bool {
        switch token(distance)?.text.lowercased() {
        case "de", "del", "do", "du", "vom": true
        default: false
        }
    }

    /// How many tokens of a date with its month begin at a distance.
    private func dateLength(_ distance: Int) -> Int? {
        var length: Int
        switch kind(distance) {
        case .date?: return 1
        case .slashDate(_, _, .some)?: return 1
        case .slashDate?, .monthDay?: length = 1
        case .number?, .ordinal?:
            length = kind(distance + 1) == .of ? 2 : 1
            guard kind(distance + length)?.isMonth == true else { return nil }
            length += 1
        default: return nil
        }
        let year = kind(distance + length) == .of ? length + 1 : length
        return isYear(distance + year) ? year + 1 : length
    }

    /// Whether the word between two numbers of days says when, as in "dia 5 às 9" and "le 5 à 9
    /// heures", so that the second is an hour.
    ///
    /// - Throws: An error for "le 5 à 9", which may be days or an hour.
    func isAtAhead(behind number: WordToken) throws(ParseError) -> Bool {
        guard kind() == .atOrTo, let word = token(), let hour = token(1) else { return false }
        if isTimeAhead(1) || kind(2) == .unit(.hourly) { return true }
        if word.text.lowercased().hasSuffix("s") { return true }
        guard number.filler?.lowercased() == "le", let last = hour.kind.ordinaryNumber,
            let first = number.kind.ordinaryNumber
        else { return false }
        if last <= first, hour.kind.isCardinal { return true }
        throw ParseError(.ambiguous, hour, .oneMeaning)
    }
}
