import Recurrence
import Tasks

extension LocationTransaction {
    /// One of a user's own categories.
    ///
    /// - Throws: ``CategoryRefusal``.
    func category(
        _ id: Identifier<Category>,
        ownedBy userID: Identifier<User>
    ) throws -> TaskCategory {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(userID.rawValue), for: "userID")
        arguments.append(.integer(id.rawValue), for: "categoryID")
        let category = try connection.row(CategoryStatements.byID, arguments) { row in
            try TaskCategory(row, in: locationID)
        }
        guard let category else { throw CategoryRefusal.notFound }
        guard category.ownerID == userID else { throw CategoryRefusal.notTheOwner }
        return category
    }

    /// A category, deleted or not.
    func category(_ id: Identifier<Category>) throws -> TaskCategory? {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(id.rawValue), for: "categoryID")
        return try connection.row(CategoryStatements.anyByID, arguments) { row in
            try TaskCategory(row, in: locationID)
        }
    }

    /// Gives a number that no category of the deployment has, neither one made here nor an imported
    /// one.
    func newCategoryID() throws -> Identifier<Category> {
        let register = DirectoryRegister(connection)
        let number = try register.newNumber(of: .category, telling: unreadableRows)
        try register.give(
            .number(number, .category),
            to: DirectoryAddress(locationID, number)
        )
        return Identifier(number)
    }

    func insert(_ category: TaskCategory) throws {
        try connection.execute(
            CategoryStatements.insert,
            [
                "shard": .integer(locationID.shard),
                "locationID": .text(locationID.rawValue),
                "categoryID": .integer(category.id.rawValue),
                "name": .text(category.name),
                "ownerID": .integer(orNull: category.ownerID?.rawValue),
                "createdAt": .integer(category.createdAt.microseconds),
                "modifiedAt": .integer(category.modifiedAt.microseconds),
            ]
        )
    }

    func rename(_ category: TaskCategory) throws {
        try connection.execute(
            CategoryStatements.rename,
            [
                "name": .text(category.name),
                "modifiedAt": .integer(category.modifiedAt.microseconds),
                "shard": .integer(locationID.shard),
                "locationID": .text(locationID.rawValue),
                "categoryID": .integer(category.id.rawValue),
            ]
        )
    }

    func delete(_ category: TaskCategory) throws {
        try connection.execute(
            CategoryStatements.delete,
            [
                "modifiedAt": .integer(category.modifiedAt.microseconds),
                "shard": .integer(locationID.shard),
                "locationID": .text(locationID.rawValue),
                "categoryID": .integer(category.id.rawValue),
            ]
        )
    }

    /// Removes a category from the records that its owner made.
    ///
    /// - Returns: The numbers of the records that had it.
    func remove(
        _ category: TaskCategory,
        with statement: SQLStatement
    ) throws -> [Int64] {
        try connection.rows(
            statement,
            [
                "modifiedAt": .integer(category.modifiedAt.microseconds),
                "shard": .integer(locationID.shard),
                "locationID": .text(locationID.rawValue),
                "ownerID": .integer(orNull: category.ownerID?.rawValue),
                "categoryID": .integer(category.id.rawValue),
            ]
        ) { row in try row.int64(0) }
    }
}

extension TaskCategory {
    /// Creates a category from the columns that ``CategoryStatements`` select.
    init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            self.init(
                id: try row.identifier(0),
                name: try row.text(1, lengths: .names),
                ownerID: try row.optionalIdentifier(2),
                createdAt: try row.timestamp(3),
                modifiedAt: try row.timestamp(4)
            )
        } catch {
            throw UnreadableRow(error, of: "category", in: locationID, row)
        }
    }
}
