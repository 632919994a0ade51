import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

/// The writes of the location and of its users, teams, contacts and categories.
struct DirectoryWrites<Store: DirectoryStore, Names: DirectoryNames, Zones: ZoneSource>: Sendable {
    let store: Store
    let names: Names
    let zones: Zones

    /// What is written to.
    enum Kind {
        case users
        case teams
        case contacts
        case categories

        /// Under which name an answer has the record.
        var name: StaticString {
            switch self {
            case .users: "user"
            case .teams: "team"
            case .contacts: "contact"
            case .categories: "category"
            }
        }

        /// The first part of the path of such records.
        var path: StaticString {
            switch self {
            case .users: "users"
            case .teams: "teams"
            case .contacts: "contacts"
            case .categories: "categories"
            }
        }
    }

    func create(_ kind: Kind, _ call: APICall) async throws -> Response {
        let isTrial = try call.isTrial()
        var reader = MemberReader(try await call.body())
        let update = update(of: kind, nil, &reader, call)
        try reader.finish()
        let outcome = try await apply(update, .creating, isTrial, kind.name, call)
        var response = response(to: call, outcome, kind.name, .created)
        if !isTrial, let number = outcome.samples.first?.after?.number {
            response.headers[.location] = "/v1/\(kind.path)/\(number)"
        }
        return response
    }

    func change(_ kind: Kind, _ call: APICall, _ text: String) async throws -> Response {
        if kind == .users, !APIScope.writeDirectory.isGranted(to: call.principal) {
            return try await changeSelf(call, text)
        }
        let isTrial = try call.isTrial()
        let number = try await number(of: kind, text, call)
        var reader = MemberReader(try await call.body())
        let update = update(of: kind, number, &reader, call)
        try reader.finish()
        if kind == .users, let role = update.users.first?.role, role < .admin {
            try refuseSelf(number, call)
        }
        let outcome = try await apply(update, .changing, isTrial, kind.name, call)
        return response(to: call, outcome, kind.name)
    }

    /// Changes what users who do not administer say of themselves.
    ///
    /// Whatever else they ask for is refused alike, whoever and whatever is there.
    private func changeSelf(_ call: APICall, _ text: String) async throws -> Response {
        let refusal = Problem.needsScope(.writeDirectory)
        guard let number = try await knownNumber(of: .users, text, call),
            call.principal.userID?.rawValue == number
        else { throw refusal }
        let isTrial = try call.isTrial()
        var reader = MemberReader(try await call.body())
        let update = update(of: .users, number, &reader, call)
        guard update.users.allSatisfy(\.isOfSelf) else { throw refusal }
        try reader.finish()
        let outcome = try await apply(update, .changing, isTrial, Kind.users.name, call)
        return response(to: call, outcome, Kind.users.name)
    }

    func delete(_ kind: Kind, _ call: APICall, _ text: String) async throws -> Response {
        let isTrial = try call.isTrial()
        let number = try await number(of: kind, text, call)
        if kind == .users { try refuseSelf(number, call) }
        var update = DirectoryUpdate()
        switch kind {
        case .users: update.users = [deleted(UserUpdate(id: Identifier(number)))]
        case .teams: update.teams = [deleted(TeamUpdate(id: Identifier(number)))]
        case .contacts: update.contacts = [deleted(ContactUpdate(id: Identifier(number)))]
        case .categories: update.categories = [deleted(CategoryUpdate(id: Identifier(number)))]
        }
        let outcome = try await apply(update, .changing, isTrial, kind.name, call)
        return response(to: call, outcome, kind.name)
    }

    func changeLocation(_ call: APICall) async throws -> Response {
        let isTrial = try call.isTrial()
        var reader = MemberReader(try await call.body())
        var update = DirectoryUpdate()
        update.locations = [fields(call).location(&reader)]
        try reader.finish()
        let outcome = try await apply(update, .changing, isTrial, "location", call)
        return response(to: call, outcome, "location")
    }

    // MARK: - Parts

    private func fields(_ call: APICall) -> DirectoryFields<Zones> {
        DirectoryFields(zones: zones, locationID: call.locationID)
    }

    private func update(
        of kind: Kind,
        _ number: Int64?,
        _ reader: inout MemberReader,
        _ call: APICall
    ) -> DirectoryUpdate {
        var update = DirectoryUpdate()
        let fields = fields(call)
        switch kind {
        case .users: update.users = [fields.user(number.map { Identifier($0) }, &reader)]
        case .teams: update.teams = [fields.team(number.map { Identifier($0) }, &reader)]
        case .contacts: update.contacts = [fields.contact(number.map { Identifier($0) }, &reader)]
        case .categories:
            update.categories = [fields.category(number.map { Identifier($0) }, &reader)]
        }
        return update
    }

    private func deleted<Update: DeletingUpdate>(_ update: Update) -> Update {
        var update = update
        update.isDeleted = true
        return update
    }

    private func number(of kind: Kind, _ text: String, _ call: APICall) async throws -> Int64 {
        guard let number = try await knownNumber(of: kind, text, call) else {
            throw Problem.noRecord
        }
        return number
    }

