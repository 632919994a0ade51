import Hummingbird
import JSON
import Tasks

/// `/locations/{locationId}`, `/contacts` and `/users`, read-only: the location and its people, which
/// clients look up before they ask for tasks.
struct DirectoryResource<Store: DirectoryNames & PeopleStore>: Sendable {
    let store: Store
    let directory: DirectoryLookup<Store>

    /// Answers with the location of the token, which is the path's.
    func location(_ call: HighLevelCall) async throws -> Response {
        guard let location = try await store.location(call.locationID) else {
            throw HighLevelError.locationNotFound(call.locationID.rawValue)
        }
        return call.response { json in
            json.name("location")
            json.beginObject()
            json.write("id", location.id.rawValue)
            json.write("name", location.name)
            json.write("timezone", location.timeZone)
            json.endObject()
        }
    }

    // MARK: - Contacts

    /// Answers with a page of contacts, the oldest first.
    func contacts(_ call: HighLevelCall) async throws -> Response {
        let asked = try ContactListQuery(try call.parameters())
        try call.check(locationNamed: asked.locationName)
        var matches = Predicate<ContactField>.all([])
        if let text = asked.query, !text.isEmpty {
            matches = .any([
                .contains(.name, text), .contains(.email, text), .contains(.phone, text),
            ])
        }
        let start = try await start(of: asked, in: call.locationID)
        let page = try await store.contacts(
            Query(predicate: .all([matches] + start), limit: asked.limit),
            seenBy: call.actor
        )
        // The total is that of all pages, also of those before.
        let total =
            start.isEmpty
            ? page.total
            : try await store.contacts(
                Query(predicate: matches, limit: 0),
                seenBy: call.actor
            ).total
        let names = try await names(of: page.records, in: call.locationID)
        let last = page.total > page.records.count ? page.records.last : nil
        return call.response { json in
            json.name("contacts")
            json.beginArray()
            for contact in page.records {
                ContactRecord(contact: contact, locationID: call.locationID, names: names)
                    .write(to: &json)
            }
            json.endArray()
            json.name("count")
            json.write(Int64(total))
            json.name("meta")
            json.beginObject()
            json.name("total")
            json.write(Int64(total))
            if let last {
                json.name("startAfter")
                json.write(last.id.rawValue)
                json.write("startAfterId", last.publicID)
            }
            json.endObject()
        }
    }

    /// Answers with one contact.
    func contact(_ call: HighLevelCall, named name: String) async throws -> Response {
        let id = try await directory.contacts(named: [name], in: call.locationID)[0]
        let isAddressed = Predicate<ContactField>.isOneOf(.id, [.integer(id.rawValue)])
        let page = try await store.contacts(
            Query(predicate: isAddressed, limit: 1),
            seenBy: call.actor
        )
        guard let contact = page.records.first else { throw HighLevelError.contactNotFound(name) }
        let names = try await names(of: [contact], in: call.locationID)
        return call.response { json in
            json.name("contact")
            ContactRecord(contact: contact, locationID: call.locationID, names: names)
                .write(to: &json)
        }
    }

    /// The condition that a contact comes after the page before, if there is one.
    private func start(
        of asked: ContactListQuery,
        in locationID: LocationID
    ) async throws -> [Predicate<ContactField>] {
        var last = asked.startAfter
        if let name = asked.startAfterName, !name.isEmpty {
            last = try await directory.contacts(named: [name], in: locationID)[0].rawValue
        }
        return last.map { [.compares(.id, .greater, .integer($0))] } ?? []
    }

    private func names(
        of contacts: [DirectoryContact],
        in locationID: LocationID
    ) async throws -> ShownNames {
        try await directory.names(
            ofContacts: [],
            users: contacts.compactMap(\.assigneeID),
            in: locationID
        )
    }

    // MARK: - Users

    /// Answers with the location's users, the oldest first.
    func users(_ call: HighLevelCall) async throws -> Response {
        let asked = try UserListQuery(try call.parameters())
        try call.check(locationNamed: asked.locationName)
        let page = try await store.users(
            Query(limit: asked.limit, skip: asked.skip),
            seenBy: call.actor
        )
        return call.response { json in
            json.name("users")
            json.beginArray()
            for user in page.records {
                UserRecord(user: user, locationID: call.locationID).write(to: &json)
            }
            json.endArray()
            json.name("total")
            json.write(Int64(page.total))
        }
    }

    /// Answers with one user, whose members are the answer's own.
    func user(_ call: HighLevelCall, named name: String) async throws -> Response {
        let id = try await directory.users(named: [name], in: call.locationID)[0]
        let isAddressed = Predicate<UserField>.isOneOf(.id, [.integer(id.rawValue)])
        let page = try await store.users(
            Query(predicate: isAddressed, limit: 1),
            seenBy: call.actor
        )
        guard let user = page.records.first else { throw HighLevelError.userNotFound(name) }
        return call.response { json in
            UserRecord(user: user, locationID: call.locationID).writeMembers(to: &json)
        }
    }
}
