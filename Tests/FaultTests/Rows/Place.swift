import Tasks

/// A location of the tests, with the numbers and the names of what it has.
struct Place: Sendable {
    let location: String
    /// The number of the location's user, contact, team and own category.
    let number: Int

    /// Whose rows are spoiled.
    static let spoiled = Place(location: "ve9EPM428h8vShlRW1KT", number: 11)
    /// Another location of the same shard, and one of another shard.
    static let others = [
        Place(location: sibling, number: 12),
        Place(location: "Zq3TnB7cWx5LkD9vRy1M", number: 13),
    ]

    var user: String { "userOfTheTests0000\(number)" }
    var contact: String { "contactOfTheTest00\(number)" }
    var userToken: String { "user-token-\(number)-0123456789abcdef" }
    var locationToken: String { "pit-\(number)-0123456789abcdef" }

    /// The name of a location that shares the shard of the spoiled one.
    private static var sibling: String {
        let shard = LocationID(spoiled.location).shard
        let names = (0...).lazy.map { "siblingOfThe1st" + String($0 + 10_000) }
        return names.first { LocationID($0).shard == shard } ?? ""
    }

    /// The directory of all places.
    static var document: String {
        """
        {"locations": [\(list { #"{"id": "\#($0.location)", "name": "Office"}"# })],
         "users": [\(list(\.users))],
         "teams": [\(list { $0.record(#""name": "Sales", "members": [\#($0.number)]"#) })],
         "contacts": [\(list(\.contacts))],
         "categories": [\(list { $0.record(#""name": "Open house", "user": \#($0.number)"#) })],
         "tokens": [\(list(\.tokens))]}
        """
    }

    private static func list(_ record: (Place) -> String) -> String {
        ([spoiled] + others).map(record).joined(separator: ",\n")
    }

    private func record(_ members: String) -> String {
        #"{"id": \#(number), "location": "\#(location)", \#(members)}"#
    }

    private var users: String {
        record(
            """
            "publicID": "\(user)", "name": "Ana Bo", "timeZone": "America/New_York",
            "email": "ana@example.com", "phone": "+15550100"
            """
        )
    }

    private var contacts: String {
        record(
            """
            "publicID": "\(contact)", "firstName": "Carla", "lastName": "Cruz",
            "email": "carla@example.com", "phone": "+15550101", "business": "Cruz Homes",
            "owner": \(number), "assigned": \(number), "sharedWith": [\(number)]
            """
        )
    }

    private var tokens: String {
        """
        {"token": "\(userToken)", "user": \(number), "scopes": ["read", "write"],
         "expiresAt": "2040-01-01T00:00:00Z"},
        {"token": "\(locationToken)", "location": "\(location)"}
        """
    }
}
