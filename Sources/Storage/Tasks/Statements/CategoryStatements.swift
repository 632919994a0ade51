import Recurrence
import Tasks

/// How categories are read and written.
enum CategoryStatements {
    static func listing(
        of query: Query<CategoryField>,
        seenBy userID: Identifier<User>?,
        in locationID: LocationID
    ) -> Listing {
        var arguments = SQLArguments(in: locationID)
        if let userID { arguments.append(.integer(userID.rawValue), for: "userID") }
        var compiler = QueryCompiler<CategoryField>(arguments)
        let isSeen = userID == nil ? isInLocation : isSeen
        let matches = "FROM category WHERE \(isSeen) AND \(compiler.condition(query.predicate))"
        return Listing(
            count: "SELECT COUNT(*) \(matches)",
            page: """
                SELECT \(columns) \(matches)
                ORDER BY \(QueryCompiler.order(query.order)) LIMIT :limit OFFSET :skip
                """,
            arguments: compiler.arguments,
            isCounted: query.needsTotal
        )
    }

    /// The columns that a category is made of, in its order.
    private static let columns = "categoryID, name, ownerID, createdAt, modifiedAt"

    private static let isInLocation =
        "shard = :shard AND locationID = :locationID AND deletedAt IS NULL"

    private static let isSeen = "\(isInLocation) AND (ownerID IS NULL OR ownerID = :userID)"

    static let byID = SQLStatement(
        "SELECT \(columns) FROM category WHERE \(isSeen) AND categoryID = :categoryID"
    )

    /// One category, also a deleted one.
    static let anyByID = SQLStatement(
        """
        SELECT \(columns) FROM category
        WHERE shard = :shard AND locationID = :locationID AND categoryID = :categoryID
        """
    )

    static let insert = SQLStatement(
        """
        INSERT INTO category (
            shard, locationID, categoryID, name, ownerID, createdAt, modifiedAt, deletedAt
        ) VALUES (
            :shard, :locationID, :categoryID, :name, :ownerID, :createdAt, :modifiedAt, NULL
        )
        """
    )

    static let rename = SQLStatement(
        """
        UPDATE category SET name = :name, modifiedAt = :modifiedAt
        WHERE shard = :shard AND locationID = :locationID AND categoryID = :categoryID
        """
    )

    static let delete = SQLStatement(
        """
        UPDATE category SET deletedAt = :modifiedAt, modifiedAt = :modifiedAt
        WHERE shard = :shard AND locationID = :locationID AND categoryID = :categoryID
        """
    )

    static let removeFromTasks = SQLStatement(
        """
        UPDATE task SET categoryID = NULL, modifiedAt = :modifiedAt
        WHERE shard = :shard AND locationID = :locationID AND creatorID = :ownerID
            AND categoryID = :categoryID
        RETURNING taskID
        """
    )

    static let removeFromSeries = SQLStatement(
        """
        UPDATE series SET categoryID = NULL, modifiedAt = :modifiedAt
        WHERE shard = :shard AND locationID = :locationID AND creatorID = :ownerID
            AND categoryID = :categoryID
        RETURNING seriesID
        """
    )
}
