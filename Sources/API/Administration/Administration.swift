import HTTPServing
import HTTPTypes
import Hummingbird
import Recurrence
import Tasks

/// What those ask for who administer a location.
struct Administration<
    Store: DirectoryNames & PeopleStore,
    Directory: AdministrationStore & DirectoryStore,
    Zones: ZoneSource
>: Sendable {
    private let store: Store
    private let writes: DirectoryWrites<Directory, Store, Zones>
    private let teams: TeamRecords<Directory>
    private let tokens: TokenResource<Directory>
    private let documents: DirectoryDocuments<Directory>
    private let audit: AuditResource<Directory>

    init(store: Store, directory: Directory, format: any DirectoryFormat, zones: Zones) {
        self.store = store
        writes = DirectoryWrites(store: directory, names: store, zones: zones)
        teams = TeamRecords(store: directory)
        tokens = TokenResource(store: directory)
        documents = DirectoryDocuments(store: directory, format: format)
        audit = AuditResource(store: directory)
    }

    /// Answers a call; nil where its route or its method is another part's.
    func answer(_ call: APICall, at route: APIRoute) async throws -> Response? {
        switch (route, call.method) {
        case (.location, .get): try await location(call)
        case (.location, _): try await writes.changeLocation(call)
        case (.teams, .get): try await teams.list(call)
        case (.team(let id), .get): try await teams.get(call, id)
        case (.tokens, .get): try await tokens.list(call)
        case (.tokens, _): try await tokens.issue(call)
        case (.token(let id), .get): try await tokens.get(call, id)
        case (.token(let id), _): try await tokens.revoke(call, id)
        case (.rotation(let id), _): try await tokens.rotate(call, id)
        case (.directoryImport, _): try await documents.importDocument(call)
        case (.directoryExport, _): try await documents.export(call)
        case (.audit, _): try await audit.list(call)
        default: try await written(call, at: route)
        }
    }

    /// Answers a write of a record.
    private func written(_ call: APICall, at route: APIRoute) async throws -> Response? {
        switch (route, call.method) {
        case (.users, .post): try await writes.create(.users, call)
        case (.teams, .post): try await writes.create(.teams, call)
        case (.contacts, .post): try await writes.create(.contacts, call)
        case (.categories, .post): try await writes.create(.categories, call)
        case (.user(let id), .patch): try await writes.change(.users, call, id)
        case (.team(let id), .patch): try await writes.change(.teams, call, id)
        case (.contact(let id), .patch): try await writes.change(.contacts, call, id)
        case (.category(let id), .patch): try await writes.change(.categories, call, id)
        case (.user(let id), .delete): try await writes.delete(.users, call, id)
        case (.team(let id), .delete): try await writes.delete(.teams, call, id)
        case (.contact(let id), .delete): try await writes.delete(.contacts, call, id)
        case (.category(let id), .delete): try await writes.delete(.categories, call, id)
        default: nil
        }
    }

    private func location(_ call: APICall) async throws -> Response {
        try call.expectNoParameters()
        guard let location = try await store.location(call.locationID) else {
            throw Problem.noRecord
        }
        return call.response("location", location)
    }
}
