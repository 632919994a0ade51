import Recurrence
import Tasks

/// How pages of tasks are found that begin after a place in their order.
enum TaskPageStatements {
    /// Finds the numbers of a page's tasks, and their places.
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
        }
        var compiler = QueryCompiler<TaskField>(arguments)
        let condition = compiler.condition(query.predicate)
        let parts = conditions.map { part(of: query, where: "\($0) AND \(condition)") }
        let text =
            parts.count == 1
            ? parts[0]
            : """
            SELECT taskID, place FROM (
                \(parts.map { "SELECT taskID, place FROM (\($0)) AS part" }.joined(separator: " UNION "))
            ) AS parts
            \(order(query.order, by: "place", "taskID")) LIMIT :limit
            """
        return (SQLStatement(dynamic: text), compiler.arguments)
    }

    private static func part(of query: TaskPageQuery, where condition: String) -> String {
        let time = query.order.key.column
        let sign = query.order.isAscending ? ">" : "<"
        let isAfter =
            query.place == nil ? "" : " AND (\(time), task.taskID) \(sign) (:afterTime, :afterID)"
        return """
            SELECT task.taskID AS taskID, \(time) AS place FROM task
            WHERE \(condition)\(isAfter)
            \(order(query.order, by: time, "task.taskID")) LIMIT :limit
            """
    }

    private static func order(_ order: TaskOrder, by time: String, _ id: String) -> String {
        let direction = order.isAscending ? "ASC" : "DESC"
        return "ORDER BY \(time) \(direction), \(id) \(direction)"
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
        case .due: "task.dueAt"
        case .modified: "task.modifiedAt"
        }
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
