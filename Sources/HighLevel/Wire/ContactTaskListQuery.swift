package import JSON

/// Which page of a contact's tasks is asked for.
package struct ContactTaskListQuery: Hashable, Sendable {
    /// None for all of them.
    package let limit: Int?
    package let skip: Int

    /// Reads the parameters of a query; other parameters are ignored, as there is none published.
    ///
    /// - Throws: The refusal with every violation.
    package init(_ parameters: JSONObject) throws(HighLevelError) {
        var reader = PropertyReader(parameters, .typedOrText)
        let limits = 1...TaskSearchBody.Limit.rowCount
        let skips = 0...TaskSearchBody.Limit.skip
        limit = reader.integer("limit", .optional, in: limits).map { Int($0) }
        let offset = reader.integer("offset", .optional, in: skips)
        let skip = reader.integer("skip", .optional, in: skips)
        if let offset, let skip, offset != skip { reader.note("offset must be the same as skip") }
        self.skip = Int(offset ?? skip ?? 0)
        reader.ignore(parameters.members.map(\.name))
        try reader.finish()
    }
}
