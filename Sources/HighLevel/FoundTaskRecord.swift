import HTTPServing
import JSON
import Tasks

/// A task as HighLevel's search shows it.
struct FoundTaskRecord {
    let task: ContactTaskRecord
    let locationID: LocationID
    /// The order in which it was found.
    let order: SearchOrder

    func write(to json: inout JSONWriter) {
        let instance = task.task
        let status = instance.state == .completed ? "completed" : "to_do"
        json.beginObject()
        json.write("_id", instance.id.highLevel)
        task.writeMembers(to: &json)
        json.write("locationId", locationID.rawValue)
        json.name("deleted")
        json.write(instance.state == .deleted)
        json.write("dateAdded", instance.createdAt)
        json.write("dateUpdated", instance.modifiedAt)
        json.write("updatedAt", instance.modifiedAt)
        json.write("status", status)
        json.write("statusGroup", status)
        json.name("searchAfter")
        json.write(SearchPosition(of: instance, in: order).json(in: order))
        if let contact = task.contact {
            json.name("contactDetails")
            json.write(.object(Self.details(of: contact)))
        }
        if let user = task.user {
            json.name("assignedToUserDetails")
            json.write(.object(Self.details(of: user)))
        }
        json.endObject()
    }

    private static func details(of contact: ContactName) -> JSONObject {
        [
            "_id": .string(contact.publicID),
            "firstName": contact.firstName.map { .string($0) } ?? .null,
            "lastName": contact.lastName.map { .string($0) } ?? .null,
        ]
    }

    private static func details(of user: UserName) -> JSONObject {
        let name = NameParts(of: user.name)
        return [
            "id": .string(user.publicID),
            "firstName": .string(name.first),
            "lastName": name.last.map { .string($0) } ?? .null,
            "profilePhoto": .null,
        ]
    }
}
