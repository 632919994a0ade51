import JSON
import Tasks

/// A user as HighLevel shows them: those of the members that the directory has.
struct UserRecord {
    let user: DirectoryUser
    let locationID: LocationID

    func write(to json: inout JSONWriter) {
        json.beginObject()
        writeMembers(to: &json)
        json.endObject()
    }

    func writeMembers(to json: inout JSONWriter) {
        let parts = NameParts(of: user.name)
        json.write("id", user.publicID)
        json.write("name", user.name)
        json.write("firstName", parts.first)
        json.write("lastName", parts.last ?? "")
        if let email = user.email { json.write("email", email) }
        if let phone = user.phone { json.write("phone", phone) }
        json.name("roles")
        json.write(
            .object([
                "type": "account", "role": "user",
                "locationIds": .array([.string(locationID.rawValue)]),
            ])
        )
        json.name("deleted")
        json.write(false)
    }
}
