package import Tasks

extension SQLStore: ChangeFeedStore {
    @specialized(where Driver == SQLiteDatabase)
    package func endOfFeed(in locationID: LocationID) async throws -> FeedPlace {
        try await readSnapshot { connection in
            try transaction(in: locationID, on: connection).endOfFeed()
        }
    }

    @specialized(where Driver == SQLiteDatabase)
    package func feed(
        after place: FeedPlace,
        limit: Int,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> FeedPage {
        try await scan(for: locationID) { connection in
            let transaction = self.transaction(in: locationID, on: connection)
            var reader = FeedReader(
                transaction: transaction,
                viewer: viewer,
                page: FeedPage(end: place)
            )
            return try reader.read(limit: limit)
        }
    }
}

/// Reads a page of the log, within bounds.
private struct FeedReader<Connection: SQLConnection> {
    /// How many entries are looked at for one page, seen or not.
    private static var entryLimit: Int { 2000 }
    /// How many records are read for one page.
    private static var recordLimit: Int { 1000 }
    /// How many entries are read at once, beside one more that tells whether more come.
    private static var stepLimit: Int { 10 }

    let transaction: LocationTransaction<Connection>
    let viewer: Viewer
    var page: FeedPage
    private var recordCount = 0
    private var byteCount = 0
    /// Tasks of the page as they are now, and those that the viewer does not see; a task that is worked
    /// on is in many entries.
    private var tasks: [Identifier<TaskInstance>: TaskEntry?] = [:]
    /// Read when they are needed, which is seldom.
    private var colleagues: Set<Int64>?

    init(
        transaction: LocationTransaction<Connection>,
        viewer: Viewer,
        page: FeedPage
    ) {
        self.transaction = transaction
        self.viewer = viewer
        self.page = page
    }

    private var isFull: Bool {
        recordCount >= Self.recordLimit || byteCount >= PageBudget.byteCount
    }

    mutating func read(limit: Int) throws -> FeedPage {
        var entries: ArraySlice<FeedEntry> = []
        for _ in 0..<Self.entryLimit where page.changes.count < limit && !isFull {
            if entries.isEmpty {
                let count = min(limit - page.changes.count, Self.stepLimit)
                entries = try self.entries(limit: count + 1)[...]
            }
            guard let entry = entries.popFirst() else {
                try checkEnd()
                return page
            }
            // The numbers of a log have no gaps, but where its beginning was cut.
            guard entry.change.number == page.end.changeNumber + 1 else { throw FeedCut() }
            try add(entry)
        }
        page.hasMore = try !entries.isEmpty || !self.entries(limit: 1).isEmpty
        return page
    }

    /// Sees whether the log ends where the page does.
    private func checkEnd() throws {
        if try transaction.endOfFeed().changeNumber > page.end.changeNumber { throw FeedCut() }
    }

    /// The next entries after those of the page.
    private func entries(limit: Int) throws -> [FeedEntry] {
        var arguments = SQLArguments(in: transaction.locationID)
        arguments.append(.integer(page.end.changeNumber), for: "after")
        arguments.append(.integer(limit), for: "limit")
        return try transaction.connection.rows(FeedStatements.next, arguments) { row in
            try FeedEntry(row, in: transaction.locationID)
        }
    }

    /// Adds an entry to the page, or as much of it as there is room for.
    private mutating func add(_ entry: FeedEntry) throws {
        byteCount += entry.detail.utf8.count
        var change = entry.change
        let records = try records(of: entry)
        var told = min(page.end.recordCount, records.count)
        repeat {
            guard told < records.count else { break }
            try add(records[told], to: &change)
            told += 1
            recordCount += 1
        } while !isFull
        if !change.isEmpty { page.changes.append(change) }
        page.end =
            told == records.count
            ? FeedPlace(changeNumber: change.number)
            : FeedPlace(changeNumber: page.end.changeNumber, recordCount: told)
    }

    private func records(of entry: FeedEntry) throws(UnreadableRow) -> [ChangedRecord] {
        do {
            return try ChangedRecord.all(in: entry.detail)
        } catch {
            throw UnreadableRow(
                table: "change",
                key: "\(transaction.locationID.rawValue)/\(entry.change.number)",
                column: "detail",
                reason: "\(error)"
            )
        }
    }

