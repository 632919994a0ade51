/// What the page says, in each of its languages.
///
/// A phrase cannot be made without all of them, so none is missing in any.
struct Phrase: Hashable, Sendable {
    let english: String
    let spanish: String

    init(_ english: String, _ spanish: String) {
        self.english = english
        self.spanish = spanish
    }

    /// A phrase about a number of things, with one form for one and another for more.
    static func count(
        _ count: Int,
        _ english: (one: String, many: String),
        _ spanish: (one: String, many: String)
    ) -> Phrase {
        let isOne = count == 1
        return Phrase(
            "\(count) \(isOne ? english.one : english.many)",
            "\(count) \(isOne ? spanish.one : spanish.many)"
        )
    }
}

/// The languages of the page.
enum PageLanguage: String, Hashable, Sendable, CaseIterable {
    case english = "en"
    case spanish = "es"
}
