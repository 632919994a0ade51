import Tasks

/// How tasks are read and written.
enum TaskStatements {
    /// The columns of a task's entry, in its order.
    static let columns = """
        \(TaskColumns.table.selection),
        CASE WHEN task.title IS NULL THEN 1 ELSE 0 END, series.ruleText, \(overrides) AS overrides,
        series.startLocal AS seriesStart, series.isAllDay AS seriesIsAllDay,
        NULLIF(series.timeZone, task.timeZone) AS seriesTimeZone, series.monthEnd AS monthEnd,
        series.repeatsAfterCompletion AS repeatsAfterCompletion
        """

    /// The number of a task's `TaskOverrides`.
    ///
    /// What a schedule makes when it comes is due later than its slot, and each for another contact.
    private static let overrides: String = {
        let fields: [(TaskOverrides, String)] = [
            (.title, "task.title IS NOT NULL AND task.title <> series.title"),
            (.body, "task.body IS NOT NULL AND task.body <> series.body"),
            (.due, "series.dueSchedule IS NULL AND task.dueLocal <> task.recurrenceID"),
            (.assignee, "task.assigneeID IS DISTINCT FROM series.assigneeID"),
            (
                .contact,
                """
                task.contactID IS DISTINCT FROM
                    COALESCE(NULLIF(task.slotContactID, 0), series.contactID)
                """
            ),
            (.category, "task.categoryID IS DISTINCT FROM series.categoryID"),
            (.isAllDay, "task.isAllDay <> series.isAllDay"),
            (.priority, "task.priority IS DISTINCT FROM series.priority"),
            (.tags, "task.tags IS DISTINCT FROM series.tags"),
            (.reminders, "task.reminders IS DISTINCT FROM series.reminders"),
        ]
        let terms = fields.map { "CASE WHEN \($1) THEN \($0.rawValue) ELSE 0 END" }
        return """
            CASE WHEN series.seriesID IS NULL THEN 0
            ELSE \(terms.joined(separator: " + ")) END
            """
    }()

    static let joinedSeries = """
        LEFT JOIN series ON series.shard = task.shard
            AND series.locationID = task.locationID AND series.seriesID = task.seriesID
        """

    /// The condition for the tasks of a location that a viewer sees.
    static func isSeen(by viewer: Viewer) -> String {
        switch viewer {
        case .creator: "\(isInLocation) AND task.creatorID = :creatorID"
        case .colleague:
            """
            \(isInLocation)
                AND (task.creatorID = :viewerID OR \(isOfColleague(ofRecord: "task")))
            """
        case .wholeLocation: isInLocation
        }
    }

    /// The condition that a record's assignee is the viewer, or shares work with the viewer.
    static func isOfColleague(ofRecord record: String) -> String {
        """
        (\(record).assigneeID = :viewerID OR \(record).assigneeID IN (\(colleagues)))
        """
    }

    /// Those who share work with the viewer.
    static let colleagues = """
        SELECT theirs.userID FROM teamMember AS mine
        JOIN teamMember AS theirs ON theirs.shard = mine.shard
            AND theirs.locationID = mine.locationID AND theirs.teamID = mine.teamID
        JOIN team ON team.shard = mine.shard
            AND team.locationID = mine.locationID AND team.teamID = mine.teamID
        WHERE mine.shard = :shard AND mine.locationID = :locationID
            AND mine.userID = :viewerID AND team.isSharing = 1 AND team.deletedAt IS NULL
        """

    static let isInLocation = "task.shard = :shard AND task.locationID = :locationID"

    private static let entries = "SELECT \(columns) FROM task \(joinedSeries)"

    static let byID = SQLStatement("\(entries) WHERE \(isInLocation) AND task.taskID = :taskID")

    static let byIDOfCreator = SQLStatement(
        """
        \(entries) WHERE \(isInLocation)
            AND task.creatorID = :creatorID AND task.taskID = :taskID
        """
    )

    static let byIDOfColleague = SQLStatement(
        "\(entries) WHERE \(isSeen(by: .colleague(Identifier(0)))) AND task.taskID = :taskID"
    )

    static let numbered = SQLStatement(
        "\(entries) WHERE \(isInLocation) AND task.taskID BETWEEN :first AND :last"
    )

    /// One task, if a viewer sees it and it satisfies a condition.
    static func byID(seenBy viewer: Viewer, where condition: String) -> SQLStatement {
        SQLStatement(
            dynamic: """
                \(entries) WHERE \(isSeen(by: viewer)) AND task.taskID = :taskID AND \(condition)
                """
        )
    }

    /// How many tasks a page has at most that is read in one statement.
    ///
    /// Such a page is sorted together with its texts, which must not fill the memory.
    static let joinedLimit = 25

