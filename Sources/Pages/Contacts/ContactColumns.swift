import Wording

/// Which columns of a table say what of contacts.
struct ContactColumns: Sendable {
    /// What is said of a contact.
    enum Column: String, CaseIterable, Sendable {
        case firstName
        case lastName
        case email
        case phone
        case business
        case owner

        /// What columns are called that say it, in small letters, without spaces and signs.
        fileprivate var names: Set<String> {
            switch self {
            case .firstName: ["firstname", "givenname", "first", "name", "nombre"]
            case .lastName: ["lastname", "surname", "familyname", "last", "apellido", "apellidos"]
            case .email: ["email", "emailaddress", "mail", "correo", "correoelectrónico"]
            case .phone:
                ["phone", "phonenumber", "mobile", "cell", "teléfono", "telefono", "móvil"]
            case .business: ["business", "company", "organization", "empresa", "negocio"]
            case .owner: ["owner", "agent", "assignedto", "propietario", "responsable"]
            }
        }

        var phrase: Phrase {
            switch self {
            case .firstName: .firstName
            case .lastName: .lastName
            case .email: .email
            case .phone: .phone
            case .business: .business
            case .owner: .owner
            }
        }
    }

    private var places: [Column: Int] = [:]
    /// The names of columns that say nothing of these.
    private(set) var unknown: [String] = []

    /// Reads the first row of a table.
    init(_ names: [String]) {
        for (place, name) in names.enumerated() {
            let plain = String(name.lowercased().filter { $0.isLetter })
            let column = Column.allCases.first { column in
                column.names.contains(plain) && places[column] == nil
            }
            if let column {
                places[column] = place
            } else if !name.isEmpty {
                unknown.append(name)
            }
        }
    }

    var isEmpty: Bool { places.isEmpty }

    /// Whether the table has a column.
    func has(_ column: Column) -> Bool { places[column] != nil }

    /// What a row says in a column; empty where it says nothing.
    func text(_ column: Column, of cells: [String]) -> String {
        guard let place = places[column], place < cells.count else { return "" }
        return cells[place]
    }
}
