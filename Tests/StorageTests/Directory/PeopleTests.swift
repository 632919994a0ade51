import DatabaseTestSupport
import Recurrence
import Tasks
import Testing

@testable import Storage

/// How a location and its people are read.
@Suite
struct PeopleTests {
    private let directory: TestDirectory
    private let store: TestStore

    private static let a = LocationID("AAAAAAAAAAAAAAAAAAAA")
    private static let b = LocationID("BBBBBBBBBBBBBBBBBBBB")

    init() async throws {
        directory = try await TestDirectory()
        store = SQLStore(over: directory.database, telling: UnreadableRows { _ in })
        let inA = #""location": "\#(Self.a.rawValue)""#
        let inB = #""location": "\#(Self.b.rawValue)""#
        try await directory.importDocument(
            """
            {"locations": [{"id": "\(Self.a.rawValue)", "name": "A", "timeZone": "Europe/Berlin"},
                           {"id": "\(Self.b.rawValue)", "name": "B"}],
             "users": [{"id": 1, \(inA), "name": "Ana Maria Bo", "email": "ana@example.com"},
                       {"id": 2, \(inA), "name": "Ben", "timeZone": "America/New_York"},
                       {"id": 3, \(inA), "name": "Cleo"},
                       {"id": 4, \(inB), "name": "Dora"}],
             "teams": [{"id": 1, \(inA), "name": "T", "sharing": true, "members": [1, 2]},
                       {"id": 2, \(inA), "name": "U", "sharing": false, "members": [1, 3]}],
             "contacts": [{"id": 1, \(inA), "firstName": "Al", "lastName": "Ba", "owner": 1},
                          {"id": 2, \(inA), "email": "x@example.com", "owner": 2},
                          {"id": 3, \(inA), "owner": 3, "assigned": 1, "phone": "5"},
                          {"id": 4, \(inA), "owner": 3, "sharedWith": [2], "business": "Inc"},
                          {"id": 5, \(inB), "firstName": "Al", "owner": 4}]}
            """
        )
    }

    private func users(
        _ query: Query<UserField> = Query(limit: 9),
        seenBy userID: Int64? = nil,
        in locationID: LocationID = Self.a
    ) async throws -> Page<DirectoryUser> {
        let actor = Actor(locationID: locationID, userID: userID.map { Identifier($0) })
        return try await store.users(query, seenBy: actor)
    }

    private func contacts(
        _ query: Query<ContactField> = Query(limit: 9),
        seenBy userID: Int64? = nil,
        in locationID: LocationID = Self.a
    ) async throws -> [Int64] {
        let actor = Actor(locationID: locationID, userID: userID.map { Identifier($0) })
        return try await store.contacts(query, seenBy: actor).records.map(\.id.rawValue)
    }

    @Test
    func `a location is read until it is deleted`() async throws {
        let location = DirectoryLocation(id: Self.a, name: "A", timeZone: "Europe/Berlin")
        #expect(try await store.location(Self.a) == location)
        #expect(try await store.location(LocationID("CCCCCCCCCCCCCCCCCCCC")) == nil)
        try await directory.importDocument(
            #"{"locations": [{"id": "\#(Self.a.rawValue)", "deleted": true}]}"#
        )
        #expect(try await store.location(Self.a) == nil)
    }

    @Test(
        arguments: [
            (nil, [1, 2, 3]), (1, [1, 2]), (2, [1, 2]), (3, [3]), (4, []), (99, []),
        ] as [(Int64?, [Int64])]
    )
    func `a user sees those who share work`(viewer: Int64?, ids: [Int64]) async throws {
        let page = try await users(seenBy: viewer)
        #expect(page.records.map(\.id.rawValue) == ids)
        #expect(page.total == ids.count)
    }

    @Test(
        arguments: [
            (nil, [1, 2, 3, 4]), (1, [1, 2, 3]), (2, [1, 2, 4]), (3, [3, 4]), (4, []), (99, []),
        ] as [(Int64?, [Int64])]
    )
    func `a user sees the contacts that tasks may be about`(
        viewer: Int64?,
        ids: [Int64]
    ) async throws {
        #expect(try await contacts(seenBy: viewer) == ids)
    }

    @Test
    func `nobody sees another location's people`() async throws {
        #expect(try await users(in: Self.b).records.map(\.name) == ["Dora"])
        #expect(try await contacts(in: Self.b) == [5])
        #expect(try await users(seenBy: 1, in: Self.b).records.isEmpty)
        #expect(try await contacts(seenBy: 1, in: Self.b).isEmpty)
        let named = Query<ContactField>(predicate: .isOneOf(.firstName, [.text("Al")]), limit: 9)
        #expect(try await contacts(named) == [1])
    }

    @Test
    func `the deleted are not seen`() async throws {
        try await directory.importDocument(
            #"{"users": [{"id": 2, "deleted": true}], "contacts": [{"id": 3, "deleted": true}]}"#
        )
        #expect(try await users().records.map(\.id.rawValue) == [1, 3])
        #expect(try await contacts() == [1, 2, 4])
    }

    @Test
    func `a user has the own zone, or else the location's`() async throws {
        let zones = try await users().records.map(\.timeZone)
        #expect(zones == ["Europe/Berlin", "America/New_York", "Europe/Berlin"])
    }

    @Test(
        arguments: [
            (.isOneOf(.firstName, [.text("Ana")]), [1]),
            (.isOneOf(.firstName, [.text("Ben")]), [2]),
            (.isOneOf(.lastName, [.text("Maria Bo")]), [1]),
            (.isOneOf(.lastName, [.null]), [2, 3]),
            (.isOneOf(.name, [.text("Cleo")]), [3]), (.isOneOf(.phone, [.null]), [1, 2, 3]),
            (.isOneOf(.email, [.text("ana@example.com")]), [1]),
            (.isOneOf(.timeZone, [.text("Europe/Berlin")]), [1, 3]),
            (.compares(.id, .greater, .integer(1)), [2, 3]),
        ] as [(Predicate<UserField>, [Int64])]
    )
    func `users are found by every field`(
        predicate: Predicate<UserField>,
        ids: [Int64]
    ) async throws {
        let page = try await users(Query(predicate: predicate, limit: 9))
        #expect(page.records.map(\.id.rawValue) == ids)
    }

    @Test(
        arguments: [
            (.contains(.name, "al b"), [1]), (.isOneOf(.name, [.text("Al Ba")]), [1]),
            (.isOneOf(.firstName, [.null]), [2, 3, 4]), (.isOneOf(.lastName, [.text("Ba")]), [1]),
            (.contains(.email, "EXAMPLE"), [2]), (.isOneOf(.phone, [.text("5")]), [3]),
            (.isOneOf(.business, [.text("Inc")]), [4]),
            (.isOneOf(.ownerID, [.integer(3)]), [3, 4]),
            (.isOneOf(.assigneeID, [.integer(1)]), [3]),
            (.compares(.id, .greater, .integer(2)), [3, 4]),
        ] as [(Predicate<ContactField>, [Int64])]
    )
    func `contacts are found by every field`(
        predicate: Predicate<ContactField>,
        ids: [Int64]
    ) async throws {
        #expect(try await contacts(Query(predicate: predicate, limit: 9)) == ids)
    }

    @Test
    func `a page has its place in the order, and the total is that of all`() async throws {
        let query = Query(order: [Ordering(UserField.name, isAscending: false)], limit: 1, skip: 1)
        let page = try await users(query)
        #expect(page.records.map(\.name) == ["Ben"])
        #expect(page.total == 3)
        #expect(try await users(Query(limit: 0)).total == 3)
    }
}
