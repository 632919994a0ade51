/// The words and phrases that a language understands: small letters without accents, one space
/// between two words.
struct Vocabulary: Sendable {
    /// What each word or phrase means; a phrase may stand for several tokens.
    private(set) var meanings: [String: [WordToken.Kind]] = [:]
    /// By a phrase's first word: how many words the longest such phrase has.
    private var longest: [String: Int] = [:]

    /// Adds a word or a phrase.
    mutating func add(_ phrase: String, _ meaning: [WordToken.Kind]) {
        precondition(meanings[phrase] == nil, "\(phrase) has two meanings")
        meanings[phrase] = meaning
        let words = phrase.split(separator: " ")
        guard let first = words.first.map(String.init) else { return }
        longest[first] = max(longest[first] ?? 0, words.count)
    }

    /// Adds the names of numbered things; names are separated by commas.
    mutating func add(_ names: [String], kind: (Int) -> WordToken.Kind) {
        for (index, names) in names.enumerated() {
            for name in Vocabulary.list(names) { add(name, [kind(index)]) }
        }
    }

    /// Adds "twenty one" to "fifty nine" from the names of the tens and of the digits.
    ///
    /// - Parameters:
    ///   - tens: The tens' names from a first ten on; tens without a name are left out.
    ///   - first: The first ten.
    ///   - digits: The digits' names from 1 on.
    ///   - joint: What stands between the two, or before "one" alone.
    mutating func addNumbers(
        tens: [String],
        from first: Int = 20,
        digits: [String],
        joint: (Int) -> String
    ) {
        for (index, ten) in tens.enumerated() where !ten.isEmpty {
            let number = first + 10 * index
            if meanings[ten] == nil { add(ten, [.number(number)]) }
            for (digit, names) in digits.enumerated() {
                for name in Vocabulary.list(names) {
                    let phrase = ten + joint(digit + 1) + name
                    if meanings[phrase] == nil { add(phrase, [.number(number + digit + 1)]) }
                }
            }
        }
    }

    /// Adds "one day yes, one day no" for every other day, with the comma and without.
    mutating func addAlternating(_ nouns: [WordToken.Kind: String], _ yes: String, _ no: String) {
        for (kind, noun) in nouns {
            for comma in ["", ", "] {
                add("\(noun) \(yes) \(comma)\(noun) \(no)", [.every, .other, kind])
            }
        }
    }

    /// Adds the words for each kind; words are separated by commas.
    mutating func add(_ words: [WordToken.Kind: String]) {
        for (kind, words) in words {
            for word in Vocabulary.list(words) { add(word, [kind]) }
        }
    }

    /// Adds phrases that stand for several tokens.
    mutating func add(_ phrases: [String: [WordToken.Kind]]) {
        for (phrases, kinds) in phrases {
            for phrase in Vocabulary.list(phrases) { add(phrase, kinds) }
        }
    }

    private static func list(_ words: String) -> [String] {
        words.split(separator: ",").map { word in
            String(word.drop { $0 == " " })
        }
    }

    /// Finds the longest phrase that stands at the beginning of some words; returns its meaning and
    /// its number of words.
    func match(_ words: some Sequence<String>) -> (meaning: [WordToken.Kind], count: Int)? {
        var phrase = ""
        var limit = 0
        var best: ([WordToken.Kind], Int)?
        for (index, word) in words.enumerated() {
            if index == 0 { limit = longest[word] ?? 0 }
            if index >= limit { break }
            phrase += index == 0 ? word : " \(word)"
            if let meaning = meanings[phrase] { best = (meaning, index + 1) }
        }
        return best
    }

    /// The words that differ from an unknown word by one letter, sorted.
    ///
    /// The letter is left out, added, replaced or exchanged with its neighbour. A word of fewer
    /// than four letters resembles nothing, and no shorter word of four letters is meant.
    func neighbors(of word: String) -> [String] {
        guard word.utf8.count >= 4, word.utf8.count <= 20 else { return [] }
        let letters = Array(word.utf8)
        return meanings.keys.filter { word in
            isNeighbor(Array(word.utf8), of: letters)
        }.sorted()
    }

    private func isNeighbor(_ one: [UInt8], of other: [UInt8]) -> Bool {
        guard one.count >= 3, abs(one.count - other.count) <= 1 else { return false }
        let head = zip(one, other).prefix { $0 == $1 }.count
        let tail = zip(one.reversed(), other.reversed()).prefix { $0 == $1 }.count
        let length = max(one.count, other.count)
        // Short words have too many neighbours: "last" is not meant by "past", nor "mins" by "minus".
        if length <= 5, one.count <= 4, one.count < other.count || one.first != other.first {
            return false
        }
        if head + tail >= length - 1 { return true }
        return one.count == other.count && head + tail == length - 2
            && one[head] == other[head + 1] && one[head + 1] == other[head]
    }
}
