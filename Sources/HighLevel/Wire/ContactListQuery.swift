package import JSON
import Tasks

/// Which of a location's contacts are asked for.
package struct ContactListQuery: Hashable, Sendable {
    package let locationName: String?
    /// A text that the contact's name, email address or phone number must contain.
    package let query: String?
    package let limit: Int
    /// The number of the last contact of the page before.
    package let startAfter: Int64?
    /// The name of the last contact of the page before.
    package let startAfterName: String?

    /// Reads the parameters of a query.
    ///
    /// - Throws: The refusal with every violation.
    package init(_ parameters: JSONObject) throws(HighLevelError) {
        var reader = PropertyReader(parameters, .typedOrText)
        locationName = reader.text("locationId", .optional, lengths: 0...Int.max)
        query = reader.text("query", .optional, lengths: 0...TaskSearchBody.Limit.queryLength)
        limit = Int(reader.integer("limit", .optional, in: 1...100) ?? 20)
        startAfter = reader.integer(
            "startAfter",
            .optional,
            in: 0...Identifier<Contact>.largest
        )
        startAfterName = reader.text("startAfterId", .optional, lengths: 0...Int.max)
        try reader.finish()
    }
}
