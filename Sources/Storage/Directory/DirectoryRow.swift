import Recurrence
import Tasks

/// A user, team, contact or category as it is stored.
///
/// These are the records with a number.
protocol DirectoryRow: Equatable {
    associatedtype Update: NumberedUpdate

    /// The numbers of records that every location has and that cannot be changed.
    static var fixedNumbers: Set<Int64> { get }

    var identity: DirectoryIdentity { get set }
    /// When it was deleted; none if it is in use.
    var deletedAt: Timestamp? { get set }

    /// Creates a row from the fields that a new record needs.
    ///
    /// - Throws: ``DirectoryRefusal``.
    init(_ identity: DirectoryIdentity, creating update: Update, at place: DirectoryPlace) throws

    /// Reads the row of a record.
    init?(_ address: DirectoryAddress, from connection: some SQLConnection) throws

    /// Changes the fields that the update names, except ``identity`` and ``deletedAt``.
    mutating func apply(_ update: Update)

    /// The record as it is shown.
    ///
    /// - Parameters:
    ///   - zone: The zone of its location.
    ///   - savedAt: When it was saved; none if it was read.
    /// - Returns: The record.
    func record(zone: String, savedAt: Timestamp?) -> DirectoryRecord

    /// Writes the row and what belongs to it.
    func save(replacing old: Self?, to connection: some SQLConnection, at now: Timestamp) throws

    /// The number of the record that an update without a number means, if its name identifies one.
    static func number(
        namedBy update: Update,
        from connection: some SQLConnection
    ) throws -> Int64?
}

extension DirectoryRow {
    static var fixedNumbers: Set<Int64> { [] }

    static func number(
        namedBy update: Update,
        from connection: some SQLConnection
    ) throws -> Int64? { nil }

    /// The arguments `shard`, `locationID`, `number` and `deletedAt`; the last is null for a record
    /// in use.
    var commonArguments: SQLArguments {
        var arguments = identity.address.arguments
        arguments.append(.integer(orNull: deletedAt?.microseconds), for: "deletedAt")
        return arguments
    }
}

/// Where a record is, and its public ID.
struct DirectoryIdentity: Hashable {
    var address: DirectoryAddress
    /// None for a kind of record that has no public ID.
    var publicID: String?
}

/// An update of a record that has a number.
protocol NumberedUpdate {
    static var kind: DirectoryKind { get }
    /// Whether the records have a public ID too.
    static var hasPublicID: Bool { get }

    var number: Int64? { get }
    var publicID: String? { get }
    var locationID: LocationID? { get }
    var isDeleted: Bool? { get }
    /// The users that the update refers to, and the fields that do so.
    var references: [(field: DirectoryField, userID: Identifier<User>)] { get }
}

extension NumberedUpdate {
    static var hasPublicID: Bool { false }
    var publicID: String? { nil }
}

extension UserUpdate: NumberedUpdate {
    static var kind: DirectoryKind { .user }
    static var hasPublicID: Bool { true }
    var number: Int64? { id?.rawValue }
    var references: [(field: DirectoryField, userID: Identifier<User>)] { [] }
}

extension TeamUpdate: NumberedUpdate {
    static var kind: DirectoryKind { .team }
    var number: Int64? { id?.rawValue }
    var references: [(field: DirectoryField, userID: Identifier<User>)] {
        (memberIDs ?? []).enumerated().map { (.member($0.offset), $0.element) }
    }
}

extension ContactUpdate: NumberedUpdate {
    static var kind: DirectoryKind { .contact }
    static var hasPublicID: Bool { true }
    var number: Int64? { id?.rawValue }
    var references: [(field: DirectoryField, userID: Identifier<User>)] {
        var references: [(field: DirectoryField, userID: Identifier<User>)] = []
        if case .set(let userID) = ownerID { references.append((.owner, userID)) }
        if case .set(let userID) = assigneeID { references.append((.assignee, userID)) }
        for (position, userID) in (sharedWithIDs ?? []).enumerated() {
            references.append((.share(position), userID))
        }
        return references
    }
}

extension CategoryUpdate: NumberedUpdate {
    static var kind: DirectoryKind { .category }
    var number: Int64? { id?.rawValue }
    var references: [(field: DirectoryField, userID: Identifier<User>)] {
        if case .set(let userID) = ownerID { [(.user, userID)] } else { [] }
    }
}

extension SQLConnection {
    /// Reads the row of a record.
    ///
    /// - Throws: ``SQLError``, or `UnreadableRow`.
    func row<Value>(
        _ statement: SQLStatement,
        at address: DirectoryAddress,
        of table: String,
        _ body: (Row) throws -> Value
    ) throws -> Value? {
        try row(
            statement,
            address.arguments,
            of: table,
            key: "\(address.locationID.rawValue)/\(address.number)",
            body
        )
    }
}
