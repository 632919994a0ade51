import JSON
import Recurrence
import Tasks

/// Reads a directory document.
struct DocumentReader<Zones: ZoneSource> {
    private let zones: Zones
    private let digest: ([UInt8]) -> [UInt8]
    private var knownZones: Set<String> = []

    /// How many bytes a document may have: 64 MiB.
    static var byteLimit: Int { 64 << 20 }

    /// The most characters that a text such as a name may have.
    private static var textLimit: Int { 200 }

    init(zones: Zones, digest: @escaping ([UInt8]) -> [UInt8]) {
        self.zones = zones
        self.digest = digest
    }

    /// Reads a document.
    ///
    /// - Throws: ``DirectoryDocumentError``.
    mutating func update(_ bytes: [UInt8]) throws -> DirectoryUpdate {
        guard bytes.count <= Self.byteLimit else {
            throw DirectoryDocumentError(path: "$", reason: "is larger than 64 MiB")
        }
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw DirectoryDocumentError(path: "$", reason: "cannot be read: \(error)")
        }
        var document = try RecordReader(value, path: "$")
        var update = DirectoryUpdate()
        update.locations = try records(.location, in: &document) { try $0.location(&$1) }
        update.users = try records(.user, in: &document) { try $0.user(&$1) }
        update.teams = try records(.team, in: &document) { try $0.team(&$1) }
        update.contacts = try records(.contact, in: &document) { try $0.contact(&$1) }
        update.categories = try records(.category, in: &document) { try $0.category(&$1) }
        update.tokens = try records(.token, in: &document) { try $0.token(&$1) }
        try document.finish()
        return update
    }

    private mutating func records<Update>(
        _ kind: DirectoryKind,
        in document: inout RecordReader,
        read: (inout DocumentReader, inout RecordReader) throws -> Update
    ) throws -> [Update] {
        let name = kind.documentName
        guard let value = document.value(name) else { return [] }
        guard case .array(let items) = value else {
            throw document.error(name, "must be a list")
        }
        var updates: [Update] = []
        updates.reserveCapacity(items.count)
        for (position, item) in items.enumerated() {
            var record = try RecordReader(item, path: "\(document.path(of: name))[\(position)]")
            updates.append(try read(&self, &record))
            try record.finish()
        }
        return updates
    }
}

// MARK: Records

extension DocumentReader {
    private mutating func location(_ record: inout RecordReader) throws -> LocationUpdate {
        guard let id = try record.publicID("id") else { throw record.error("id", "is missing") }
        var update = LocationUpdate(id: LocationID(id))
        update.name = try record.steadyText("name", limit: Self.textLimit)
        update.timeZone =
            switch try timeZone(&record) {
            case .keep: nil
            case .clear: "UTC"
            case .set(let name): name
            }
        update.requiresMatch = try record.flag("requiresMatch")
        update.reminders = try record.reminders("reminders")
        update.isDeleted = try record.flag("deleted")
        return update
    }

    private mutating func user(_ record: inout RecordReader) throws -> UserUpdate {
        var update = UserUpdate(id: try record.identifier("id"))
        update.publicID = try record.publicID("publicID")
        try requireName(update.id, update.publicID, of: record)
        update.locationID = try record.publicID("location").map { LocationID($0) }
        update.name = try record.steadyText("name", limit: Self.textLimit)
        update.email = try record.text("email", limit: Self.textLimit)
        update.phone = try record.text("phone", limit: Self.textLimit)
        update.timeZone = try timeZone(&record)
        update.role = try record.role("role")
        update.locale = try record.locale("locale")
        update.reminderSettings = try record.reminderSettings()
        update.isDeleted = try record.flag("deleted")
        return update
    }

    private mutating func team(_ record: inout RecordReader) throws -> TeamUpdate {
        var update = TeamUpdate(id: try record.identifier("id"))
        update.locationID = try record.publicID("location").map { LocationID($0) }
        update.name = try record.steadyText("name", limit: Self.textLimit)
        update.isSharing = try record.flag("sharing")
        update.memberIDs = try record.references("members")
        update.isDeleted = try record.flag("deleted")
        return update
    }

    private mutating func contact(_ record: inout RecordReader) throws -> ContactUpdate {
        var update = ContactUpdate(id: try record.identifier("id"))
        update.publicID = try record.publicID("publicID")
        try requireName(update.id, update.publicID, of: record)
        update.locationID = try record.publicID("location").map { LocationID($0) }
        update.firstName = try record.text("firstName", limit: Self.textLimit)
        update.lastName = try record.text("lastName", limit: Self.textLimit)
        update.email = try record.text("email", limit: Self.textLimit)
        update.phone = try record.text("phone", limit: Self.textLimit)
        update.business = try record.text("business", limit: Self.textLimit)
        update.ownerID = try record.reference("owner")
        update.assigneeID = try record.reference("assigned")
        update.sharedWithIDs = try record.references("sharedWith")
        update.isDeleted = try record.flag("deleted")
        return update
    }

    private mutating func category(_ record: inout RecordReader) throws -> CategoryUpdate {
        var update = CategoryUpdate(id: try record.identifier("id"))
        update.locationID = try record.publicID("location").map { LocationID($0) }
        update.name = try record.steadyText("name", limit: Self.textLimit)
        update.ownerID = try record.reference("user")
        update.isDeleted = try record.flag("deleted")
        return update
    }

    private mutating func token(_ record: inout RecordReader) throws -> TokenUpdate {
        guard case .string(let text)? = record.value("token"), TokenText.isWellFormed(text) else {
            throw record.error(
                "token",
                """
                must be a text of \(TokenText.lengths.lowerBound) to \
                \(TokenText.lengths.upperBound) characters A-Z, a-z, 0-9 and -._~+/=
                """
            )
        }
        var update = TokenUpdate(
            digest: digest(Array(text.utf8)),
            hint: TokenText.hint(of: text)
        )
        let userID: Identifier<User>? = try record.identifier("user")
        let locationID = try record.publicID("location").map { LocationID($0) }
        if userID != nil, locationID != nil {
            throw record.error("location", "cannot be given beside user")
        }
        update.holder =
            userID.map { TokenHolder.user($0) } ?? locationID.map { TokenHolder.location($0) }
        update.scopes = try record.scopes("scopes")
        update.expiresAt = try record.timestamp("expiresAt")
        update.isRevoked = try record.flag("deleted")
        return update
    }

    /// Refuses a record without a number and a public ID, because another import could not
    /// recognise it.
    private func requireName(
        _ id: Identifier<some Any>?,
        _ publicID: String?,
        of record: RecordReader
    ) throws(DirectoryDocumentError) {
        if id == nil, publicID == nil {
            throw record.error("id", "is missing, and so is publicID; one of them must be given")
        }
    }

    private mutating func timeZone(
        _ record: inout RecordReader
    ) throws(DirectoryDocumentError) -> FieldUpdate<String> {
        let update = try record.text("timeZone", limit: Self.textLimit)
        guard case .set(let name) = update, !knownZones.contains(name) else { return update }
        do throws(UnknownZone) {
            _ = try zones.zone(named: name)
        } catch {
            throw record.error("timeZone", "must be the name of a time zone")
        }
        knownZones.insert(name)
        return update
    }
}