    private mutating func add(_ record: ChangedRecord, to change: inout FeedChange) throws {
        do {
            switch record {
            case .task(let id, let formerAssigneeID):
                if let entry = try task(id) {
                    byteCount += entry.textByteCount
                    change.tasks.append(entry)
                } else if let formerAssigneeID, try isColleague(formerAssigneeID) {
                    change.removedTasks.append(id)
                }
            case .removed(let id, let isSeries, let creatorID, let assigneeID):
                let colleagues = try knownColleagues()
                guard
                    viewer.sees(creatorID: creatorID, assigneeID: assigneeID, among: colleagues)
                else { return }
                if isSeries {
                    change.removedSeries.append(Identifier(id))
                } else {
                    change.removedTasks.append(Identifier(id))
                }
            case .series(let id):
                guard try transaction.sees(id, viewer) else { return }
                if let entry = try transaction.seriesEntry(of: id).map(transaction.shown) {
                    byteCount += entry.textByteCount
                    change.series.append(entry)
                } else {
                    change.removedSeries.append(id)
                }
            }
        } catch let error as UnreadableRow {
            transaction.unreadableRows.note(error)
        }
    }

    private mutating func task(_ id: Identifier<TaskInstance>) throws -> TaskEntry? {
        if let known = tasks[id] { return known }
        let entry = try transaction.entry(of: id, seenBy: viewer)
        tasks.updateValue(entry, forKey: id)
        return entry
    }

    private mutating func isColleague(_ userID: Int64) throws -> Bool {
        try knownColleagues().contains(userID)
    }

    private mutating func knownColleagues() throws -> Set<Int64> {
        if let colleagues { return colleagues }
        let read = try transaction.colleagues(of: viewer)
        colleagues = read
        return read
    }
}

extension Viewer {
    /// Whether the viewer, who shares work with these colleagues, sees a record by whose it is.
    func sees(creatorID: Int64?, assigneeID: Int64?, among colleagues: Set<Int64>) -> Bool {
        switch self {
        case .wholeLocation: true
        case .creator(let userID): creatorID == userID.rawValue
        case .colleague(let userID):
            creatorID == userID.rawValue || assigneeID.map(colleagues.contains) ?? false
        }
    }
}

/// An entry of the log as it is read.
private struct FeedEntry {
    let change: FeedChange
    let detail: String

    /// Creates an entry from the columns that ``FeedStatements/next`` selects.
    init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            change = FeedChange(
                number: try row.int64(0),
                at: try row.timestamp(1),
                actorID: try row.optionalIdentifier(2),
                door: row.isNull(5) ? nil : try row.value(5),
                kind: try row.value(3)
            )
            detail = try row.text(4)
        } catch {
            throw UnreadableRow(error, of: "change", in: locationID, row)
        }
    }
}

extension LocationTransaction {
    /// The place after the last change.
    func endOfFeed() throws -> FeedPlace {
        let arguments = SQLArguments(in: locationID)
        let number = try connection.row(FeedStatements.lastNumber, arguments) { row in
            try row.int64(0)
        }
        return FeedPlace(changeNumber: number ?? 0)
    }

    func sees(_ id: Identifier<RecurringTask>, _ viewer: Viewer) throws -> Bool {
        var arguments = SQLArguments(in: locationID, seenBy: viewer)
        arguments.append(.integer(id.rawValue), for: "seriesID")
        let statement = SeriesStatements.isThere(seenBy: viewer)
        return try connection.row(statement, arguments) { _ in true } ?? false
    }

    /// The viewer and those who share work with the viewer; nobody where all is seen.
    func colleagues(of viewer: Viewer) throws -> Set<Int64> {
        guard case .colleague(let userID) = viewer else { return [] }
        let others = try connection.rows(
            FeedStatements.colleagues,
            SQLArguments(in: locationID, seenBy: viewer)
        ) { row in try row.int64(0) }
        return Set(others + [userID.rawValue])
    }
}

private enum FeedStatements {
    static let lastNumber = SQLStatement(
        "SELECT changeNumber FROM location WHERE shard = :shard AND locationID = :locationID"
    )

    static let next = SQLStatement(
        """
        SELECT changeNumber, changedAt, actorID, kind, detail, door FROM change
        WHERE shard = :shard AND locationID = :locationID AND changeNumber > :after
        ORDER BY changeNumber LIMIT :limit
        """
    )

    static let colleagues = SQLStatement(
        """
        SELECT member.userID FROM member
        WHERE member.shard = :shard AND member.locationID = :locationID
            AND member.userID IN (\(TaskStatements.colleagues))
        """
    )
}
