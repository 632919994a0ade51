package import Recurrence
package import Tasks

extension SQLStore: BrowsingStore {
    @specialized(where Driver == SQLiteDatabase)
    package func taskPage(
        _ query: TaskPageQuery,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> TaskPage {
        let (statement, arguments) = TaskPageStatements.page(
            of: query,
            seenBy: viewer,
            in: locationID
        )
        return try await scan(for: locationID) { connection in
            let transaction = self.transaction(in: locationID, on: connection)
            guard query.limit > TaskStatements.joinedLimit else {
                let (tasks, isLast) = try self.rows(
                    of: query,
                    by: statement,
                    arguments,
                    on: connection
                ) { row in
                    try TaskEntry(row, in: locationID)
                }
                return TaskPage(
                    records: tasks,
                    end: isLast ? nil : tasks.last.map(query.order.place),
                    feedPlace: try transaction.endOfFeed()
                )
            }
            let (places, isLast) = try self.rows(
                of: query,
                by: statement,
                arguments,
                on: connection
            ) { row in
                try TaskPlace(row, in: locationID)
            }
            let beginning = try PageBeginning(
                of: places.map(\.id),
                telling: unreadableRows
            ) { id in
                try transaction.entry(of: id)
            }
            return TaskPage(
                records: beginning.records,
                rest: beginning.rest,
                end: isLast ? nil : places.last,
                feedPlace: try transaction.endOfFeed()
            )
        }
    }

    /// Reads the rows of a page, and tells whether no more come.
    private func rows<Value>(
        of query: TaskPageQuery,
        by statement: SQLStatement,
        _ arguments: SQLArguments,
        on connection: Driver.Connection,
        _ value: (Driver.Connection.Row) throws -> Value
    ) throws -> (values: [Value], isLast: Bool) {
        var (values, rowCount) = try connection.readableRows(
            statement,
            arguments,
            telling: unreadableRows,
            value
        )
        let isLast = rowCount <= query.limit
        // Without a place to go on after, the page would look like the last.
        guard isLast || !values.isEmpty else {
            throw StoreUnavailable(reason: "No task of a page can be read")
        }
        values.removeLast(max(0, values.count - query.limit))
        return (values, isLast)
    }

    @specialized(where Driver == SQLiteDatabase)
    package func seriesPage(
        after id: Identifier<RecurringTask>?,
        limit: Int,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> SeriesPage {
        let statement = SeriesStatements.pageOfNumbers(seenBy: viewer)
        var arguments = SQLArguments(in: locationID, seenBy: viewer)
        arguments.append(.integer(id?.rawValue ?? 0), for: "afterID")
        arguments.append(.integer(limit + 1), for: "limit")
        return try await scan(for: locationID) { [arguments] connection in
            let ids = try connection.rows(statement, arguments) { row in
                Identifier<RecurringTask>(try row.int64(0))
            }
            let transaction = self.transaction(in: locationID, on: connection)
            let beginning = try PageBeginning(
                of: Array(ids.prefix(limit)),
                telling: unreadableRows
            ) { id in
                try transaction.seriesEntry(of: id).map(transaction.shown)
            }
            // What is too long for one answer is left to the next page.
            let count = min(limit, ids.count) - beginning.rest.count
            return SeriesPage(
                records: beginning.records,
                end: count < ids.count ? ids[count - 1] : nil
            )
        }
    }

    @specialized(where Driver == SQLiteDatabase)
    package func series(
        _ id: Identifier<RecurringTask>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> SeriesEntry? {
        let statement = SeriesStatements.isThere(seenBy: viewer)
        var arguments = SQLArguments(in: locationID, seenBy: viewer)
        arguments.append(.integer(id.rawValue), for: "seriesID")
        return try await readSnapshot { [arguments] connection in
            let isSeen = try connection.row(statement, arguments) { _ in true } ?? false
            let transaction = self.transaction(in: locationID, on: connection)
            return isSeen ? try transaction.seriesEntry(of: id).map(transaction.shown) : nil
        }
    }

    /// The most series whose occurrences are computed for one page.
    private var comingSeriesLimit: Int { 1000 }

    @specialized(where Driver == SQLiteDatabase)
    package func seriesComing(
        upTo bound: Timestamp,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> [SeriesEntry] {
        let statement = SeriesStatements.coming(seenBy: viewer)
        let limit = comingSeriesLimit
        var arguments = SQLArguments(in: locationID, seenBy: viewer)
        arguments.append(.integer(bound.microseconds), for: "bound")
        arguments.append(.integer(limit + 1), for: "limit")
        return try await scan(for: locationID) { [arguments] connection in
            let ids = try connection.rows(statement, arguments) { row in
                Identifier<RecurringTask>(try row.int64(0))
            }
            if ids.count > limit { throw QueryTooCostly(timeLimit: .zero) }
            let transaction = self.transaction(in: locationID, on: connection)
            return try ids.compactMap { id in
                do {
                    return try transaction.seriesEntry(of: id)
                } catch let error as UnreadableRow {
                    unreadableRows.note(error)
                    return nil
                }
            }
        }
    }

    package func slots(
        of id: Identifier<RecurringTask>,
        in slots: ClosedRange<LocalDateTime>,
        limit: Int,
        seenBy viewer: Viewer,
        at locationID: LocationID
    ) async throws -> [SlotTask] {
        let statement = TaskStatements.slots(seenBy: viewer)
        var arguments = SQLArguments(in: locationID, seenBy: viewer)
        arguments.append(.integer(id.rawValue), for: "seriesID")
        arguments.append(.integer(slots.lowerBound.secondsSince1970), for: "first")
        arguments.append(.integer(slots.upperBound.secondsSince1970), for: "last")
        arguments.append(.integer(limit), for: "limit")
        return try await scan(for: locationID) { [arguments] connection in
            let (tasks, _) = try connection.readableRows(
                statement,
                arguments,
                telling: unreadableRows
            ) { row in
                try SlotTask(row, in: locationID)
            }
            return tasks
        }
    }
}

extension TaskOrder {
    /// The place of a task in the order.
    fileprivate func place(of entry: TaskEntry) -> TaskPlace {
        let task = entry.task
        return TaskPlace(
            time: key == .modified ? task.modifiedAt : task.due.timestamp,
            id: task.id,
            priority: key == .priority ? task.template.priority : 0
        )
    }
}

extension TaskPlace {
    /// Creates a place from the columns that ``TaskPageStatements`` select.
    fileprivate init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            self.init(
                time: try row.timestamp(1),
                id: try row.identifier(0),
                priority: Int(-(try row.int64(2)))
            )
        } catch {
            throw UnreadableRow(error, of: "task", in: locationID, row)
        }
    }
}

extension SlotTask {
    /// Creates one from the columns that ``TaskStatements/slots(seenBy:)`` selects.
    fileprivate init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            self.init(
                id: try row.identifier(0),
                slot: try row.localDateTime(1, in: .slots),
                dueAt: try row.timestamp(2),
                state: try row.value(3),
                assigneeID: try row.optionalIdentifier(4),
                contactID: try row.optionalIdentifier(5)
            )
        } catch {
            throw UnreadableRow(error, of: "task", in: locationID, row)
        }
    }
}
