import Recurrence
import Tasks

/// The directory of a location, read as an update that makes the same again.
struct DirectoryContents<Connection: SQLConnection> {
    private let locationID: LocationID
    private let connection: Connection

    init(of locationID: LocationID, on connection: Connection) {
        self.locationID = locationID
        self.connection = connection
    }

    func update() throws -> DirectoryUpdate {
        var update = DirectoryUpdate()
        if let location = try LocationRow(locationID, from: connection) {
            var record = LocationUpdate(id: locationID)
            record.name = location.name
            record.timeZone = location.timeZone
            record.requiresMatch = location.requiresMatch
            record.reminders = FieldUpdate(to: location.reminders)
            update.locations = [record]
        }
        update.users = try rows(MemberRow.self, ContentsStatements.users).map(user)
        update.teams = try rows(TeamRow.self, ContentsStatements.teams).map(team)
        update.contacts = try rows(ContactRow.self, ContentsStatements.contacts).map(contact)
        update.categories = try rows(CategoryRow.self, ContentsStatements.categories)
            .filter { !CategoryRow.fixedNumbers.contains($0.identity.address.number) }
            .map(category)
        return update
    }

    /// The rows of a kind by rising number.
    private func rows<Row: DirectoryRow>(
        _: Row.Type,
        _ statement: SQLStatement
    ) throws -> [Row] {
        let numbers = try connection.rows(statement, SQLArguments(in: locationID)) { row in
            try row.int64(0)
        }
        return try numbers.compactMap { number in
            try Row(DirectoryAddress(locationID, number), from: connection)
        }
    }

    private func user(_ row: MemberRow) -> UserUpdate {
        var update = UserUpdate(id: Identifier(row.identity.address.number))
        update.publicID = row.identity.publicID
        update.locationID = locationID
        update.name = row.name
        update.email = FieldUpdate(to: row.email)
        update.phone = FieldUpdate(to: row.phone)
        update.timeZone = FieldUpdate(to: row.timeZone)
        update.role = row.role
        update.locale = FieldUpdate(to: row.locale)
        update.reminderSettings = ReminderSettingsUpdate(to: row.reminderSettings)
        update.isDeleted = row.isDeleted
        return update
    }

    private func team(_ row: TeamRow) -> TeamUpdate {
        var update = TeamUpdate(id: Identifier(row.identity.address.number))
        update.locationID = locationID
        update.name = row.name
        update.isSharing = row.isSharing
        update.memberIDs = row.memberIDs.sorted().map { Identifier($0) }
        update.isDeleted = row.isDeleted
        return update
    }

    private func contact(_ row: ContactRow) -> ContactUpdate {
        var update = ContactUpdate(id: Identifier(row.identity.address.number))
        update.publicID = row.identity.publicID
        update.locationID = locationID
        update.firstName = FieldUpdate(to: row.firstName)
        update.lastName = FieldUpdate(to: row.lastName)
        update.email = FieldUpdate(to: row.email)
        update.phone = FieldUpdate(to: row.phone)
        update.business = FieldUpdate(to: row.business)
        update.ownerID = FieldUpdate(to: row.ownerID)
        update.assigneeID = FieldUpdate(to: row.assigneeID)
        update.sharedWithIDs = row.sharedWithIDs.sorted().map { Identifier($0) }
        update.isDeleted = row.isDeleted
        return update
    }

    private func category(_ row: CategoryRow) -> CategoryUpdate {
        var update = CategoryUpdate(id: Identifier(row.identity.address.number))
        update.locationID = locationID
        update.name = row.name
        update.ownerID = FieldUpdate(to: row.ownerID)
        update.isDeleted = row.isDeleted
        return update
    }
}

extension DirectoryRow {
    /// Whether it is deleted; nothing is said of a record in use.
    fileprivate var isDeleted: Bool? { deletedAt == nil ? nil : true }
}

private enum ContentsStatements {
    static let users = all("userID", of: "member")
    static let teams = all("teamID", of: "team")
    static let contacts = all("contactID", of: "contact")
    static let categories = all("categoryID", of: "category")

    private static func all(_ key: String, of table: String) -> SQLStatement {
        SQLStatement(
            dynamic: """
                SELECT \(key) FROM \(table)
                WHERE shard = :shard AND locationID = :locationID ORDER BY \(key)
                """
        )
    }
}
