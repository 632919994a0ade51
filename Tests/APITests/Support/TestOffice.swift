import Testing

/// The directory that every test begins with: an office in Los Angeles, and another location.
enum TestOffice {
    static let location = "ve9EPM428h8vShlRW1KT"
    static let otherLocation = "Zq3TnB7cWx5LkD9vRy1M"

    static let document = """
        {
          "locations": [
            {"id": "\(location)", "name": "Acme Realty", "timeZone": "America/Los_Angeles"},
            {"id": "\(otherLocation)", "name": "Elsewhere"}
          ],
          "users": [
            {"id": 1, "publicID": "hxHGVRb1YJUscrCB8eXK", "location": "\(location)",
             "name": "Ana Maria Bo", "email": "ana@example.com", "timeZone": "UTC"},
            {"id": 2, "publicID": "0004Mtfsd11SBU1mBPgd", "location": "\(location)", "name": "Ben"},
            {"id": 3, "location": "\(location)", "name": "Cleo", "timeZone": "UTC"},
            {"id": 4, "location": "\(location)", "name": "Dora", "timeZone": "America/New_York"},
            {"id": 5, "location": "\(location)", "name": "Rita", "deleted": true},
            {"id": 30, "location": "\(location)", "name": "Mara", "role": "manager"},
            {"id": 31, "location": "\(location)", "name": "Adam", "role": "admin"},
            {"id": 20, "location": "\(otherLocation)", "name": "Olga"}
          ],
          "teams": [
            {"id": 1, "location": "\(location)", "name": "Buyers", "sharing": true,
             "members": [1, 2]},
            {"id": 2, "location": "\(location)", "name": "Sellers", "sharing": false,
             "members": [1, 3]}
          ],
          "contacts": [
            {"id": 2, "publicID": "sx6wyHhbFdRXh302Lunr", "location": "\(location)",
             "firstName": "Carla", "lastName": "Cruz", "owner": 1, "sharedWith": [4]},
            {"id": 5, "location": "\(location)", "firstName": "Of Ben", "owner": 2},
            {"id": 6, "location": "\(location)", "firstName": "Of Cleo", "owner": 3},
            {"id": 7, "location": "\(location)", "firstName": "Of Dora", "owner": 4},
            {"id": 8, "location": "\(otherLocation)", "firstName": "Of Olga", "owner": 20}
          ],
          "categories": [
            {"id": 6, "location": "\(location)", "name": "Open house", "user": 1},
            {"id": 7, "location": "\(location)", "name": "Of Ben", "user": 2},
            {"id": 8, "location": "\(location)", "name": "Of the office", "user": null},
            {"id": 9, "location": "\(otherLocation)", "name": "Elsewhere", "user": null}
          ],
          "tokens": [\(Caller.all.map(\.record).joined(separator: ",\n"))]
        }
        """

    /// The tokens of those who are in the office alone.
    static let tokens = """
        {"tokens": [\(Caller.adam.record)]}
        """
}

/// Who sends requests, by a token.
struct Caller: Sendable, CustomTestStringConvertible {
    let name: String
    let token: String
    /// The token as the directory document has it.
    fileprivate let record: String

    var testDescription: String { name }

    private init(_ name: String, _ holder: String, and members: String = "") {
        self.name = name
        let token = "token-of-the-tests-" + name.replacing(" ", with: "-")
        self.token = token
        record = #"{"token": "\#(token)", \#(holder)\#(members)}"#
    }

    /// Has the zone UTC; is in a team with Ben, who shares, and in a team with Cleo, who does not.
    static let ana = Caller("Ana", #""user": 1"#)
    /// Has the office's zone, that of Los Angeles.
    static let ben = Caller("Ben", #""user": 2"#)
    static let cleo = Caller("Cleo", #""user": 3"#)
    /// Has the zone of New York and is in no team; contact 2 is shared with her.
    static let dora = Caller("Dora", #""user": 4"#)
    static let mara = Caller("Mara", #""user": 30"#)
    static let adam = Caller("Adam", #""user": 31"#)
    /// Belongs to another location.
    static let olga = Caller("Olga", #""user": 20"#)
    /// The location's own token.
    static let office = Caller("the office", #""location": "\#(TestOffice.location)""#)
    static let elsewhere = Caller("elsewhere", #""location": "\#(TestOffice.otherLocation)""#)
    static let expired = Caller(
        "expired",
        #""user": 1"#,
        and: #", "expiresAt": "2026-11-30T07:59:59Z""#
    )
    static let powerless = Caller("powerless", #""user": 1"#, and: #", "scopes": []"#)

    /// A token of the location's with one scope.
    static func scoped(_ scope: String) -> Caller {
        Caller(
            "with \(scope.replacing("/", with: "-"))",
            #""location": "\#(TestOffice.location)""#,
            and: #", "scopes": ["\#(scope)"]"#
        )
    }

    static let scopes = [
        "tasks.read", "tasks.write", "directory.read", "read", "write", "contacts.readonly",
        "contacts.write", "recurring-tasks.readonly", "recurring-tasks.write",
        "locations/tasks.readonly", "users.readonly",
    ]

    fileprivate static let all =
        [ana, ben, cleo, dora, mara, adam, olga, office, elsewhere, expired, powerless]
        + scopes.map { scoped($0) }
}
