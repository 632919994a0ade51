/// The words and phrases that a language understands: small letters without accents, one space
/// between two words.
struct Vocabulary: Sendable {
    private(set) var kinds: [String: WordToken.Kind] = [:]
    /// By a phrase's first word: how many words the longest such phrase has.
    private var longest: [String: Int] = [:]

    /// Adds a word or a phrase.
    mutating func add(_ phrase: String, _ kind: WordToken.Kind) {
        kinds[phrase] = kind
        let words = phrase.split(separator: " ")
        guard let first = words.first.map(String.init) else { return }
        longest[first] = max(longest[first] ?? 0, words.count)
    }

    /// Adds the names of numbered things.
    mutating func add(_ names: [[String]], kind: (Int) -> WordToken.Kind) {
        for (index, names) in names.enumerated() {
            for name in names { add(name, kind(index)) }
        }
    }

    /// Adds the words for each kind.
    mutating func add(_ words: [WordToken.Kind: [String]]) {
        for (kind, words) in words {
            for word in words { add(word, kind) }
        }
    }

    /// Finds the longest phrase that stands at the beginning of some words; returns its meaning and
    /// its number of words.
    func match(_ words: some Sequence<String>) -> (kind: WordToken.Kind, count: Int)? {
        var phrase = ""
        var limit = 0
        var best: (WordToken.Kind, Int)?
        for (index, word) in words.enumerated() {
            if index == 0 { limit = longest[word] ?? 0 }
            if index >= limit { break }
            phrase += index == 0 ? word : " \(word)"
            if let kind = kinds[phrase] { best = (kind, index + 1) }
        }
        return best
    }
}
