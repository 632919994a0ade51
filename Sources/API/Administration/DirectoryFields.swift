import JSON
import Recurrence
import Tasks

/// Reads the fields of the directory's records from bodies, into updates.
///
/// An update that creates needs a name; one that changes needs nothing.
struct DirectoryFields<Zones: ZoneSource>: Sendable {
    let zones: Zones
    /// The location that the records are in.
    let locationID: LocationID

    /// The most users who are in a team, or with whom a contact is shared.
    private static var userLimit: Int { 10_000 }

    func location(_ reader: inout MemberReader) -> LocationUpdate {
        var update = LocationUpdate(id: locationID)
        update.name = reader.label("name").value
        update.timeZone = reader.zone("timeZone", from: zones).value?.identifier
        update.requiresMatch = reader.flag("requiresMatch").value
        update.reminders = reader.reminders().update
        return update
    }

    func user(_ id: Identifier<User>?, _ reader: inout MemberReader) -> UserUpdate {
        var update = UserUpdate(id: id)
        if id == nil {
            update.locationID = locationID
            reader.require("name")
        }
        update.name = reader.label("name").value
        update.email = reader.label("email", isNullable: true).update
        update.phone = reader.label("phone", isNullable: true).update
        if reader.takesNull("timeZone") {
            update.timeZone = .clear
        } else if let zone = reader.zone("timeZone", from: zones).value {
            update.timeZone = .set(zone.identifier)
        }
        update.role =
            reader.choice("role", among: ["agent": .agent, "manager": .manager, "admin": .admin])
            .value
        let locale = reader.label("locale", isNullable: true)
        if let tag = locale.value, !LanguageTag.isWellFormed(tag) {
            reader.note("locale", "is no language tag such as en or pt-BR")
        }
        update.locale = locale.update
        update.reminderSettings = reader.reminderSettings()
        return update
    }

    func team(_ id: Identifier<Team>?, _ reader: inout MemberReader) -> TeamUpdate {
        var update = TeamUpdate(id: id)
        if id == nil {
            update.locationID = locationID
            reader.require("name")
        }
        update.name = reader.label("name").value
        update.isSharing = reader.flag("isSharing").value
        update.memberIDs = reader.identifiers("memberIds", atMost: Self.userLimit).value
        return update
    }

    func contact(_ id: Identifier<Contact>?, _ reader: inout MemberReader) -> ContactUpdate {
        var update = ContactUpdate(id: id)
        if id == nil { update.locationID = locationID }
        update.firstName = reader.label("firstName", isNullable: true).update
        update.lastName = reader.label("lastName", isNullable: true).update
        update.email = reader.label("email", isNullable: true).update
        update.phone = reader.label("phone", isNullable: true).update
        update.business = reader.label("business", isNullable: true).update
        update.ownerID = reader.identifier("ownerId").update
        update.assigneeID = reader.identifier("assigneeId").update
        update.sharedWithIDs = reader.identifiers("sharedWithIds", atMost: Self.userLimit).value
        return update
    }

    func category(
        _ id: Identifier<Tasks.Category>?,
        _ reader: inout MemberReader
    ) -> CategoryUpdate {
        var update = CategoryUpdate(id: id)
        if id == nil {
            update.locationID = locationID
            reader.require("name")
        }
        update.name = reader.label("name").value
        update.ownerID = reader.identifier("ownerId").update
        return update
    }
}

extension Given {
    /// The update of a field that may be empty.
    var update: FieldUpdate<Value> {
        switch self {
        case .absent: .keep
        case .none: .clear
        case .value(let value): .set(value)
        }
    }
}

extension MemberReader {
    /// Reads what a user says of reminders.
    fileprivate mutating func reminderSettings() -> ReminderSettingsUpdate {
        var update = ReminderSettingsUpdate()
        update.reminders = reminders().update
        update.quietHours = quietHours().update
        update.digestMinute = clockTime("digest", isNullable: true).mapValue(\.minute).update
        update.refusesMail = flag("refusesMail").value
        return update
    }

    private mutating func quietHours() -> Given<QuietHours> {
        object("quietHours", isNullable: true) { reader -> QuietHours? in
            let from = reader.clockTime("from")
            let to = reader.clockTime("to")
            reader.require("from")
            reader.require("to")
            guard let from = from.value, let to = to.value else { return nil }
            if let hours = QuietHours(fromMinute: from.minute, untilMinute: to.minute) {
                return hours
            }
            reader.note("to", "is the time at which they begin")
            return nil
        }
    }

    private mutating func clockTime(
        _ name: String,
        isNullable: Bool = false
    ) -> Given<ClockMinute> {
        let given = text(name, lengths: 1...100, isNullable: isNullable)
        if case .value(let text) = given, ClockMinute(parsing: text) == nil {
            note(name, "is no time on the clock such as 07:30")
            return .absent
        }
        return given.mapValue { ClockMinute(parsing: $0) ?? ClockMinute(0) }
    }
}
