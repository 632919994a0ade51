package import JSON

/// Which page of a location's recurring tasks is asked for.
package struct RecurringTaskListQuery: Hashable, Sendable {
    package let limit: Int
    package let skip: Int

    /// Reads the parameters of a query.
    ///
    /// - Throws: The refusal with every violation.
    package init(_ parameters: JSONObject) throws(HighLevelError) {
        var reader = PropertyReader(parameters, .typedOrText)
        limit = Int(reader.integer("limit", .optional, in: 1...100) ?? 25)
        skip = Int(reader.integer("skip", .optional, in: 0...1_000_000_000) ?? 0)
        try reader.finish()
    }
}
