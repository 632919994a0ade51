import Recurrence
import Tasks

/// How pages of tasks are found that begin after a place in their order.
enum TaskPageStatements {
    /// Finds the numbers of a page's tasks, and their places; of a page of at most
    /// ``TaskStatements/joinedLimit`` tasks, the columns of ``TaskStatements/columns``.
    ///
    /// The arguments `limit` and, after a place, `afterTime` and `afterID` come to those of the
    /// arguments.
    ///
    /// What a colleague sees is made of two parts, each found by an index of its own in the wanted
    /// order.
    static func page(
        of query: TaskPageQuery,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) -> (statement: SQLStatement, arguments: SQLArguments) {
        var arguments = SQLArguments(in: locationID)
        let conditions = conditions(of: viewer, for: query.predicate)
        if case .colleague(let id) = viewer, conditions != [TaskStatements.isInLocation] {
            arguments.append(.integer(id.rawValue), for: "viewerID")
        }
        if case .creator(let id) = viewer {
            arguments.append(.integer(id.rawValue), for: "creatorID")
        }
        arguments.append(.integer(query.limit + 1), for: "limit")
        if let place = query.place {
            arguments.append(.integer(place.time.microseconds), for: "afterTime")
            arguments.append(.integer(place.id.rawValue), for: "afterID")
            if query.order.key == .priority {
                arguments.append(.integer(-place.priority), for: "afterRank")
            }
        }
        var compiler = QueryCompiler<TaskField>(arguments)
        let condition = compiler.condition(query.predicate)
        let parts = conditions.map { part(of: query, where: "\($0) AND \(condition)") }
        let text =
            parts.count == 1
            ? parts[0]
            : """
            SELECT taskID, place, rank FROM (
                \(parts.map { "SELECT taskID, place, rank FROM (\($0)) AS part" }.joined(separator: " UNION "))
            ) AS parts
            \(order(query.order, by: "rank", "place", "taskID")) LIMIT :limit
            """
        let statement = query.limit > TaskStatements.joinedLimit ? text : joined(text, of: query)
        return (SQLStatement(dynamic: statement), compiler.arguments)
    }

    /// Joins the tasks themselves to the numbers of a page.
    private static func joined(_ numbers: String, of query: TaskPageQuery) -> String {
        """
        SELECT \(TaskStatements.columns) FROM (\(numbers)) AS page
        JOIN task ON \(TaskStatements.isInLocation) AND task.taskID = page.taskID
        \(TaskStatements.joinedSeries)
        \(order(query.order, by: "page.rank", "page.place", "page.taskID"))
        """
    }

    private static func part(of query: TaskPageQuery, where condition: String) -> String {
        let time = query.order.key.column
        let rank = query.order.key.rank
        let sign = query.order.isAscending ? ">" : "<"
        let places =
            rank == nil
            ? "(\(time), task.taskID) \(sign) (:afterTime, :afterID)"
            : "(\(rank ?? "0"), \(time), task.taskID) \(sign) (:afterRank, :afterTime, :afterID)"
        let isAfter = query.place == nil ? "" : " AND \(places)"
        let source = query.predicate.needsSeries ? "task \(TaskStatements.joinedSeries)" : "task"
        return """
            SELECT task.taskID AS taskID, \(time) AS place, \(rank ?? "0") AS rank FROM \(source)
            WHERE \(condition)\(isAfter)
            \(order(query.order, by: rank ?? "0", time, "task.taskID")) LIMIT :limit
            """
    }

    private static func order(
        _ order: TaskOrder,
        by rank: String,
        _ time: String,
        _ id: String
    ) -> String {
        let direction = order.isAscending ? "ASC" : "DESC"
        let first = order.key == .priority ? "\(rank) \(direction), " : ""
        return "ORDER BY \(first)\(time) \(direction), \(id) \(direction)"
    }

    /// The conditions of the parts that together are what a viewer sees.
    private static func conditions(
        of viewer: Viewer,
        for predicate: Predicate<TaskField>
    ) -> [String] {
        switch viewer {
        case .creator, .wholeLocation: return [TaskStatements.isSeen(by: viewer)]
        case .colleague(let id):
            let location = TaskStatements.isInLocation
            // Nothing more is to be asked of tasks that are the viewer's by the query itself.
            if predicate.asksForTasks(of: id) { return [location] }
            return [
                "\(location) AND task.creatorID = :viewerID",
                "\(location) AND \(TaskStatements.isOfColleague(ofRecord: "task"))",
            ]
        }
    }
}

extension TaskOrder.Key {
    fileprivate var column: String {
        switch self {
        case .due, .priority: "task.dueAt"
        case .modified: "task.modifiedAt"
        }
    }

    /// By what tasks are ordered before the time; nothing but for the order by priority.
    fileprivate var rank: String? {
        self == .priority ? "(0 - COALESCE(task.priority, 0))" : nil
    }
}

extension Predicate where Field == TaskField {
    /// Whether only tasks satisfy the predicate that a user made or is assigned to.
    fileprivate func asksForTasks(of userID: Identifier<User>) -> Bool {
        switch self {
        case .all(let parts): parts.contains { $0.asksForTasks(of: userID) }
        case .isOneOf(.creatorID, let values), .isOneOf(.assigneeID, let values):
            values == [.integer(userID.rawValue)]
        case .any, .isOneOf, .isNoneOf, .compares, .contains: false
        }
    }
}
