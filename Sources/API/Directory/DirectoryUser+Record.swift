package import JSON
import Recurrence
package import Tasks

extension DirectoryUser: APIRecord {
    func writeMembers(to json: inout JSONWriter) {
        json.write("id", id.isOfTrial ? nil : id)
        json.write("publicId", id.isOfTrial ? nil : publicID)
        json.write("name", name)
        json.write("email", email)
        json.write("phone", phone)
        json.write("timeZone", timeZone)
        json.write("role", role.name)
        json.write("locale", locale)
        json.writeMembers(of: reminderSettings)
    }
}

extension JSONWriter {
    /// Writes what a user says of reminders.
    package mutating func writeMembers(of settings: ReminderSettings) {
        write(settings.reminders)
        name("quietHours")
        if let (from, to) = settings.quietHours?.texts {
            beginObject()
            write("from", from)
            write("to", to)
            endObject()
        } else {
            writeNull()
        }
        write("digest", settings.digestMinute.map { ClockMinute($0).text })
        write("refusesMail", settings.refusesMail)
    }
}

extension DirectoryContact: APIRecord {
    func writeMembers(to json: inout JSONWriter) {
        json.write("id", id.isOfTrial ? nil : id)
        json.write("publicId", id.isOfTrial ? nil : publicID)
        json.write("firstName", firstName)
        json.write("lastName", lastName)
        json.write("email", email)
        json.write("phone", phone)
        json.write("business", business)
        json.write("ownerId", ownerID)
        json.write("assigneeId", assigneeID)
        json.write("sharedWithIds", sharedWithIDs)
    }
}

extension TaskCategory: APIRecord {
    func writeMembers(to json: inout JSONWriter) {
        json.write("id", id.isOfTrial ? nil : id)
        json.write("name", name)
        json.write("ownerId", ownerID)
        json.write("createdAt", createdAt)
        json.write("modifiedAt", modifiedAt)
    }
}

extension DirectoryTeam: APIRecord {
    func writeMembers(to json: inout JSONWriter) {
        json.write("id", id.isOfTrial ? nil : id)
        json.write("name", name)
        json.write("isSharing", isSharing)
        json.write("memberIds", memberIDs)
    }
}

extension DirectoryLocation: APIRecord {
    func writeMembers(to json: inout JSONWriter) {
        json.write("id", id.rawValue)
        json.write("name", name)
        json.write("timeZone", timeZone)
        json.write("requiresMatch", requiresMatch)
        json.write(reminders)
    }
}

extension TokenRecord: APIRecord {
    func writeMembers(to json: inout JSONWriter) {
        json.write("id", id)
        json.write("hint", hint)
        json.write("userId", userID)
        json.name("scopes")
        if let scopes {
            json.beginArray()
            for scope in scopes.sorted() { json.write(scope) }
            json.endArray()
        } else {
            json.writeNull()
        }
        json.write("createdAt", createdAt)
        json.write("expiresAt", expiresAt)
        json.write("revokedAt", revokedAt)
        json.write("lastUsedOn", lastUsedOn?.text(in: .extended))
    }
}

extension DirectoryRecord: APIRecord {
    func writeMembers(to json: inout JSONWriter) {
        switch self {
        case .location(let location): location.writeMembers(to: &json)
        case .user(let user): user.writeMembers(to: &json)
        case .team(let team): team.writeMembers(to: &json)
        case .contact(let contact): contact.writeMembers(to: &json)
        case .category(let category): category.writeMembers(to: &json)
        case .token(let token): token.writeMembers(to: &json)
        }
    }
}
