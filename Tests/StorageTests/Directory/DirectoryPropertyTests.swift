import Recurrence
import TestSupport
import Testing

@Suite
struct DirectoryPropertyTests {
    @Test(arguments: UInt64(1)...12)
    func `a document in two halves comes to the same as the whole`(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let base = RandomDocument(userCount: 12, from: &random)
        let change = RandomDocument(userCount: 12, from: &random)
        let cut = Int.random(in: 0...change.records.count, using: &random)
        let whole = try await TestDirectory()
        let halved = try await TestDirectory()
        for document in [base.text(), change.text()] {
            try await whole.importDocument(document)
        }
        for document in [base.text(), change.text(..<cut), change.text(cut...)] {
            try await halved.importDocument(document)
        }
        let rows = try await whole.rows()
        #expect(try await halved.rows() == rows)
        #expect(!rows.isEmpty)
    }
}

/// Records of every kind, some fields absent, some null, in the order of their references.
private struct RandomDocument {
    private(set) var records: [(kind: String, text: String)] = []

    private static let kinds = ["locations", "users", "teams", "contacts", "categories", "tokens"]

    init(userCount: Int, from random: inout SplitMix64) {
        for location in 0..<2 {
            records.append(
                ("locations", #"{"id": "\#(Self.location(location))", "name": "L\#(location)"}"#)
            )
        }
        for id in 1...userCount {
            var fields = Self.fields(of: id, publicID: "u", &random)
            fields += Self.field("email", [#""a@example.com""#, #""b@example.com""#], &random)
            fields += Self.field("timeZone", [#""UTC""#, #""Europe/Berlin""#], &random)
            let reminder = #"{"before": "PT1H", "channel": "email"}"#
            fields += Self.field("reminders", ["[]", "[\(reminder)]"], &random)
            fields += Self.field("quietHours", [#"{"from": "21:00", "to": "07:00"}"#], &random)
            fields += Self.field("digest", [#""07:30""#], &random)
            fields += Self.field("refusesMail", ["true", "false"], &random)
            records.append(("users", Self.object(fields)))
        }
        // An odd user is in one location and an even user in the other. These are in the record's
        // own.
        for kind in ["teams", "contacts", "categories", "tokens"] {
            for number in 0..<Int.random(in: 0...8, using: &random) {
                let id = number + 10
                let users = (1...userCount).filter { $0 % 2 == id % 2 }.shuffled(using: &random)
                let some = "[" + users.prefix(3).map(String.init).joined(separator: ",") + "]"
                records.append(
                    (kind, Self.object(Self.fields(kind, id, "\(users[0])", some, &random)))
                )
            }
        }
    }

    /// The document of a part of the records.
    func text(_ range: some RangeExpression<Int>) -> String {
        let part = records[range]
        let lists = Self.kinds.map { kind in
            let texts = part.filter { $0.kind == kind }.map(\.text)
            return #""\#(kind)": [\#(texts.joined(separator: ","))]"#
        }
        return "{" + lists.joined(separator: ",") + "}"
    }

    /// The document of all of the records.
    func text() -> String { text(0...) }

    private static func fields(
        _ kind: String,
        _ id: Int,
        _ user: String,
        _ users: String,
        _ random: inout SplitMix64
    ) -> [String] {
        switch kind {
        case "teams":
            fields(of: id, publicID: nil, &random)
                + field("sharing", ["true", "false"], &random) + field("members", [users], &random)
        case "contacts":
            fields(of: id, publicID: "c", &random).filter { !$0.hasPrefix(#""name""#) }
                + field("lastName", [#""Buyer""#, #""Seller""#], &random)
                + field("owner", [user], &random) + field("sharedWith", [users], &random)
        case "categories":
            fields(of: id, publicID: nil, &random) + field("user", [user], &random)
        default:
            [#""token": "0000000000000000000\#(id)""#, #""user": \#(2 - id % 2)"#]
                + field("scopes", ["[]", #"["read"]"#, #"["read","write"]"#], &random)
                + field("expiresAt", [#""2030-01-01T00:00:00.5+01:00""#], &random)
        }
    }

    private static func fields(
        of id: Int,
        publicID prefix: Character?,
        _ random: inout SplitMix64
    ) -> [String] {
        let name = Int.random(in: 0..<3, using: &random)
        var fields = [
            #""id": \#(id)"#, #""location": "\#(location(id))""#, #""name": "N\#(name)""#,
        ]
        if let prefix {
            let publicID = String(repeating: prefix, count: 16) + String(1000 + id)
            fields.append(#""publicID": "\#(publicID)""#)
        }
        return fields + field("deleted", ["true", "false"], &random)
    }

    /// A field that is absent, null or one of the values.
    private static func field(
        _ name: String,
        _ values: [String],
        _ random: inout SplitMix64
    ) -> [String] {
        switch Int.random(in: 0...values.count + 1, using: &random) {
        case 0: []
        case 1: [#""\#(name)": null"#]
        case let choice: [#""\#(name)": \#(values[choice - 2])"#]
        }
    }

    private static func object(_ fields: [String]) -> String {
        "{" + fields.joined(separator: ",") + "}"
    }

    private static func location(_ number: Int) -> String {
        String(repeating: number % 2 == 0 ? "A" : "B", count: 20)
    }
}
