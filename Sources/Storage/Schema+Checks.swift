import Tasks

extension Schema {
    /// What each column may hold, so that no row comes to be which cannot be read.
    ///
    /// The tables get their checks when all are there. Rows of earlier days stay, whatever they
    /// hold; one that cannot be read is set aside by its readers. Between two steps of one
    /// transaction `recurrenceID` and `total` hold what no reader sees, and there is no check for
    /// it.
    static let checks = Migration(
        "checks of what columns hold",
        adding: [
            TableChecks("numberBlock", .text("name", .names), .integer("nextNumber", .nextNumbers)),
            TableChecks(
                "location",
                .integer("shard", .shards),
                .text("locationID", .names),
                .text("name", .names),
                .text("timeZone", .zoneNames),
                .integer("changeNumber", .counts),
                .integer("deletedAt", .instants)
            ),
            TableChecks(
                "directoryName",
                .text("kind", .names),
                .text("name", .names),
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("number", .identifiersOrNone)
            ),
            TableChecks(
                "member",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("userID", .identifiers),
                .text("publicID", .names),
                .text("name", .names),
                .text("email", .optionalNames),
                .text("phone", .optionalNames),
                .text("timeZone", .zoneNames),
                .integer("deletedAt", .instants)
            ),
            TableChecks(
                "team",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("teamID", .identifiers),
                .text("name", .names),
                .integer("isSharing", .flags),
                .integer("deletedAt", .instants)
            ),
            TableChecks(
                "teamMember",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("userID", .identifiers),
                .integer("teamID", .identifiers)
            ),
            TableChecks(
                "contact",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("contactID", .identifiers),
                .text("publicID", .names),
                .text("firstName", .optionalNames),
                .text("lastName", .optionalNames),
                .text("email", .optionalNames),
                .text("phone", .optionalNames),
                .text("business", .optionalNames),
                .integer("ownerID", .identifiers),
                .integer("assigneeID", .identifiers),
                .integer("deletedAt", .instants)
            ),
            TableChecks(
                "contactShare",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("contactID", .identifiers),
                .integer("userID", .identifiers)
            ),
            TableChecks(
                "category",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("categoryID", .identifiers),
                .text("name", .names),
                .integer("ownerID", .identifiers),
                .integer("createdAt", .instants),
                .integer("modifiedAt", .instants),
                .integer("deletedAt", .instants)
            ),
            TableChecks(
                "token",
                .text("hint", .names),
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("userID", .identifiers),
                .text("scopes", .texts),
                .integer("createdAt", .instants),
                .integer("expiresAt", .instants),
                .integer("revokedAt", .instants)
            ),
            TableChecks(
                "series",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("seriesID", .identifiers),
                .integer("creatorID", .identifiers),
                .text("title", .texts),
                .text("body", .texts),
                .integer("assigneeID", .identifiers),
                .integer("contactID", .identifiers),
                .integer("categoryID", .identifiers),
                .integer("reminder", .choices(ReminderType.self)),
                .integer("isAllDay", .flags),
                .integer("notifiesAssignee", .flags),
                .integer("startLocal", .slots),
                .text("timeZone", .zoneNames),
                .text("ruleText", .texts),
                .text("dueSchedule", .texts),
                .integer("catchUp", .choices(CatchUp.self)),
                .integer("whileOverdue", .overdueChoices),
                .integer("isDeleted", .flags),
                .integer("createdAt", .instants),
                .integer("modifiedAt", .instants)
            ),
            TableChecks(
                "seriesClock",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("seriesID", .identifiers),
                .integer("materializedThrough", .localDateTimes),
                .integer("nextAt", .instants),
                .integer("fireAt", .instants),
                .integer("occurrenceCount", .occurrenceCounts),
                .integer("setAsideAt", .instants),
                .text("setAsideReason", .texts)
            ),
            TableChecks(
                "task",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("taskID", .identifiers),
                .integer("seriesID", .identifiers),
                .integer("slotContactID", .identifiersOrNone),
                .integer("creatorID", .identifiers),
                .text("title", .texts),
                .text("body", .texts),
                .integer("assigneeID", .identifiers),
                .integer("contactID", .identifiers),
                .integer("categoryID", .identifiers),
                .integer("reminder", .choices(ReminderType.self)),
                .integer("isAllDay", .flags),
                .integer("notifiesAssignee", .flags),
                .integer("dueAt", .instants),
                .integer("dueLocal", .localDateTimes),
                .text("timeZone", .zoneNames),
                .integer("state", .choices(TaskState.self)),
                .integer("createdAt", .instants),
                .integer("modifiedAt", .instants)
            ),
            TableChecks(
                "taskTotal",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("creatorID", .identifiersOrNone),
                .integer("state", .choices(TaskState.self)),
                .integer("total", .counts)
            ),
            TableChecks(
                "change",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("changeNumber", .counts),
                .integer("changedAt", .instants),
                .integer("actorID", .identifiers),
                .integer("kind", .choices(ChangeKind.self))
            ),
            TableChecks("zoneTable", .text("name", .zoneNames)),
        ]
    )
}

extension Schema {
    static let checksOfPasses = Migration(
        "checks of columns that say which of two passes is meant",
        adding: [
            TableChecks("task", .integer("dueInSecondPass", .flags)),
            TableChecks("series", .integer("startsInSecondPass", .flags)),
        ]
    )
}

extension TableChecks {
    /// Creates the checks of some of a table's columns.
    init(_ table: String, _ checks: ColumnCheck...) {
        self.init(table: table, conditions: checks.map(\.condition))
    }
}

/// What a column that is not null may hold, as SQL.
struct ColumnCheck {
    let condition: String

    static func integer(_ column: String, _ range: ClosedRange<Int64>) -> ColumnCheck {
        ColumnCheck(
            condition: "\(column) BETWEEN \(range.lowerBound) AND \(range.upperBound)"
        )
    }

    /// Counts characters where readers count bytes: what is refused here no reader takes.
    static func text(_ column: String, _ lengths: ClosedRange<Int>) -> ColumnCheck {
        // A text may begin with U+0000, where SQLite's LENGTH ends.
        let isThere = lengths.lowerBound > 0 ? "\(column) <> '' AND " : ""
        return ColumnCheck(condition: "\(isThere)LENGTH(\(column)) <= \(lengths.upperBound)")
    }
}
