/// A column of a row holds another type than it should, or a value that it never has.
package struct UnreadableValue: Error, Hashable {
    /// The column's name in the result.
    package let column: String
    package let reason: String

    package init(column: String, reason: String) {
        self.column = column
        self.reason = reason
    }
}
