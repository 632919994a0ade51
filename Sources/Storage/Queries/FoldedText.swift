import Foundation

/// Texts without capitals and accents, by which words are found.
///
/// SQLite is given this function; PostgreSQL has one of its own that does the same for the alphabets of
/// Latin, Greek and Cyrillic.
package enum FoldedText {
    /// The name of the function in SQL.
    static let functionName = "perennialFold"

    /// A text in small letters, without the marks that letters bear.
    package static func of(_ text: some StringProtocol) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        var folded = String.UnicodeScalarView()
        for scalar in text.lowercased().decomposed where !scalar.isMark { folded.append(scalar) }
        return String(folded)
    }

    /// The definition of the function for PostgreSQL.
    static let definition = """
        CREATE FUNCTION \(functionName)(text) RETURNS pg_catalog.text
        LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
        AS $$
            SELECT regexp_replace(
                translate(
                    lower(normalize($1, NFD)),
                    'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ',
                    'αβγδεζηθικλμνξοπρστυφχψωабвгдежзийклмнопрстуфхцчшщъыьэюя'
                ),
                '[\u{300}-\u{36f}]', '', 'g'
            )
        $$
        """
}

extension String {
    /// The scalars of the canonical decomposition.
    fileprivate var decomposed: some Sequence<Unicode.Scalar> {
        decomposedStringWithCanonicalMapping.unicodeScalars
    }
}

extension Unicode.Scalar {
    /// Whether it is a mark that stands on another letter (U+0300 to U+036F).
    fileprivate var isMark: Bool { (0x300...0x36F).contains(value) }
}
