import HTTPServing
import HighLevel
import Tasks

/// The directory of the tests: two users of one location, and one user of another location.
///
/// Each has a contact and a category. A manager and an administrator of the first location have none.
enum Estate {
    /// The user whose requests are sent.
    static let own: Names = [
        .location: "ve9EPM428h8vShlRW1KT", .user: "1", .userName: "hxHGVRb1YJUscrCB8eXK",
        .contact: "sx6wyHhbFdRXh302LLNR", .contactNumber: "11", .category: "101", .team: "201",
        .token: identifier(.own),
    ]
    /// A user in the same location; nobody is in a team.
    static let neighbour: Names = [
        .location: "ve9EPM428h8vShlRW1KT", .user: "2", .userName: "63e4qiWDsFJjOYAC8phG",
        .contact: "v5cEPM428h8vShlRW1KT", .contactNumber: "12", .category: "102", .team: "202",
        .token: identifier(.ofAnotherUser),
    ]
    static let stranger: Names = [
        .location: "wf0FQN539i9wTimSX2LU", .user: "3", .userName: "IyIHWSc2ZKVtdsDC9fYL",
        .contact: "UlRWGLSXh0ji5qbiGu4i", .contactNumber: "13", .category: "103", .team: "203",
        .token: identifier(.ofAnotherLocation),
    ]
    /// Names of the right form that no record has.
    static let nobody: Names = [
        .location: "nowhere0nowhere0nowh", .user: "99999", .userName: "nobody0nobody0nobody",
        .contact: "nobody0nobody0nobody", .contactNumber: "99999", .category: "99999",
        .task: "99999", .event: "99999", .team: "99999", .calendar: "99999",
        .token: "0123456789abcdef0123", .webhook: "99999",
        .recurringTask: Identifier<RecurringTask>(99_999).highLevel,
        .contactTask: Identifier<TaskInstance>(99_999).highLevel,
    ]

    static let document = """
        {
          "locations": [
            \(own.fill(#"{"id": "{location}", "name": "Acme Realty"}"#)),
            \(stranger.fill(#"{"id": "{location}", "name": "Elsewhere"}"#))
          ],
          "users": [\(records(user)), \(overseers)],
          "teams": [\(records(team))],
          "contacts": [\(records(contact))],
          "categories": [\(records(category))],
          "tokens": [\(tokens.joined(separator: ",\n")), \(OwnCaller.records)]
        }
        """

    private static let user = """
        {"id": {user}, "publicID": "{userName}", "name": "Somebody", "location": "{location}"}
        """
    private static let overseers = own.fill(
        """
        {"id": 4, "name": "Mara", "role": "manager", "location": "{location}"},
        {"id": 5, "name": "Adam", "role": "admin", "location": "{location}"}
        """
    )
    private static let contact = """
        {"id": {contactNumber}, "publicID": "{contact}", "owner": {user}, "location": "{location}"}
        """
    private static let team = """
        {"id": {team}, "name": "Alone", "members": [{user}], "location": "{location}"}
        """
    private static let category = """
        {"id": {category}, "name": "Open house", "user": {user}, "location": "{location}"}
        """

    private static func records(_ template: String) -> String {
        [own, neighbour, stranger].map { $0.fill(template) }.joined(separator: ",\n")
    }

    private static let tokens =
        [
            token(.own), token(.revoked),
            token(.expired, and: #", "expiresAt": "2029-12-31T23:59:59Z""#),
            token(.withoutScopes, and: #", "scopes": []"#),
            token(.forReading, and: ", \"scopes\": [\(readingScopes)]"),
            token(.ofAnotherUser, of: neighbour), token(.ofAnotherLocation, of: stranger),
            #"{"token": "\#(Credential.ofManager.token(for: .lionDesk))", "user": 4}"#,
            #"{"token": "\#(Credential.ofAdmin.token(for: .lionDesk))", "user": 5}"#,
        ]

    /// The identifier of a user's token, or of the other location's.
    private static func identifier(_ credential: Credential) -> String {
        let dialect: Operation.Dialect = credential == .ofAnotherLocation ? .highLevel : .lionDesk
        let token = credential.token(for: dialect)
        return TokenText.identifier(ofDigest: TokenDigest.bytes(of: token))
    }

    private static let readingScopes = #"""
        "read", "recurring-tasks.readonly", "locations/tasks.readonly", "contacts.readonly",
        "locations.readonly", "users.readonly"
        """#

    /// The tokens of a user and of the user's location.
    private static func token(
        _ credential: Credential,
        of names: Names = own,
        and members: String = ""
    ) -> String {
        let user = credential.token(for: .lionDesk)
        let location = credential.token(for: .highLevel)
        return names.fill(
            """
            {"token": "\(user)", "user": {user}\(members)},
            {"token": "\(location)", "location": "{location}"\(members)}
            """
        )
    }
}
