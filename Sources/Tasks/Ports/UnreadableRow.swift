/// A row of the store holds what this program never writes, so nothing can be made of it.
///
/// The row is set aside: lists leave it out, and what needs it is refused. Nothing else is
/// concerned.
package struct UnreadableRow: Error, Hashable, Sendable {
    package let table: String
    /// The row's location and number, or whatever else the table knows it by.
    package let key: String
    package let column: String
    /// What is wrong with the column's value, such as "99 is not between 1 and 3".
    package let reason: String

    package init(table: String, key: String, column: String, reason: String) {
        self.table = table
        self.key = key
        self.column = column
        self.reason = reason
    }
}

extension UnreadableRow: CustomStringConvertible {
    package var description: String { "\(table) \(key), \(column): \(reason)" }
}
