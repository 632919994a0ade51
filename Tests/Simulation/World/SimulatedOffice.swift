import Recurrence
import SystemZones
import Tasks

/// The directory of every simulation: three locations with a few users and contacts.
enum SimulatedOffice {
    struct Location: Sendable {
        let name: String
        let zone: String
        var id: LocationID { LocationID(name) }
        func token(isSpare: Bool) -> String { "pit-\(isSpare ? "spare" : "first")-\(name)" }
    }

    struct User: Sendable {
        /// The user's number; its public ID is made of it.
        let number: Int64
        /// A place in ``locations``.
        let location: Int
        let zone: String?
        /// Users of one location with the same team share their work; those without share nothing.
        let team: Int?

        var publicID: String { "simulatedUser00000\(10 + number)" }

        func token(isSpare: Bool) -> String {
            (isSpare ? "5" : "4") + "baa61e4c9b93f3f0682250b6cf8331b7ee6\(1000 + number)"
        }

        func sharesWork(with other: User) -> Bool {
            number == other.number || (team != nil && team == other.team)
        }
    }

    struct Contact: Sendable {
        let number: Int64
        let location: Int
        let owner: Int64
        var publicID: String { "simulatedContact000\(number)" }
    }

    /// The first two are in the same shard.
    static let locations = [
        Location(name: "simulatedLocation001", zone: "America/New_York"),
        Location(name: "simulatedLocation540", zone: "Europe/Berlin"),
        Location(name: "simulatedLocation003", zone: "UTC"),
    ]

    static let users = [
        User(number: 1, location: 0, zone: nil, team: 1),
        User(number: 2, location: 0, zone: "UTC", team: 1),
        User(number: 3, location: 0, zone: "America/Los_Angeles", team: nil),
        User(number: 4, location: 1, zone: nil, team: nil),
        User(number: 5, location: 2, zone: "Australia/Sydney", team: nil),
    ]

    static let contacts = [
        Contact(number: 1, location: 0, owner: 1),
        Contact(number: 2, location: 0, owner: 2),
        Contact(number: 3, location: 0, owner: 3),
        Contact(number: 4, location: 1, owner: 4),
        Contact(number: 5, location: 1, owner: 4),
        Contact(number: 6, location: 2, owner: 5),
    ]

    static let zones = SystemZones()

    static func user(_ number: Int64) -> User? { users.first { $0.number == number } }

    static func contacts(of location: Int) -> [Contact] {
        contacts.filter { $0.location == location }
    }

    /// The contacts that a user's tasks may be about.
    static func contacts(usableBy user: Int) -> [Contact] {
        contacts.filter { contact in
            self.user(contact.owner).map { users[user].sharesWork(with: $0) } ?? false
        }
    }

    static func zone(of user: User) throws -> Zone {
        try zones.zone(named: user.zone ?? locations[user.location].zone)
    }

    static func zone(of location: Int) throws -> Zone {
        try zones.zone(named: locations[location].zone)
    }

    static let document: String = {
        let places = locations.map { location in
            """
            {"id": "\(location.name)", "name": "\(location.name)", "timeZone": "\(location.zone)"}
            """
        }
        let people = users.map { user in
            let zone = user.zone.map { #", "timeZone": "\#($0)""# } ?? ""
            return """
                {"id": \(user.number), "publicID": "\(user.publicID)",
                 "location": "\(locations[user.location].name)", "name": "User"\(zone)}
                """
        }
        let clients = contacts.map { contact in
            """
            {"id": \(contact.number), "publicID": "\(contact.publicID)",
             "location": "\(locations[contact.location].name)", "firstName": "Contact",
             "owner": \(contact.owner)}
            """
        }
        let tokens =
            users.flatMap { user in
                [false, true].map { isSpare in
                    #"{"token": "\#(user.token(isSpare: isSpare))", "user": \#(user.number)}"#
                }
            }
            + locations.map { location in
                #"{"token": "\#(location.token(isSpare: false))", "location": "\#(location.name)"}"#
            }
        return """
            {"locations": [\(places.joined(separator: ","))],
             "users": [\(people.joined(separator: ","))],
             "teams": [{"id": 1, "location": "\(locations[0].name)", "name": "Team",
                        "sharing": true, "members": [1, 2]}],
             "contacts": [\(clients.joined(separator: ","))],
             "tokens": [\(tokens.joined(separator: ","))]}
            """
    }()
}
