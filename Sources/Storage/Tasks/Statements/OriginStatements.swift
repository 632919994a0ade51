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
            case .colleague: ofColleague
            case .wholeLocation: ofLocation
            }
        let matches = "FROM \(source) AS origin WHERE \(compiler.condition(query.predicate))"
        return Listing(
            count: "SELECT COUNT(*) \(matches)",
            page: """
                SELECT originID, creatorID, startLocal, ruleText, createdAt, modifiedAt, isSeries
                \(matches)
                ORDER BY \(QueryCompiler.order(query.order)) LIMIT :limit OFFSET :skip
                """,
            arguments: compiler.arguments
        )
    }

    private static let ofLocation = origins(where: "shard = :shard AND locationID = :locationID")

    private static let ofCreator = origins(
        where: "shard = :shard AND locationID = :locationID AND creatorID = :creatorID"
    )

    private static let ofColleague = origins { record in
        """
        \(record).shard = :shard AND \(record).locationID = :locationID AND (
            \(record).creatorID = :viewerID
            OR \(TaskStatements.isOfColleague(ofRecord: record))
        )
        """
    }

    private static func origins(where condition: String) -> String {
        origins { _ in condition }
    }

    private static func origins(where condition: (String) -> String) -> String {
        """
        (
            SELECT seriesID AS originID, creatorID, startLocal, ruleText, createdAt, modifiedAt,
                1 AS isSeries
            FROM series WHERE \(condition("series"))
            UNION ALL
            SELECT taskID, creatorID, dueLocal, NULL, createdAt, modifiedAt, 0
            FROM task WHERE \(condition("task")) AND seriesID IS NULL
        )
        """
    }
}

extension TaskOrigin {
    /// Creates an origin from the columns that ``OriginStatements`` select.
    init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            self.init(
                id: try row.int64(0, in: .identifiers),
                creatorID: try row.optionalIdentifier(1),
                start: try row.localDateTime(2),
                ruleText: try row.optionalText(3, lengths: .texts),
                createdAt: try row.timestamp(4),
                modifiedAt: try row.timestamp(5)
            )
        } catch {
            let isSeries = (try? row.flag(6)) ?? false
            throw UnreadableRow(error, of: isSeries ? "series" : "task", in: locationID, row)
        }
    }
}
