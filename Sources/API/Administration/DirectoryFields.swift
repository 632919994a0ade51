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