    /// The number of the record in a path, which for users and contacts may be the public name; none
    /// if nothing has that name.
    private func knownNumber(
        of kind: Kind,
        _ text: String,
        _ call: APICall
    ) async throws -> Int64? {
        if let number = Identifier<Any>(digits: text)?.rawValue { return number }
        guard PublicID.isWellFormed(text) else { return nil }
        return switch kind {
        case .users: try await names.users(named: [text], in: call.locationID)[text]?.rawValue
        case .contacts: try await names.contacts(named: [text], in: call.locationID)[text]?.rawValue
        case .teams, .categories: nil
        }
    }

    /// Keeps administrators from locking themselves out.
    private func refuseSelf(_ number: Int64, _ call: APICall) throws(Problem) {
        guard call.principal.userID?.rawValue == number else { return }
        throw Problem(.conflict, "Somebody else has to take away your own role.")
    }

    private func apply(
        _ update: DirectoryUpdate,
        _ intent: DirectoryTerms.Intent,
        _ isTrial: Bool,
        _ name: StaticString,
        _ call: APICall
    ) async throws -> DirectoryOutcome {
        let terms = DirectoryTerms(
            author: call.author,
            in: call.locationID,
            intent: intent,
            isTrial: isTrial,
            check: call.check(named: name)
        )
        do {
            return try await store.apply(update, under: terms, at: call.now)
        } catch let refusal as DirectoryRefusal {
            throw Problem(refusal)
        }
    }

    private func response(
        to call: APICall,
        _ outcome: DirectoryOutcome,
        _ name: StaticString,
        _ status: HTTPResponse.Status = .ok
    ) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.name(name)
        let record = outcome.samples.first.flatMap { $0.after ?? $0.before }
        let tag = record?.write(to: &json)
        if record == nil { json.writeNull() }
        json.name("effect")
        json.write(outcome)
        json.name("auditNumber")
        if let number = outcome.auditNumber { json.write(number) } else { json.writeNull() }
        json.endObject()
        var headers: HTTPFields = [:]
        headers[.eTag] = tag?.text
        return .json(json.bytes, status: status, headers: headers)
    }
}

extension APICall {
    /// Refuses a record that is not as the client has it.
    func check(named name: StaticString) -> @Sendable (DirectoryRecord) throws -> Void {
        let tags = entityTags(.ifMatch)
        return { record in
            guard let tags, !tags.contains(record.tag) else { return }
            var problem = Problem(
                .changedMeanwhile,
                "The record is not as you have it; `\(name)` is how it is now."
            )
            var json = JSONWriter()
            record.write(to: &json)
            problem.members["\(name)"] = try? JSONValue(parsing: json.bytes)
            throw problem
        }
    }
}

/// An update that can delete its record.
private protocol DeletingUpdate {
    var isDeleted: Bool? { get set }
}

extension UserUpdate: DeletingUpdate {}
extension TeamUpdate: DeletingUpdate {}
extension ContactUpdate: DeletingUpdate {}
extension CategoryUpdate: DeletingUpdate {}

extension DirectoryRecord {
    /// The number that paths have of it.
    fileprivate var number: Int64? {
        switch self {
        case .user(let user): user.id.rawValue
        case .team(let team): team.id.rawValue
        case .contact(let contact): contact.id.rawValue
        case .category(let category): category.id.rawValue
        case .location, .token: nil
        }
    }
}

extension JSONWriter {
    /// Writes what a write of one record, or of several, does.
    fileprivate mutating func write(_ outcome: DirectoryOutcome) {
        let samples = outcome.samples.filter { $0.change != .unchanged }
        beginObject()
        write("created", count: DirectoryKind.allCases.map { outcome[$0].created }.reduce(0, +))
        write("changed", count: DirectoryKind.allCases.map { outcome[$0].updated }.reduce(0, +))
        write("removed", count: DirectoryKind.allCases.map { outcome[$0].deleted }.reduce(0, +))
        name("samples")
        beginArray()
        for sample in samples {
            beginObject()
            name("before")
            if let before = sample.before { before.write(to: &self) } else { writeNull() }
            name("after")
            if let after = sample.after { after.write(to: &self) } else { writeNull() }
            endObject()
        }
        endArray()
        endObject()
    }
}

extension Problem {
    /// The refusal of a write of one record, whose fields the client sent.
    init(_ refusal: DirectoryRefusal) {
        let pointer: String =
            switch refusal.field {
            case .id, .location, nil: ""
            case .publicID: "/publicId"
            case .name: "/name"
            case .user, .owner: "/ownerId"
            case .assignee: "/assigneeId"
            case .member(let position): "/memberIds/\(position)"
            case .share(let position): "/sharedWithIds/\(position)"
            case .deletion: ""
            }
        switch refusal.reason {
        case .unknown where refusal.field == .id: self = .noRecord
        case .defaultCategory:
            self.init(.conflict, "Every location has this category, which stays as it is.")
        case .missing: self.init(.invalidBody, faults: [Fault(.pointer(pointer), "is required")])
        case .unknown, .inLocation, .outOfReach:
            let reason = "is no record that you may refer to"
            self.init(.invalidBody, faults: [Fault(.pointer(pointer), reason)])
        case .takenBy, .taken, .repeats, .otherHolder, .revoked:
            self.init(.invalidBody, faults: [Fault(.pointer(pointer), "is taken")])
        }
    }
}
