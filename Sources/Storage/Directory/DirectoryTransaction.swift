import Recurrence
import Tasks

/// One update of the directory while it is written to the database.
struct DirectoryTransaction<Connection: SQLConnection> {
    var outcome = DirectoryOutcome()

    let connection: Connection
    let register: DirectoryRegister<Connection>
    let now: Timestamp
    let terms: DirectoryTerms
    private let randomBytes: @Sendable (Int) -> [UInt8]
    private let unreadableRows: UnreadableRows

    /// The position of each record in the update, to find records that are named twice.
    private var positions: [RecordKey: Int] = [:]
    private var locationsOfUsers: [Identifier<User>: LocationID] = [:]
    private var zones: [LocationID: String] = [:]
    /// What was changed in each location, for its audit.
    private(set) var deeds: [LocationID: DirectoryDeed] = [:]

    init(
        _ connection: Connection,
        under terms: DirectoryTerms,
        at now: Timestamp,
        randomBytes: @escaping @Sendable (Int) -> [UInt8],
        telling unreadableRows: UnreadableRows
    ) {
        self.connection = connection
        self.unreadableRows = unreadableRows
        self.terms = terms
        self.now = now
        self.randomBytes = randomBytes
        register = DirectoryRegister(connection)
    }

    /// Carries an update out.
    ///
    /// - Throws: ``DirectoryRefusal`` or ``SQLError``; the caller then undoes the transaction.
    mutating func apply(_ update: DirectoryUpdate) throws {
        for (position, location) in update.locations.enumerated() {
            try apply(location, at: DirectoryPlace(.location, position))
        }
        try apply(update.users, to: MemberRow.self)
        try apply(update.teams, to: TeamRow.self)
        try apply(update.contacts, to: ContactRow.self)
        try apply(update.categories, to: CategoryRow.self)
        for (position, token) in update.tokens.enumerated() {
            try apply(token, at: DirectoryPlace(.token, position))
        }
        try noteDeeds(recordCount: update.recordCount)
    }

    /// Adds an entry to the audit of each location in which something changed.
    private mutating func noteDeeds(recordCount: Int) throws {
        let locationIDs = deeds.keys.sorted { $0.rawValue < $1.rawValue }
        try connection.lock(locationIDs)
        for locationID in locationIDs {
            guard let deed = deeds[locationID] else { continue }
            let entry = recordCount == 1 ? deed.entry : deed.entryOfImport
            let number = try connection.append(entry, by: terms.author, in: locationID, at: now)
            outcome.auditNumber = locationIDs.count == 1 && !terms.isTrial ? number : nil
        }
    }

    /// Changes the records of one kind.
    ///
    /// Updates with a number come first, so that none of these numbers is given to another record.
    private mutating func apply<Row: DirectoryRow>(
        _ updates: [Row.Update],
        to _: Row.Type
    ) throws {
        for (position, update) in updates.enumerated() where update.number != nil {
            try apply(update, to: Row.self, at: DirectoryPlace(Row.Update.kind, position))
        }
        for (position, update) in updates.enumerated() where update.number == nil {
            try apply(update, to: Row.self, at: DirectoryPlace(Row.Update.kind, position))
        }
    }

