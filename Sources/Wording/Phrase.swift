/// What people are told, in each of their languages.
///
/// A phrase cannot be made without all of them, so none is missing in any.
package struct Phrase: Hashable, Sendable {
    package let english: String
    package let spanish: String

    package init(_ english: String, _ spanish: String) {
        self.english = english
        self.spanish = spanish
    }

    /// A phrase about a number of things, with one form for one and another for more.
    package static func count(
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

/// The languages in which people are told something.
package enum ReaderLanguage: String, Hashable, Sendable, CaseIterable {
    case english = "en"
    case spanish = "es"
}
