import JSON
import Tasks

/// Whom and what tasks name: colleagues, contacts and categories, as the visitor sees them.
struct People: Sendable {
    struct Person: Sendable, Identifiable {
        let id: String
        let name: String

        /// The first letters of the first and the last name.
        var initials: String {
            let parts = name.split(separator: " ")
            let letters = [parts.first, parts.count > 1 ? parts.last : nil]
            return letters.compactMap { $0?.first }.map { $0.uppercased() }.joined()
        }
    }

    let users: [Person]
    let contacts: [Person]
    let categories: [Person]
    private let userNames: [String: Person]
    private let contactNames: [String: Person]
    private let categoryNames: [String: Person]

    /// Reads the first 500 of each.
    init(for api: OwnAPI) async throws {
        async let users = api.get("/users?limit=500")
        async let contacts = api.get("/contacts?limit=500")
        async let categories = api.get("/categories?limit=500")
        self.init(
            users: try await users.records("users").map {
                Person(id: $0.text("id"), name: $0.text("name"))
            },
            contacts: try await contacts.records("contacts").map {
                Person(id: $0.text("id"), name: Self.name(ofContact: $0))
            },
            categories: try await categories.records("categories").map {
                Person(id: $0.text("id"), name: $0.text("name"))
            }
        )
    }

    private init(users: [Person], contacts: [Person], categories: [Person]) {
        self.users = users.sorted { $0.name.lowercased() < $1.name.lowercased() }
        self.contacts = contacts.sorted { $0.name.lowercased() < $1.name.lowercased() }
        self.categories = categories.sorted { $0.name.lowercased() < $1.name.lowercased() }
        func byID(_ people: [Person]) -> [String: Person] {
            Dictionary(people.map { ($0.id, $0) }) { first, _ in first }
        }
        userNames = byID(users)
        contactNames = byID(contacts)
        categoryNames = byID(categories)
    }

    func user(_ id: String?) -> Person? { id.flatMap { userNames[$0] } }
    func contact(_ id: String?) -> Person? { id.flatMap { contactNames[$0] } }
    func category(_ id: String?) -> Person? { id.flatMap { categoryNames[$0] } }

    /// The name of a contact, or else the business, the address, or the number.
    static func name(ofContact contact: Record) -> String {
        let name = [contact.text("firstName"), contact.text("lastName")]
            .filter { !$0.isEmpty }.joined(separator: " ")
        if !name.isEmpty { return name }
        return ["business", "email", "phone"].lazy.map { contact.text($0) }
            .first { !$0.isEmpty } ?? "#\(contact.text("id"))"
    }
}