    private mutating func apply<Row: DirectoryRow>(
        _ update: Row.Update,
        to _: Row.Type,
        at place: DirectoryPlace
    ) throws {
        if let locationID = update.locationID, !isWithinReach(locationID) {
            throw place.refusal(.location, .outOfReach)
        }
        guard let address = try address(of: update, as: Row.self, at: place) else {
            if terms.intent == .changing { throw place.refusal(.id, .unknown) }
            try create(Row.self, of: update, at: place)
            return
        }
        try note(.number(address.number, place.kind), at: place)
        if !isWithinReach(address.locationID) {
            throw place.refusal(.id, terms.intent == .changing ? .unknown : .taken)
        }
        if let locationID = update.locationID, locationID != address.locationID {
            throw place.refusal(.location, .inLocation(address.locationID))
        }
        try checkReferences(of: update, in: address.locationID, at: place)
        guard let old = try Row(address, from: connection) else {
            throw UnreadableRow(
                table: "directoryName",
                key: DirectoryName.number(address.number, place.kind).description,
                column: "number",
                reason: "is of no record in \(address.locationID.rawValue)"
            )
        }
        if terms.intent == .changing, old.deletedAt != nil { throw place.refusal(.id, .unknown) }
        let zone = try zone(of: address.locationID)
        let before = old.deletedAt == nil ? old.record(zone: zone, savedAt: nil) : nil
        if let before { try terms.check(before) }
        var row = old
        row.apply(update)
        row.deletedAt = deletedAt(old.deletedAt, update.isDeleted)
        if let publicID = update.publicID, publicID != row.identity.publicID {
            try rename(&row.identity, to: publicID, at: place)
        }
        if row != old { try row.save(replacing: old, to: connection, at: now) }
        let change = count(place.kind, from: old, to: row, deletion: \.deletedAt)
        let savedAt = change == .unchanged ? nil : now
        let after = row.deletedAt == nil ? row.record(zone: zone, savedAt: savedAt) : nil
        note(DirectorySample(change: change, before: before, after: after), place, address)
    }

    private mutating func create<Row: DirectoryRow>(
        _: Row.Type,
        of update: Row.Update,
        at place: DirectoryPlace
    ) throws {
        guard let locationID = update.locationID else { throw place.refusal(.location, .missing) }
        try checkLocation(locationID, at: place)
        try checkReferences(of: update, in: locationID, at: place)
        let number =
            try update.number
            ?? register.newNumber(of: place.kind, telling: unreadableRows)
        let address = DirectoryAddress(locationID, number)
        let identity = DirectoryIdentity(
            address: address,
            publicID: Row.Update.hasPublicID
                ? try update.publicID ?? register.newPublicID(of: place.kind, from: randomBytes)
                : nil
        )
        var row = try Row(identity, creating: update, at: place)
        row.apply(update)
        row.deletedAt = deletedAt(nil, update.isDeleted)
        try register.give(.number(number, place.kind), to: address)
        if let publicID = identity.publicID {
            try checkIsFree(publicID, at: place)
            try register.give(.publicID(publicID, place.kind), to: address)
        }
        try row.save(replacing: nil, to: connection, at: now)
        try note(.number(number, place.kind), at: place)
        let change = count(place.kind, from: nil, to: row, deletion: \.deletedAt)
        var shown = row
        // What is only tried has a number that nobody will find it by.
        if terms.isTrial, update.number == nil {
            shown.identity.address.number = Identifier<User>.largest
        }
        let record = shown.record(zone: try zone(of: locationID), savedAt: now)
        let after = row.deletedAt == nil ? record : nil
        note(DirectorySample(change: change, before: nil, after: after), place, address)
        if !terms.isTrial, update.number != number || update.publicID != identity.publicID {
            outcome.note(
                GivenName(
                    kind: place.kind,
                    position: place.position,
                    number: number,
                    publicID: identity.publicID
                )
            )
        }
    }

    /// Finds the record that an update means: by its number, else its public ID, else its name.
    private func address<Row: DirectoryRow>(
        of update: Row.Update,
        as _: Row.Type,
        at place: DirectoryPlace
    ) throws -> DirectoryAddress? {
        if terms.intent == .creating { return nil }
        if let publicID = update.publicID, update.number == nil {
            return try register.holder(of: .publicID(publicID, place.kind))
        }
        guard let number = try update.number ?? Row.number(namedBy: update, from: connection)
        else { return nil }
        if Row.fixedNumbers.contains(number) {
            throw place.refusal(update.number == nil ? .name : .id, .defaultCategory)
        }
        return try register.holder(of: .number(number, place.kind))
    }

    private func rename(
        _ identity: inout DirectoryIdentity,
        to publicID: String,
        at place: DirectoryPlace
    ) throws {
        try checkIsFree(publicID, at: place)
        if let old = identity.publicID { try register.takeBack(.publicID(old, place.kind)) }
        try register.give(.publicID(publicID, place.kind), to: identity.address)
        identity.publicID = publicID
    }

