import DatabaseTestSupport
import Recurrence
import Tasks
import Testing

@testable import Storage

/// How the names of users and contacts are looked up.
@Suite
struct DirectoryNamesTests {
    private let directory: TestDirectory
    private let store: TestStore

    private static let a = LocationID("AAAAAAAAAAAAAAAAAAAA")
    private static let b = LocationID("BBBBBBBBBBBBBBBBBBBB")
    private static let ana = "aaaaaaaaaaaaaaaaaaaa"
    private static let ben = "bbbbbbbbbbbbbbbbbbbb"
    private static let stacy = "ssssssssssssssssssss"
    private static let tom = "tttttttttttttttttttt"

    init() async throws {
        directory = try await TestDirectory()
        store = SQLStore(over: directory.database, telling: UnreadableRows { _ in })
        let inA = #""location": "\#(Self.a.rawValue)""#
        try await directory.importDocument(
            """
            {"locations": [{"id": "\(Self.a.rawValue)", "name": "A"},
                           {"id": "\(Self.b.rawValue)", "name": "B"}],
             "users": [{"id": 1, "publicID": "\(Self.ana)", \(inA), "name": "Ana"},
                       {"id": 2, "publicID": "\(Self.ben)", \(inA), "name": "Ben"}],
             "contacts": [{"id": 1, "publicID": "\(Self.stacy)", \(inA), "firstName": "Stacy",
                           "lastName": "Buyer", "business": "Bakery"},
                          {"id": 2, "publicID": "\(Self.tom)", \(inA)}]}
            """
        )
        try await directory.importDocument(
            #"{"users": [{"id": 2, "deleted": true}], "contacts": [{"id": 2, "deleted": true}]}"#
        )
    }

    @Test
    func `public names lead to numbers, but not those of the deleted, of others or unknown`()
        async throws
    {
        let names = [Self.ana, Self.ben, Self.stacy, Self.tom, "unknown", ""]
        #expect(
            try await store.contacts(named: names, in: Self.a) == [Self.stacy: Identifier(1)]
        )
        #expect(try await store.users(named: names, in: Self.a) == [Self.ana: Identifier(1)])
        #expect(try await store.contacts(named: names, in: Self.b) == [:])
        #expect(try await store.users(named: names, in: Self.b) == [:])
        #expect(try await store.users(named: [], in: Self.a) == [:])
    }

    @Test
    func `numbers lead to names, those of the deleted too`() async throws {
        let contacts = try await store.contacts(
            [Identifier(1), Identifier(2), Identifier(3)],
            in: Self.a
        )
        #expect(
            contacts == [
                Identifier(1): ContactName(
                    publicID: Self.stacy,
                    firstName: "Stacy",
                    lastName: "Buyer",
                    business: "Bakery"
                ),
                Identifier(2): ContactName(
                    publicID: Self.tom,
                    firstName: nil,
                    lastName: nil,
                    business: nil
                ),
            ]
        )
        let users = try await store.users(
            [Identifier(1), Identifier(2), Identifier(3)],
            in: Self.a
        )
        #expect(
            users == [
                Identifier(1): UserName(publicID: Self.ana, name: "Ana"),
                Identifier(2): UserName(publicID: Self.ben, name: "Ben"),
            ]
        )
        #expect(try await store.users([Identifier(1)], in: Self.b) == [:])
        #expect(try await store.contacts([], in: Self.a) == [:])
    }
}
