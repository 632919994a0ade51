import JSON
import Recurrence
import Tasks

extension DirectoryUser: APIRecord {
    func writeMembers(to json: inout JSONWriter) {
        json.write("id", id)
        json.write("publicId", publicID)
        json.write("name", name)
        json.write("email", email)
        json.write("phone", phone)
        json.write("timeZone", timeZone)
    }
}

extension DirectoryContact: APIRecord {
    func writeMembers(to json: inout JSONWriter) {
        json.write("id", id)
        json.write("publicId", publicID)
        json.write("firstName", firstName)
        json.write("lastName", lastName)
        json.write("email", email)
        json.write("phone", phone)
        json.write("business", business)
        json.write("ownerId", ownerID)
        json.write("assigneeId", assigneeID)
    }
}

extension TaskCategory: APIRecord {
    func writeMembers(to json: inout JSONWriter) {
        json.write("id", id)
        json.write("name", name)
        json.write("ownerId", ownerID)
        json.write("createdAt", createdAt)
        json.write("modifiedAt", modifiedAt)
    }
}
