import Recurrence
import Tasks

/// How the origins of tasks are read: series, and single tasks.
enum OriginStatements {
    static func listing(
        of query: Query<OriginField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) -> Listing {
        var compiler = QueryCompiler<OriginField>(SQLArguments(in: locationID, seenBy: viewer))
        let source =
            switch viewer {
            case .creator: ofCreator
            case .wholeLocation: ofLocation
            }
        let matches = "FROM \(source) AS origin WHERE \(compiler.condition(query.predicate))"
        return Listing(
            count: "SELECT COUNT(*) \(matches)",
            page: """
                SELECT originID, creatorID, startLocal, ruleText, createdAt, modifiedAt \(matches)
                ORDER BY \(QueryCompiler.order(query.order)) LIMIT :limit OFFSET :skip
                """,
            arguments: compiler.arguments
        )
    }

    private static let ofLocation = origins(where: "shard = :shard AND locationID = :locationID")

    private static let ofCreator = origins(
        where: "shard = :shard AND locationID = :locationID AND creatorID = :creatorID"
    )

    private static func origins(where condition: String) -> String {
        """
        (
            SELECT seriesID AS originID, creatorID, startLocal, ruleText, createdAt, modifiedAt
            FROM series WHERE \(condition)
            UNION ALL
            SELECT taskID, creatorID, dueLocal, NULL, createdAt, modifiedAt
            FROM task WHERE \(condition) AND seriesID IS NULL
        )
        """
    }
}

extension TaskOrigin {
    /// Creates an origin from the columns that ``OriginStatements`` select.
    init(_ row: some SQLRow) {
        self.init(
            id: row.int64(0),
            creatorID: row.identifier(1),
            start: LocalDateTime(secondsSince1970: row.int64(2)),
            ruleText: row.optionalText(3),
            createdAt: row.timestamp(4),
            modifiedAt: row.timestamp(5)
        )
    }
}
