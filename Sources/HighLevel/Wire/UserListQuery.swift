package import JSON

/// Which of a location's users are asked for.
package struct UserListQuery: Hashable, Sendable {
    package let locationName: String?
    package let limit: Int
    package let skip: Int

    /// Reads the parameters of a query; no page is published, so one that is not asked for is long.
    ///
    /// - Throws: The refusal with every violation.
    package init(_ parameters: JSONObject) throws(HighLevelError) {
        var reader = PropertyReader(parameters, .typedOrText)
        locationName = reader.text("locationId", .optional, lengths: 0...Int.max)
        let limits = 1...TaskSearchBody.Limit.rowCount
        limit = Int(reader.integer("limit", .optional, in: limits) ?? limits.upperBound)
        let skips = 0...TaskSearchBody.Limit.skip
        skip = Int(reader.integer("skip", .optional, in: skips) ?? 0)
        try reader.finish()
    }
}
