/// The text of one SQL statement.
///
/// Its parameters are written as `:name`.
///
/// A connection prepares a statement at its first use and keeps it. It knows a fixed statement by
/// its identity, so that a long text is not hashed at each use. Make a fixed statement once, as a
/// `static let`; its text may be put together from pieces.
///
/// ```swift
/// static let titleOfTask = SQLStatement("SELECT title FROM task WHERE id = :id")
/// ```
package final class SQLStatement: Sendable {
    /// The statement's text.
    let text: String

    /// Whether a connection knows the statement by its text, and may remove it from its cache.
    let isDynamic: Bool

    /// Creates a fixed statement.
    package init(_ text: String) {
        self.text = text
        isDynamic = false
    }

    /// Creates a statement whose text depends on the request, for example on the columns of a
    /// filter.
    ///
    /// A connection keeps the 100 of these texts that it used last. Values still belong in
    /// arguments, never in the text.
    package init(dynamic text: String) {
        self.text = text
        isDynamic = true
    }
}
