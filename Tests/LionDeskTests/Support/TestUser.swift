/// A user who sends requests; the numbers are those of ``TestOffice``.
struct TestUser: Sendable {
    let id: Int64
    let token: String

    /// The user's number as it is written on the wire.
    var number: String { String(id) }

    /// Has the zone UTC.
    ///
    /// Is in a team with Ben, who shares, and in a team with Cleo, who does not.
    static let ana = TestUser(id: 1)
    /// Has the office's zone, that of Los Angeles.
    static let ben = TestUser(id: 2)
    static let cleo = TestUser(id: 3)
    /// Has the zone of New York and is in no team; contact 2 is shared with her.
    static let dora = TestUser(id: 4)
    /// Belongs to another location.
    static let olga = TestUser(id: 20)

    init(id: Int64) {
        self.init(id: id, token: Self.token(for: id))
    }

    init(id: Int64, token: String) {
        self.id = id
        self.token = token
    }

    /// The same user, with a token of another kind.
    func with(_ token: String) -> TestUser { TestUser(id: id, token: token) }

    static func token(for id: Int64) -> String {
        let digits = String(id)
        return String("5baa61e4c9b93f3f0682250b6cf8331b".dropLast(digits.count)) + digits
    }
}

/// The directory that every test begins with: an office and, in another location, a stranger.
enum TestOffice {
    static let location = "ve9EPM428h8vShlRW1KT"

    static let readToken = "11aa61e4c9b93f3f0682250b6cf8331b7ee68fd8"
    static let writeToken = "22aa61e4c9b93f3f0682250b6cf8331b7ee68fd8"
    static let expiredToken = "33aa61e4c9b93f3f0682250b6cf8331b7ee68fd8"
    static let locationToken = "pit-0b6c1f0e-58c4-4f0e-9d35-1b2f6a7c8d9e"

    static let document = """
        {
          "locations": [
            {"id": "\(location)", "name": "Acme Realty", "timeZone": "America/Los_Angeles"},
            {"id": "Zq3TnB7cWx5LkD9vRy1M", "name": "Elsewhere"}
          ],
          "users": [
            {"id": 1, "location": "\(location)", "name": "Ana", "timeZone": "UTC"},
            {"id": 2, "location": "\(location)", "name": "Ben"},
            {"id": 3, "location": "\(location)", "name": "Cleo", "timeZone": "UTC"},
            {"id": 4, "location": "\(location)", "name": "Dora", "timeZone": "America/New_York"},
            {"id": 20, "location": "Zq3TnB7cWx5LkD9vRy1M", "name": "Olga"}
          ],
          "teams": [
            {"id": 1, "location": "\(location)", "name": "Buyers", "sharing": true,
             "members": [1, 2]},
            {"id": 2, "location": "\(location)", "name": "Sellers", "sharing": false,
             "members": [1, 3]}
          ],
          "contacts": [
            {"id": 2, "location": "\(location)", "firstName": "Of Ana", "owner": 1,
             "sharedWith": [4]},
            {"id": 3, "location": "\(location)", "firstName": "Assigned to Ana", "owner": 4,
             "assigned": 1},
            {"id": 4, "location": "\(location)", "firstName": "Shared with Ana", "owner": 4,
             "sharedWith": [1]},
            {"id": 5, "location": "\(location)", "firstName": "Of Ben", "owner": 2},
            {"id": 6, "location": "\(location)", "firstName": "Of Cleo", "owner": 3},
            {"id": 7, "location": "\(location)", "firstName": "Of Dora", "owner": 4},
            {"id": 8, "location": "Zq3TnB7cWx5LkD9vRy1M", "firstName": "Of Olga", "owner": 20}
          ],
          "categories": [
            {"id": 6, "location": "\(location)", "name": "Open house", "user": 1},
            {"id": 7, "location": "\(location)", "name": "Of Ben", "user": 2},
            {"id": 8, "location": "\(location)", "name": "Of the office", "user": null},
            {"id": 9, "location": "Zq3TnB7cWx5LkD9vRy1M", "name": "Elsewhere", "user": null}
          ],
          "tokens": [
            \(userTokens),
            {"token": "\(readToken)", "user": 1, "scopes": ["read"]},
            {"token": "\(writeToken)", "user": 1, "scopes": ["write"]},
            {"token": "\(expiredToken)", "user": 1, "expiresAt": "2018-12-10T07:59:59Z"},
            {"token": "\(locationToken)", "location": "\(location)"}
          ]
        }
        """

    /// The document that adds a user who is in no team.
    static func document(adding user: TestUser, timeZone: String) -> String {
        """
        {
          "users": [
            {"id": \(user.id), "location": "\(location)", "name": "User \(user.id)",
             "timeZone": "\(timeZone)"}
          ],
          "tokens": [{"token": "\(user.token)", "user": \(user.id)}]
        }
        """
    }

    private static let userTokens = ([1, 2, 3, 4, 20] as [Int64]).map { id in
        #"{"token": "\#(TestUser.token(for: id))", "user": \#(id)}"#
    }.joined(separator: ",\n")
}
