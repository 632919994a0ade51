import JSON

/// The directory that every test begins with: an office in Los Angeles, and another location.
enum TestOffice {
    static let location = "ve9EPM428h8vShlRW1KT"
    static let otherLocation = "Zq3TnB7cWx5LkD9vRy1M"

    /// Users.
    static let ana = "hxHGVRb1YJUscrCB8eXK"
    static let ben = "0004Mtfsd11SBU1mBPgd"
    static let retired = "retiredUser000000001"
    static let olga = "olgaElsewhere0000001"

    /// Contacts; the first belongs to a business.
    static let carla = "sx6wyHhbFdRXh302Lunr"
    static let dan = "v5cEPM428h8vShlRW1KT"
    static let removed = "removedContact000001"
    static let stranger = "strangerElsewhere001"

    static let document = """
        {
          "locations": [
            {"id": "\(location)", "name": "Acme Realty", "timeZone": "America/Los_Angeles"},
            {"id": "\(otherLocation)", "name": "Elsewhere"}
          ],
          "users": [
            {"id": 1, "publicID": "\(ana)", "location": "\(location)", "name": "Ana Maria Bo"},
            {"id": 2, "publicID": "\(ben)", "location": "\(location)", "name": "Ben"},
            {"id": 3, "publicID": "\(retired)", "location": "\(location)", "name": "Rita",
             "deleted": true},
            {"id": 20, "publicID": "\(olga)", "location": "\(otherLocation)", "name": "Olga"}
          ],
          "contacts": [
            {"id": 1, "publicID": "\(carla)", "location": "\(location)", "firstName": "Carla",
             "lastName": "Cruz", "business": "6348240b98722079e5417332"},
            {"id": 2, "publicID": "\(dan)", "location": "\(location)", "firstName": "Dan"},
            {"id": 3, "publicID": "\(removed)", "location": "\(location)", "firstName": "Gone",
             "deleted": true},
            {"id": 8, "publicID": "\(stranger)", "location": "\(otherLocation)",
             "firstName": "Stranger"}
          ],
          "tokens": [\(tokens)]
        }
        """

    /// The document that adds a contact who belongs to no business.
    static func document(addingContact number: Int, named name: String) -> String {
        """
        {"contacts": [{"id": \(number), "publicID": "\(name)", "location": "\(location)"}]}
        """
    }

    private static let tokens = TestToken.records.joined(separator: ",\n")
}

/// The tokens of requests.
enum TestToken {
    static let full = "pit-0b6c1f0e-58c4-4f0e-9d35-1b2f6a7c8d9e"
    static let elsewhere = "pit-1b6c1f0e-58c4-4f0e-9d35-1b2f6a7c8d9e"
    static let expired = "pit-2b6c1f0e-58c4-4f0e-9d35-1b2f6a7c8d9e"
    static let ofUser = "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8"
    /// In force, and in OAuth's form.
    static let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJhdXRoQ2xhc3MiOiJMb2NhdGlvbiJ9.c2lnbmF0dXJl"

    /// A token of the office's with one scope.
    static func scoped(_ scope: String) -> String {
        let name = scope.filter { $0.isLetter || $0 == "." || $0 == "-" }
        return "pit-scoped-to-\(name)-0123456789"
    }

    static let scopes = [
        "recurring-tasks.readonly", "recurring-tasks.write", "locations/tasks.readonly",
        "contacts.readonly", "contacts.write", "locations.readonly", "users.readonly",
    ]

    /// The tokens as the directory document has them.
    fileprivate static let records =
        [
            #"{"token": "\#(full)", "location": "\#(TestOffice.location)"}"#,
            #"{"token": "\#(jwt)", "location": "\#(TestOffice.location)"}"#,
            #"{"token": "\#(elsewhere)", "location": "\#(TestOffice.otherLocation)"}"#,
            #"{"token": "\#(expired)", "location": "\#(TestOffice.location)", "#
                + #""expiresAt": "2025-07-20T07:59:59Z"}"#,
            #"{"token": "\#(ofUser)", "user": 1}"#,
        ]
        + scopes.map { scope in
            #"{"token": "\#(scoped(scope))", "location": "\#(TestOffice.location)", "#
                + #""scopes": ["\#(scope)"]}"#
        }
}
