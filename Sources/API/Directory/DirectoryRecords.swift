import HTTPServing
import Hummingbird
import JSON
import Tasks

/// `/me`, and the users, contacts and categories that a caller may refer to, read-only.
struct DirectoryRecords<
    Store: CategoryStore & DirectoryNames & PeopleStore,
    Administered: AdministrationStore
>: Sendable {
    let store: Store
    let administration: Administered

    /// Answers with whom the token stands for, and with what it may do.
    func me(_ call: APICall) async throws -> Response {
        try call.expectNoParameters()
        guard let location = try await store.location(call.locationID) else {
            throw Problem.noRecord
        }
        var user: DirectoryUser?
        if let userID = call.principal.userID {
            user = try await self.user(userID, call)
        }
        var json = JSONWriter()
        json.beginObject()
        json.name("user")
        if let user { user.write(to: &json) } else { json.writeNull() }
        json.name("location")
        json.beginObject()
        location.writeMembers(to: &json)
        json.endObject()
        json.write("role", user?.role.name)
        json.name("scopes")
        json.beginArray()
        for scope in APIScope.allCases where scope.isGranted(to: call.principal) {
            json.write(scope.rawValue)
        }
        json.endArray()
        json.endObject()
        return call.tagged(json)
    }

    func users(_ call: APICall) async throws -> Response {
        try await list("users", call) { (query: Query<UserField>) in
            try await store.users(query, seenBy: call.actor)
        }
    }

    func user(_ call: APICall, _ text: String) async throws -> Response {
        let user = try await one(
            text,
            call,
            named: { try await store.users(named: [text], in: call.locationID)[text]?.rawValue },
            finding: { (query: Query<UserField>) in
                try await store.users(query, seenBy: call.actor)
            }
        )
        return call.response("user", user)
    }

    func contacts(_ call: APICall) async throws -> Response {
        try await list("contacts", call) { (query: Query<ContactField>) in
            try await contacts(query, call)
        }
    }

    func contact(_ call: APICall, _ text: String) async throws -> Response {
        let contact = try await one(
            text,
            call,
            named: { try await store.contacts(named: [text], in: call.locationID)[text]?.rawValue },
            finding: { (query: Query<ContactField>) in
                try await contacts(query, call)
            }
        )
        return call.response("contact", contact)
    }

    func categories(_ call: APICall) async throws -> Response {
        try await list("categories", call) { (query: Query<CategoryField>) in
            try await store.categories(
                query,
                seenBy: call.actor.boundingUserID,
                in: call.locationID
            )
        }
    }

    func category(_ call: APICall, _ text: String) async throws -> Response {
        let category = try await one(
            text,
            call,
            named: { nil },
            finding: { (query: Query<CategoryField>) in
                try await store.categories(
                    query,
                    seenBy: call.actor.boundingUserID,
                    in: call.locationID
                )
            }
        )
        return call.response("category", category)
    }

    // MARK: - Parts

    /// The contacts that a query asks for, with those whom they are shared with.
    private func contacts(
        _ query: Query<ContactField>,
        _ call: APICall
    ) async throws -> Page<DirectoryContact> {
        let page = try await store.contacts(query, seenBy: call.actor)
        let shares = try await administration.shares(
            of: page.records.map(\.id),
            in: call.locationID
        )
        let contacts = page.records.map { contact in
            var contact = contact
            contact.sharedWithIDs = shares[contact.id] ?? []
            return contact
        }
        return Page(total: page.total, records: contacts)
    }

    private func user(_ id: Identifier<User>, _ call: APICall) async throws -> DirectoryUser? {
        let isAddressed = Predicate<UserField>.isOneOf(.id, [.integer(id.rawValue)])
        let query = Query(predicate: isAddressed, limit: 1, needsTotal: false)
        return try await store.users(query, seenBy: call.actor).records.first
    }

    /// The record that a path names by its number, or by its public name of 20 characters.
    private func one<Record, Field: NumberedField>(
        _ text: String,
        _ call: APICall,
        named publicNumber: () async throws -> Int64?,
        finding find: (Query<Field>) async throws -> Page<Record>
    ) async throws -> Record {
        try call.expectNoParameters()
        let number = Identifier<Record>(digits: text)?.rawValue
        let isName = number == nil && PublicID.isWellFormed(text)
        guard let number = isName ? try await publicNumber() : number else {
            throw Problem.noRecord
        }
        let isAddressed = Predicate<Field>.isOneOf(.id, [.integer(number)])
        let page = try await find(Query(predicate: isAddressed, limit: 1, needsTotal: false))
        guard let record = page.records.first else { throw Problem.noRecord }
        return record
    }

    /// A page of records by rising number.
    private func list<Record: APIRecord, Subject, Field: NumberedField>(
        _ name: StaticString,
        _ call: APICall,
        _ find: (Query<Field>) async throws -> Page<Record>
    ) async throws -> Response where Record.ID == Identifier<Subject> {
        var parameters = try call.parameters()
        let limit = parameters.limit()
        let fingerprint = call.fingerprint("\(name)")
        let place = try parameters.place(in: fingerprint, keyCount: 1)
        try parameters.finish()
        let isAfter = place.map { Predicate<Field>.compares(.id, .greater, .integer($0[0])) }
        let page = try await find(
            Query(
                predicate: isAfter ?? .all([]),
                order: [Ordering(.id, isAscending: true)],
                limit: limit + 1,
                needsTotal: false
            )
        )
        let records = page.records.prefix(limit)
        // A row that nobody can read has its place on the page, and is left out.
        let next = page.total > limit ? records.last : nil
        return call.response(
            name,
            records,
            next: next.map { Cursor(query: fingerprint, place: [$0.id.rawValue]) }
        )
    }
}

/// A field of records that have a number.
private protocol NumberedField: Hashable, Sendable {
    static var id: Self { get }
}

extension UserField: NumberedField {}
extension ContactField: NumberedField {}
extension CategoryField: NumberedField {}