    /// Finds the page's tasks by index first, and only then their series.
    ///
    /// The page of a query for more than ``joinedLimit`` tasks has their numbers alone.
    static func listing(
        of query: Query<TaskField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) -> Listing {
        var compiler = QueryCompiler<TaskField>(SQLArguments(in: locationID, seenBy: viewer))
        let source = query.needsSeries ? "task \(joinedSeries)" : "task"
        let bounds = viewer.isColleague ? nil : DueBounds(query.predicate)
        let counted = bounds?.count(where: isSeen(by: viewer), by: &compiler)
        let condition = counted?.condition ?? compiler.condition(query.predicate)
        let matches = "FROM \(source) WHERE \(isSeen(by: viewer)) AND \(condition)"
        let order = QueryCompiler.order(query.order)
        // The table of totals has all columns that the condition can use, and is given the name
        // `task`. Whose colleagues' tasks they are it does not tell.
        let isCounted = query.predicate.isOfStateAlone && !viewer.isColleague
        return Listing(
            count: "SELECT COUNT(*) \(matches)",
            keptCount: isCounted
                ? """
                SELECT CAST(COALESCE(SUM(\(readableTotal)), 0) AS bigint),
                    MIN(CASE WHEN \(readableTotal) IS NULL THEN task.creatorID END),
                    MIN(task.locationID)
                FROM taskTotal AS task
                WHERE \(isSeen(by: viewer)) AND \(condition)
                """ : counted?.statement,
            page: query.limit > joinedLimit
                ? "SELECT task.taskID \(matches) ORDER BY \(order) LIMIT :limit OFFSET :skip"
                : """
                SELECT \(columns) FROM (
                    SELECT task.taskID AS matchID \(matches)
                    ORDER BY \(order) LIMIT :limit OFFSET :skip
                ) AS page
                JOIN task ON \(isInLocation) AND task.taskID = page.matchID
                \(joinedSeries)
                ORDER BY \(order)
                """,
            arguments: compiler.arguments
        )
    }

    /// The tasks of a series that is known, by the columns of ``RecordTable/storedSelection``.
    private static let ofSeries = """
        SELECT \(TaskColumns.table.storedSelection) FROM task
        WHERE \(isInLocation) AND task.seriesID = :seriesID
        """

    static let wholeSeries = SQLStatement("\(ofSeries) ORDER BY task.recurrenceID")

    static let following = SQLStatement(
        "\(ofSeries) AND task.recurrenceID >= :recurrenceID ORDER BY task.recurrenceID"
    )

    /// What a list of a series' occurrences tells of the tasks that a viewer sees.
    static func slots(seenBy viewer: Viewer) -> SQLStatement {
        SQLStatement(
            dynamic: """
                SELECT task.taskID, task.recurrenceID, task.dueAt, task.state, task.assigneeID,
                    task.contactID
                FROM task
                WHERE \(isSeen(by: viewer)) AND task.seriesID = :seriesID
                    AND task.recurrenceID BETWEEN :first AND :last
                ORDER BY task.recurrenceID, task.slotContactID LIMIT :limit
                """
        )
    }

    static let ofSlot = SQLStatement(
        """
        SELECT 1 FROM task
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
            AND recurrenceID = :recurrenceID
        LIMIT 1
        """
    )

    static let insert = SQLStatement(TaskColumns.table.insertion)

    /// Does nothing if the occurrence's task exists already.
    ///
    /// If another task has the number, that is an error.
    static let insertUnlessMade = SQLStatement(
        """
        \(TaskColumns.table.insertion)
        ON CONFLICT (shard, locationID, seriesID, recurrenceID, slotContactID)
            WHERE seriesID IS NOT NULL
            DO NOTHING
        """
    )

    static let update = SQLStatement(TaskColumns.table.update)

    /// Adds to a total of tasks; one that cannot be right is counted anew.
    static let addToTotal = SQLStatement(
        """
        INSERT INTO taskTotal (shard, locationID, creatorID, state, total)
        VALUES (
            :shard, :locationID, :creatorID, :state,
            CASE WHEN :count >= 0 THEN :count ELSE \(countedAnew) END
        )
        ON CONFLICT (shard, locationID, creatorID, state)
        DO UPDATE SET total =
            CASE WHEN taskTotal.total BETWEEN 0 AND \(largestTotal)
                AND taskTotal.total + :count >= 0
            THEN taskTotal.total + :count
            ELSE \(countedAnew) END
        """
    )

    /// Adds to a total of a span of due times likewise.
    static let addToSpanTotal = SQLStatement(
        """
        INSERT INTO taskSpanTotal (shard, locationID, creatorID, state, span, total)
        VALUES (
            :shard, :locationID, :creatorID, :state, :span,
            CASE WHEN :count >= 0 THEN :count ELSE \(spanCountedAnew) END
        )
        ON CONFLICT (shard, locationID, creatorID, state, span)
        DO UPDATE SET total =
            CASE WHEN taskSpanTotal.total BETWEEN 0 AND \(largestTotal)
                AND taskSpanTotal.total + :count >= 0
            THEN taskSpanTotal.total + :count
            ELSE \(spanCountedAnew) END
        """
    )

    private static let spanCountedAnew = """
        (
            SELECT COUNT(*) FROM task
            WHERE task.shard = :shard AND task.locationID = :locationID
                AND task.creatorID IS NOT DISTINCT FROM NULLIF(:creatorID, 0)
                AND task.state = :state AND \(DueSpan.number(of: "task.dueAt")) = :span
        )
        """

    private static let largestTotal = ClosedRange<Int64>.counts.upperBound / 2
    /// A total of the table `task`; null if it cannot be right.
    static let readableTotal =
        "CASE WHEN task.total BETWEEN 0 AND \(largestTotal) THEN task.total END"
    private static let countedAnew = """
        (
            SELECT COUNT(*) FROM task
            WHERE task.shard = :shard AND task.locationID = :locationID
                AND task.creatorID IS NOT DISTINCT FROM NULLIF(:creatorID, 0)
                AND task.state = :state
        )
        """

    /// Gives tasks places of their own, far before any date of the calendar.
    static let moveAside = SQLStatement(
        """
        UPDATE task SET recurrenceID = \(firstPlaceAside) + taskID
        WHERE shard = :shard AND locationID = :locationID AND taskID BETWEEN :first AND :last
        """
    )

    private static let firstPlaceAside = -1 << 62
}

extension Viewer {
    fileprivate var isColleague: Bool {
        if case .colleague = self { true } else { false }
    }
}
