import JSON
import Tasks

/// Writes a directory document.
///
/// Fields that the update does not name are left out, and so are tokens.
struct DocumentWriter {
    private var json = JSONWriter()

    func bytes(of update: DirectoryUpdate) -> [UInt8] {
        var writer = self
        writer.json.beginObject()
        writer.write(.location, update.locations) { $0.write($1) }
        writer.write(.user, update.users) { $0.write($1) }
        writer.write(.team, update.teams) { $0.write($1) }
        writer.write(.contact, update.contacts) { $0.write($1) }
        writer.write(.category, update.categories) { $0.write($1) }
        writer.json.endObject()
        return writer.json.bytes
    }

    private mutating func write<Update>(
        _ kind: DirectoryKind,
        _ updates: [Update],
        _ writeMembers: (inout DocumentWriter, Update) -> Void
    ) {
        json.name(kind.documentName)
        json.beginArray()
        for update in updates {
            json.beginObject()
            writeMembers(&self, update)
            json.endObject()
        }
        json.endArray()
    }

    // MARK: Records

    private mutating func write(_ update: LocationUpdate) {
        write("id", .string(update.id.rawValue))
        write("name", update.name.map { .string($0) })
        write("timeZone", update.timeZone.map { .string($0) })
        write("requiresMatch", update.requiresMatch.map { .bool($0) })
        write("reminders", update.reminders, Self.value)
        write("deleted", update.isDeleted.map { .bool($0) })
    }

    private mutating func write(_ update: UserUpdate) {
        write(update.id, update.publicID, update.locationID)
        write("name", update.name.map { .string($0) })
        write("email", update.email)
        write("phone", update.phone)
        write("timeZone", update.timeZone)
        write("role", update.role.map { .string($0.name) })
        write("locale", update.locale)
        write("reminders", update.reminderSettings.reminders, Self.value)
        write("quietHours", update.reminderSettings.quietHours) { hours in
            .object(["from": .string(hours.texts.from), "to": .string(hours.texts.to)])
        }
        write("digest", update.reminderSettings.digestMinute) { .string(ClockMinute($0).text) }
        write("refusesMail", update.reminderSettings.refusesMail.map { .bool($0) })
        write("deleted", update.isDeleted.map { .bool($0) })
    }

    private mutating func write(_ update: TeamUpdate) {
        write(update.id, nil, update.locationID)
        write("name", update.name.map { .string($0) })
        write("sharing", update.isSharing.map { .bool($0) })
        write("members", update.memberIDs.map { .array($0.map { .integer($0.rawValue) }) })
        write("deleted", update.isDeleted.map { .bool($0) })
    }

    private mutating func write(_ update: ContactUpdate) {
        write(update.id, update.publicID, update.locationID)
        write("firstName", update.firstName)
        write("lastName", update.lastName)
        write("email", update.email)
        write("phone", update.phone)
        write("business", update.business)
        write("owner", update.ownerID)
        write("assigned", update.assigneeID)
        write("sharedWith", update.sharedWithIDs.map { .array($0.map { .integer($0.rawValue) }) })
        write("deleted", update.isDeleted.map { .bool($0) })
    }

    private mutating func write(_ update: CategoryUpdate) {
        write(update.id, nil, update.locationID)
        write("name", update.name.map { .string($0) })
        write("user", update.ownerID)
        write("deleted", update.isDeleted.map { .bool($0) })
    }

    // MARK: Members

    private mutating func write<Subject>(
        _ id: Identifier<Subject>?,
        _ publicID: String?,
        _ locationID: LocationID?
    ) {
        write("id", id.map { .integer($0.rawValue) })
        write("publicID", publicID.map { .string($0) })
        write("location", locationID.map { .string($0.rawValue) })
    }

    private mutating func write(_ name: StaticString, _ update: FieldUpdate<String>) {
        write(name, update) { .string($0) }
    }

    private mutating func write<Subject>(
        _ name: StaticString,
        _ update: FieldUpdate<Identifier<Subject>>
    ) {
        write(name, update) { .integer($0.rawValue) }
    }

    private mutating func write<Value>(
        _ name: StaticString,
        _ update: FieldUpdate<Value>,
        _ value: (Value) -> JSONValue
    ) {
        switch update {
        case .keep: return
        case .clear: write(name, .null)
        case .set(let newValue): write(name, value(newValue))
        }
    }

    private mutating func write(_ name: StaticString, _ value: JSONValue?) {
        guard let value else { return }
        json.name(name)
        json.write(value)
    }

    private static func value(_ reminders: [Reminder]) -> JSONValue {
        .array(
            reminders.map { reminder in
                var members: JSONObject = [:]
                for (name, text) in reminder.parts { members[name] = .string(text) }
                return .object(members)
            }
        )
    }
}
