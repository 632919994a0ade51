import Tasks

/// The numbers and public names of the directory.
///
/// Within its kind, each belongs to one record in the whole deployment.
struct DirectoryRegister<Connection: SQLConnection> {
    private let connection: Connection

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// Returns the record that a name belongs to; none if the name is not in use.
    func holder(of name: DirectoryName) throws -> DirectoryAddress? {
        try connection.row(
            RegisterStatements.find,
            name.arguments,
            of: "directoryName",
            key: name.description
        ) { row in
            DirectoryAddress(
                LocationID(try row.text(0, lengths: .names)),
                try row.int64(1, in: .identifiersOrNone)
            )
        }
    }

    /// Gives a name to a record.
    ///
    /// - Precondition: The name is not in use.
    func give(_ name: DirectoryName, to address: DirectoryAddress) throws {
        var arguments = name.arguments
        arguments.append(.integer(address.locationID.shard), for: "shard")
        arguments.append(.text(address.locationID.rawValue), for: "locationID")
        arguments.append(.integer(address.number), for: "number")
        try connection.execute(RegisterStatements.give, arguments)
    }

    /// Makes a name free again.
    func takeBack(_ name: DirectoryName) throws {
        try connection.execute(RegisterStatements.takeBack, name.arguments)
    }

    /// Returns a number, from 1,000 on, that no record of a kind has.
    func newNumber(
        of kind: DirectoryKind,
        telling unreadableRows: UnreadableRows
    ) throws -> Int64 {
        let name = DirectoryName.kindText(kind)
        let counter = NumberCounter(
            name: name,
            largestUsed: RegisterStatements.largestNumber,
            arguments: ["kind": .text(name)]
        )
        _ = try connection.nextNumber(of: counter, telling: unreadableRows)
        while true {
            let number = try connection.row(
                RegisterStatements.takeNumber,
                ["name": .text(name)]
            ) { row in try row.int64(0) }
            guard let number else { preconditionFailure("an upsert returns its row") }
            if try holder(of: .number(number, kind)) == nil { return number }
        }
    }

    /// Returns a public ID, made of random bytes, that no record of a kind has.
    func newPublicID(
        of kind: DirectoryKind,
        from randomBytes: (Int) -> [UInt8]
    ) throws -> String {
        while true {
            let publicID = PublicID.random(from: randomBytes)
            if try holder(of: .publicID(publicID, kind)) == nil { return publicID }
        }
    }
}

/// Where a record is: its location, and its number there.
struct DirectoryAddress: Hashable {
    var locationID: LocationID
    var number: Int64

    init(_ locationID: LocationID, _ number: Int64) {
        self.locationID = locationID
        self.number = number
    }

    /// The arguments `shard`, `locationID` and `number`.
    var arguments: SQLArguments {
        [
            "shard": .integer(locationID.shard),
            "locationID": .text(locationID.rawValue),
            "number": .integer(number),
        ]
    }
}

/// A number or a public name, with its kind.
///
/// It is unique within the kind.
struct DirectoryName: Hashable {
    private let kind: String
    private let name: String

    /// The number of a record.
    static func number(_ number: Int64, _ kind: DirectoryKind) -> DirectoryName {
        DirectoryName(kind: kindText(kind), name: String(number))
    }

    /// The public ID of a user or a contact.
    static func publicID(_ publicID: String, _ kind: DirectoryKind) -> DirectoryName {
        DirectoryName(kind: "\(kindText(kind))Public", name: publicID)
    }

    /// The name of a location.
    static func location(_ id: LocationID) -> DirectoryName {
        DirectoryName(kind: kindText(.location), name: id.rawValue)
    }

    /// What a kind is called in the register.
    static func kindText(_ kind: DirectoryKind) -> String {
        switch kind {
        case .location: "location"
        case .user: "user"
        case .team: "team"
        case .contact: "contact"
        case .category: "category"
        case .token: "token"
        }
    }

    /// The kind and the name.
    var description: String { "\(kind)/\(name)" }

    /// The arguments `kind` and `name`.
    var arguments: SQLArguments { ["kind": .text(kind), "name": .text(name)] }
}

private enum RegisterStatements {
    static let find = SQLStatement(
        "SELECT locationID, number FROM directoryName WHERE kind = :kind AND name = :name"
    )
    static let give = SQLStatement(
        """
        INSERT INTO directoryName (kind, name, shard, locationID, number)
        VALUES (:kind, :name, :shard, :locationID, :number)
        """
    )
    static let takeBack = SQLStatement(
        "DELETE FROM directoryName WHERE kind = :kind AND name = :name"
    )
    static let largestNumber = SQLStatement(
        """
        SELECT MAX(number) FROM (
            SELECT 999 AS number
            UNION ALL
            SELECT number FROM directoryName
            WHERE kind = :kind AND number < \(ClosedRange<Int64>.nextNumbers.upperBound)
        ) AS used
        """
    )
    static let takeNumber = SQLStatement(
        """
        INSERT INTO numberBlock (name, nextNumber) VALUES (:name, 1001)
        ON CONFLICT (name) DO UPDATE SET nextNumber = numberBlock.nextNumber + 1
        RETURNING nextNumber - 1
        """
    )
}
