import JSON
import Tasks

/// A contact as HighLevel shows it: those of its members that the directory has.
struct ContactRecord {
    let contact: DirectoryContact
    let locationID: LocationID
    let names: ShownNames

    func write(to json: inout JSONWriter) {
        let name = [contact.firstName, contact.lastName].compactMap { $0 }.joined(separator: " ")
        json.beginObject()
        json.write("id", contact.publicID)
        json.write("locationId", locationID.rawValue)
        json.write("name", name)
        // Lists call it so.
        json.write("contactName", name)
        if let firstName = contact.firstName { json.write("firstName", firstName) }
        if let lastName = contact.lastName { json.write("lastName", lastName) }
        if let email = contact.email { json.write("email", email) }
        if let phone = contact.phone { json.write("phone", phone) }
        if let business = contact.business { json.write("businessId", business) }
        if let assignee = contact.assigneeID.flatMap({ names.users[$0] }) {
            json.write("assignedTo", assignee.publicID)
        }
        json.name("tags")
        json.write(.array([]))
        json.name("customFields")
        json.write(.array([]))
        json.endObject()
    }
}
