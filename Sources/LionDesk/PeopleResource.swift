import HTTPServing
import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/me`, `/users` and `/contacts`, read-only: the users and contacts that a user's tasks may name.
struct PeopleResource<Store: PeopleStore, Zones: ZoneSource>: Sendable {
    let store: Store
    let zones: Zones
    let options: LionDeskOptions

    /// Answers with the user of the token.
    func me(_ call: LionDeskCall) async throws -> Response {
        let query = try userQuery(call)
        return .record(
            try await user(call.userID.rawValue, query.predicate, call, named: "me"),
            selecting: query.select,
            options
        )
    }

    /// Answers with those of the users that are asked for.
    func users(_ call: LionDeskCall) async throws -> Response {
        let query = try userQuery(call)
        let page = try await store.users(query.domainQuery, seenBy: call.actor)
        let users = Page(total: page.total, records: page.records.map { shown($0, call) })
        return .page(users, of: query, options)
    }

    /// Answers with one user.
    func user(_ call: LionDeskCall, at text: String) async throws -> Response {
        let query = try userQuery(call)
        let id: Identifier<User> = try identifier(text)
        return .record(
            try await user(id.rawValue, query.predicate, call, named: text),
            selecting: query.select,
            options
        )
    }

    /// Answers with those of the contacts that are asked for.
    func contacts(_ call: LionDeskCall) async throws -> Response {
        let query: LionDeskQuery<LionDeskContactField> = try query(call, call.query)
        let page = try await store.contacts(query.domainQuery, seenBy: call.actor)
        return .page(page, of: query, options)
    }

    /// Answers with one contact.
    func contact(_ call: LionDeskCall, at text: String) async throws -> Response {
        let query: LionDeskQuery<LionDeskContactField> = try query(call, call.query)
        let id: Identifier<Contact> = try identifier(text)
        let isAddressed = Predicate<ContactField>.isOneOf(.id, [.integer(id.rawValue)])
        let page = try await store.contacts(
            Query(predicate: .all([isAddressed, query.predicate]), limit: 1),
            seenBy: call.actor
        )
        guard let contact = page.records.first else { throw FeathersError.notFound(id: text) }
        return .record(contact, selecting: query.select, options)
    }

    // MARK: - Parts

    private func user(
        _ number: Int64,
        _ predicate: Predicate<UserField>,
        _ call: LionDeskCall,
        named name: String
    ) async throws -> LionDeskUser {
        let isAddressed = Predicate<UserField>.isOneOf(.id, [.integer(number)])
        let page = try await store.users(
            Query(predicate: .all([isAddressed, predicate]), limit: 1),
            seenBy: call.actor
        )
        guard let user = page.records.first else { throw FeathersError.notFound(id: name) }
        return shown(user, call)
    }

    private func shown(_ user: DirectoryUser, _ call: LionDeskCall) -> LionDeskUser {
        let zone = try? zones.zone(named: user.timeZone)
        return LionDeskUser(user: user, offsetSeconds: zone?.offset(at: call.now))
    }

    /// Reads a query for users, who are all users of any application.
    private func userQuery(_ call: LionDeskCall) throws -> LionDeskQuery<LionDeskUserField> {
        var parameters = call.query
        _ = parameters.parameters.removeValue(for: "oauth_client_id")
        return try query(call, parameters)
    }

    private func query<Field>(
        _ call: LionDeskCall,
        _ parameters: QueryString
    ) throws -> LionDeskQuery<Field> {
        guard call.method == .get || call.method == .head else {
            throw FeathersError.methodNotAllowed(call.method.rawValue)
        }
        return try LionDeskQuery(parameters, zone: call.zone, page: options.page)
    }
}

/// A user, with the offset of their zone at the time of the request.
struct LionDeskUser: LionDeskRecord {
    let user: DirectoryUser
    /// None if the zone cannot be read.
    let offsetSeconds: Int?

    var id: Identifier<User> { user.id }

    func write(_ field: LionDeskUserField, to json: inout JSONWriter, asNumbers: Bool) {
        switch field {
        case .id: json.write("id", number: user.id.rawValue, asNumbers)
        case .firstName: json.write("first_name", text: NameParts(of: user.name).first)
        case .lastName: json.write("last_name", text: NameParts(of: user.name).last)
        case .email: json.write("email", text: user.email)
        case .phone: json.write("phone", text: user.phone)
        case .timezone:
            // Whole hours, as the page has them; what is beyond them is cut off.
            json.write(
                "timezone_offset",
                number: offsetSeconds.map { Int64($0 / 3600) },
                asNumbers
            )
            json.write("timezone", text: user.timeZone)
        case .createdAt: json.write("created_at", text: nil)
        case .modifiedAt: json.write("modified_at", text: nil)
        }
    }
}

extension DirectoryContact: LionDeskRecord {
    func write(_ field: LionDeskContactField, to json: inout JSONWriter, asNumbers: Bool) {
        switch field {
        case .id: json.write("id", number: id.rawValue, asNumbers)
        case .ownerUserID: json.write("owner_user_id", number: ownerID?.rawValue, asNumbers)
        case .assignedUserID:
            json.write("assigned_user_id", number: assigneeID?.rawValue, asNumbers)
        case .firstName: json.write("first_name", text: firstName)
        case .lastName: json.write("last_name", text: lastName)
        case .email: json.write("email", text: email)
        case .mobilePhone: json.write("mobile_phone", text: phone)
        case .company: json.write("company", text: business)
        case .createdAt: json.write("created_at", text: nil)
        case .modifiedAt: json.write("modified_at", text: nil)
        }
    }
}
