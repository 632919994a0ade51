/// What the demo's team has beside ``DemoDirectory``: contacts, categories, roles and languages.
package enum DemoTeam {
    /// The numbers of the contacts that it adds.
    package static let contactIDs: ClosedRange<Int64> = 20...56

    /// The users, of whom the first administers the office and the second manages it.
    package static let userIDs: [Int64] = [1, 2, 5, 8, 10]

    /// The document that makes it, after that of the demo directory.
    package static var document: String {
        let contacts = zip(contactIDs, names).map { id, name in
            let parts = name.split(separator: " ", maxSplits: 1)
            let owner = userIDs[Int(id) % userIDs.count]
            let email = parts[0].lowercased() + "\(id)@example.com"
            return """
                {"id": \(id), "location": "\(DemoDirectory.location)", "firstName": "\(parts[0])",
                 "lastName": "\(parts[1])", "email": "\(email)", "phone": "+155502\(id)",
                 "owner": \(owner)}
                """
        }
        return """
            {"users": [
              {"id": 1, "role": "admin", "locale": "en-US"},
              {"id": 2, "role": "manager", "locale": "en-US"},
              {"id": 5, "locale": "es-MX"}, {"id": 10, "locale": "en-GB"}
            ],
            "categories": [
              {"id": 7, "location": "\(DemoDirectory.location)", "name": "Viewing", "user": null},
              {"id": 8, "location": "\(DemoDirectory.location)", "name": "Paperwork", "user": null}
            ],
            "contacts": [\(contacts.joined(separator: ",\n"))]}
            """
    }

    private static let names = [
        "Amara Obi", "Tomás Vega", "Ingrid Berg", "Lucas Moreau", "Priya Nair", "Owen Walsh",
        "Mei Tan", "Jonas Keller", "Sofia Ricci", "Daniel Cohen", "Fatima Zahra", "Hugo Martins",
        "Nora Lind", "Samuel Adeyemi", "Clara Schmidt", "Victor Petrov", "Ruth Gallagher",
        "Andrés Molina", "Yuki Sato", "Peter Novak", "Leila Haddad", "George Barnes",
        "Elif Demir", "Martin Dubois", "Rosa Delgado", "Kwame Mensah", "Hanna Virtanen",
        "Oscar Lindqvist", "Julia Kowalska", "Ravi Iyer", "Grace Kim", "Paul Becker",
        "Teresa Alves", "Simon Fraser", "Anika Rao", "Bruno Costa", "Eva Horvat",
    ]
}
