/// The text of one SQL statement, its parameters written as `:name`.
///
/// A connection prepares a statement at its first use and keeps it. A fixed statement is known to
/// it by its identity, so that a long text is not hashed on each use: make it once, as a
/// `static let`, though its text may be put together from pieces.
///
/// ```swift
/// static let titleOfTask = SQLStatement("SELECT title FROM task WHERE id = :id")
/// ```
package final class SQLStatement: Sendable {
    /// The statement's text.
    let text: String

    /// Whether a connection knows the statement by its text and may forget it again.
    let isDynamic: Bool

    /// Creates a fixed statement.
    package init(_ text: String) {
        self.text = text
        isDynamic = false
    }

    /// Creates a statement whose text depends on what is asked for, such as on a filter's columns.
    ///
    /// A connection keeps the hundred such texts that it used last. Values still belong into
    /// arguments, never into the text.
    package init(dynamic text: String) {
        self.text = text
        isDynamic = true
    }
}
