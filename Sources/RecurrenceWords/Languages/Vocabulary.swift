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
    /// than four letters resembles nothing.
    func neighbors(of word: String) -> [String] {
        guard word.utf8.count >= 4, word.utf8.count <= 20 else { return [] }
        let letters = Array(word.utf8)
        return meanings.keys.filter { isNeighbor(Array($0.utf8), of: letters) }.sorted()
    }

    private func isNeighbor(_ one: [UInt8], of other: [UInt8]) -> Bool {
        guard one.count >= 3, abs(one.count - other.count) <= 1 else { return false }
        let head = zip(one, other).prefix { $0 == $1 }.count
        let tail = zip(one.reversed(), other.reversed()).prefix { $0 == $1 }.count
        let length = max(one.count, other.count)
        if head + tail >= length - 1 { return true }
        return one.count == other.count && head + tail == length - 2
            && one[head] == other[head + 1] && one[head + 1] == other[head]
    }
}