    private func checkIsFree(_ publicID: String, at place: DirectoryPlace) throws {
        if let holder = try register.holder(of: .publicID(publicID, place.kind)) {
            throw place.refusal(
                .publicID,
                isWithinReach(holder.locationID) ? .takenBy(holder.number) : .taken
            )
        }
    }

    private mutating func checkReferences(
        of update: some NumberedUpdate,
        in locationID: LocationID,
        at place: DirectoryPlace
    ) throws {
        for (field, userID) in update.references {
            let location = try self.locationID(of: userID, referredToBy: field, at: place)
            if location != locationID { throw place.refusal(field, .inLocation(location)) }
        }
    }

    /// Returns the location of a user, in use or not.
    mutating func locationID(
        of userID: Identifier<User>,
        referredToBy field: DirectoryField,
        at place: DirectoryPlace
    ) throws -> LocationID {
        if let known = locationsOfUsers[userID] { return known }
        guard let address = try register.holder(of: .number(userID.rawValue, .user)) else {
            throw place.refusal(field, .unknown)
        }
        if !isWithinReach(address.locationID) { throw place.refusal(field, .unknown) }
        locationsOfUsers[userID] = address.locationID
        return address.locationID
    }

    /// Refuses a location that does not exist.
    func checkLocation(_ id: LocationID, at place: DirectoryPlace) throws {
        if try register.holder(of: .location(id)) == nil {
            throw place.refusal(.location, .unknown)
        }
    }

    /// Notes that a record was named.
    ///
    /// Refuses a record that was named before.
    mutating func note(_ key: RecordKey, at place: DirectoryPlace) throws {
        if let earlier = positions.updateValue(place.position, forKey: key) {
            throw place.refusal(nil, .repeats(position: earlier))
        }
    }

    /// Counts what happened to a record, and returns it.
    mutating func count<Row: Equatable>(
        _ kind: DirectoryKind,
        from old: Row?,
        to new: Row,
        deletion: KeyPath<Row, Timestamp?>
    ) -> DirectoryChange {
        let change: DirectoryChange =
            if let old {
                if old == new {
                    .unchanged
                } else if old[keyPath: deletion] == nil, new[keyPath: deletion] != nil {
                    .deleted
                } else {
                    .updated
                }
            } else {
                .created
            }
        outcome.count(change, of: kind)
        return change
    }

    /// Notes what became of a record, for the outcome and for the audit.
    mutating func note(
        _ sample: DirectorySample,
        _ place: DirectoryPlace,
        _ address: DirectoryAddress
    ) {
        outcome.note(sample)
        if sample.change == .unchanged { return }
        deeds[address.locationID, default: DirectoryDeed()].note(
            sample,
            of: place.kind,
            numbered: address.number
        )
    }

    /// Whether the terms let records of a location be changed and referred to.
    func isWithinReach(_ locationID: LocationID) -> Bool {
        terms.locationID.map { $0 == locationID } ?? true
    }

    private mutating func zone(of locationID: LocationID) throws -> String {
        if let known = zones[locationID] { return known }
        let zone = try LocationRow(locationID, from: connection)?.timeZone ?? "UTC"
        zones[locationID] = zone
        return zone
    }

    /// Returns when a record was deleted, after an update that deletes it, brings it back or does
    /// neither.
    func deletedAt(_ deletedAt: Timestamp?, _ isDeleted: Bool?) -> Timestamp? {
        switch isDeleted {
        case nil: deletedAt
        case true?: deletedAt ?? now
        case false?: nil
        }
    }
}

/// A record's place in an update.
struct DirectoryPlace: Hashable {
    let kind: DirectoryKind
    let position: Int

    init(_ kind: DirectoryKind, _ position: Int) {
        self.kind = kind
        self.position = position
    }

    /// Returns the refusal for a field.
    func refusal(
        _ field: DirectoryField?,
        _ reason: DirectoryRefusal.Reason
    ) -> DirectoryRefusal {
        DirectoryRefusal(kind: kind, position: position, field: field, reason: reason)
    }
}

/// Identifies a record of an update.
enum RecordKey: Hashable {
    case number(Int64, DirectoryKind)
    case location(LocationID)
    case token(digest: [UInt8])
}
