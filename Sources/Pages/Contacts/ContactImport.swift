import JSON
import Wording

/// Takes over contacts from a table, or tells what that would do, row by row.
struct ContactImport {
    /// What becomes of a row.
    enum Fate: Sendable {
        case created
        case changed(id: String)
        case same
        case refused(String)
    }

    struct Line: Sendable {
        let number: Int
        let name: String
        /// The owner as the row names them.
        let owner: String
        /// The members of the request.
        var members: JSONObject
        /// What a contact that is there has in place of each of them.
        var former: [String: String] = [:]
        var fate: Fate
    }

    let visit: Visit

    private(set) var lines: [Line] = []
    /// The columns that are left out.
    private(set) var unknownColumns: [String] = []
    /// Why there is nothing to take over.
    private(set) var fault: Phrase?

    /// The most bytes of a file, and the most rows.
    static let byteLimit = 1 << 20
    static let rowLimit = 5000
    /// The most contacts that are looked at for whom a row is about.
    private static let contactLimit = 50_000
    /// How many rows go with one request.
    private static let batchSize = 100

    private var say: ReaderLocale { visit.say }

    init(visit: Visit) { self.visit = visit }

    // MARK: Planning

    /// Reads a table, and has each of its rows tried.
    mutating func plan(_ text: String) async throws {
        guard text.utf8.count <= Self.byteLimit else {
            fault = .fileTooLarge
            return
        }
        let table = CSVTable(parsing: text)
        let columns = ContactColumns(table.rows.first?.cells ?? [])
        unknownColumns = columns.unknown
        fault = Self.fault(of: table, columns)
        if fault != nil { return }
        let known = try await KnownContacts(of: visit.api, limit: Self.contactLimit)
        let owners = ContactOwners(try await visit.api.get("/users?limit=500").records("users"))
        var seen: [String: Int] = [:]
        for row in table.rows.dropFirst() {
            lines.append(line(row, columns, known, owners, &seen))
        }
        try await send(trying: true)
    }

    /// Why a table cannot be taken over.
    private static func fault(of table: CSVTable, _ columns: ContactColumns) -> Phrase? {
        if table.rows.isEmpty { return .fileEmpty }
        if columns.isEmpty { return .noColumns }
        if table.rows.count < 2 { return .fileEmpty }
        return table.rows.count > rowLimit + 1 ? .tooManyRows(rowLimit) : nil
    }

    private func line(
        _ row: CSVTable.Row,
        _ columns: ContactColumns,
        _ known: KnownContacts,
        _ owners: ContactOwners,
        _ seen: inout [String: Int]
    ) -> Line {
        var said: [String: String] = [:]
        for column in ContactColumns.Column.allCases where column != .owner {
            let text = columns.text(column, of: row.cells)
            if !text.isEmpty { said[column.rawValue] = text }
        }
        let names = ["firstName", "lastName"].compactMap { said[$0] }.joined(separator: " ")
        let name = names.isEmpty ? said["business"] ?? said["email"] ?? said["phone"] ?? "" : names
        let owner = columns.text(.owner, of: row.cells)
        var line = Line(
            number: row.line,
            name: name,
            owner: owner,
            members: [:],
            fate: .created
        )
        if said.isEmpty {
            line.fate = .refused(say(.rowEmpty))
            return line
        }
        if !owner.isEmpty {
            guard let id = owners.id(of: owner) else {
                line.fate = .refused(say(.unknownOwner(String(owner.prefix(60)))))
                return line
            }
            said["ownerId"] = id
        }
        let key = KnownContacts.key(email: said["email"], phone: said["phone"], said)
        if let first = seen[key] {
            line.fate = .refused(say(.sameAsLine(first)))
            return line
        }
        seen[key] = row.line
        switch known.match(key) {
        case .none: line.members = Self.members(said)
        case .several: line.fate = .refused(say(.severalContacts))
        case .one(let contact):
            let changed = said.filter { contact.text($0.key) != $0.value }
            line.members = Self.members(changed)
            line.former = changed.reduce(into: [:]) { $0[$1.key] = contact.text($1.key) }
            line.fate = changed.isEmpty ? .same : .changed(id: contact.text("id"))
        }
        return line
    }

    private static func members(_ texts: [String: String]) -> JSONObject {
        var members: JSONObject = [:]
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) { members[name] = .string(text) }
        return members
    }

    // MARK: Carrying out

    /// Has the rows carried out that were not refused; what is refused then is noted.
    mutating func carryOut() async throws { try await send(trying: false) }

    private mutating func send(trying isTrial: Bool) async throws {
        let places = lines.indices.filter { place in
            switch lines[place].fate {
            case .created, .changed: true
            case .same, .refused: false
            }
        }
        var rest = places[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.batchSize)
            rest = rest.dropFirst(Self.batchSize)
            let operations = part.map { operation(of: lines[$0]) }
            let answer = try await visit.keyless.post(
                isTrial ? "/batch?dryRun=true" : "/batch",
                ["operations": .array(operations)]
            )
            for (place, result) in zip(part, answer.records("results"))
            where result.number("status") >= 300 {
                let refusal = Refusal(
                    status: result.number("status"),
                    problem: result.record("body") ?? Record([:])
                )
                lines[place].fate = .refused(refusal.reasons.joined(separator: "; "))
            }
        }
    }

    private func operation(of line: Line) -> JSONValue {
        var operation: JSONObject = ["method": "POST", "path": "/contacts"]
        if case .changed(let id) = line.fate {
            operation["method"] = "PATCH"
            operation["path"] = .string("/contacts/\(id)")
        }
        operation["body"] = .object(line.members)
        return .object(operation)
    }

    // MARK: Outcomes

    /// The rows of which the same becomes.
    var created: [Line] { lines.filter { if case .created = $0.fate { true } else { false } } }
    var changed: [Line] { lines.filter { if case .changed = $0.fate { true } else { false } } }
    var refused: [Line] { lines.filter { if case .refused = $0.fate { true } else { false } } }
    var sameCount: Int { lines.count - created.count - changed.count - refused.count }
}

/// The contacts that are there, by what tells them apart.
private struct KnownContacts {
    enum Match {
        case none
        case one(Record)
        case several
    }

    private var contacts: [String: [Record]] = [:]

    init(of api: OwnAPI, limit: Int) async throws {
        var cursor = ""
        var count = 0
        while count < limit {
            let page = try await api.get("/contacts?limit=500\(cursor)")
            for contact in page.records("contacts") {
                count += 1
                for key in Self.keys(of: contact) { contacts[key, default: []].append(contact) }
            }
            guard let next = page.optional("nextCursor") else { return }
            cursor = "&cursor=\(next.percentEncoded)"
        }
    }

    /// Whom a row with a key is about.
    func match(_ key: String) -> Match {
        let found = contacts[key] ?? []
        return found.count == 1 ? .one(found[0]) : found.isEmpty ? .none : .several
    }

    /// What tells a contact from others: the address, or else the phone number, or else the names.
    static func key(email: String?, phone: String?, _ names: [String: String]) -> String {
        if let email { return "email " + email.lowercased() }
        if let phone {
            let digits = phone.filter { $0.isNumber }
            if !digits.isEmpty { return "phone " + digits }
        }
        let parts = ["firstName", "lastName", "business"].map { names[$0]?.lowercased() ?? "" }
        return "name " + parts.joined(separator: "\n")
    }

    /// All keys by which a row may mean a contact.
    private static func keys(of contact: Record) -> Set<String> {
        var texts: [String: String] = [:]
        for name in ["firstName", "lastName", "business"] { texts[name] = contact.text(name) }
        return [
            key(email: contact.optional("email"), phone: nil, texts),
            key(email: nil, phone: contact.optional("phone"), texts),
            key(email: nil, phone: nil, texts),
        ]
    }
}

/// The colleagues by name and by address.
private struct ContactOwners {
    private var ids: [String: Set<String>] = [:]

    init(_ users: [Record]) {
        for user in users {
            for text in [user.text("name"), user.text("email")] where !text.isEmpty {
                ids[text.lowercased(), default: []].insert(user.text("id"))
            }
        }
    }

    /// The number of the only one who is called so.
    func id(of text: String) -> String? {
        let found = ids[text.lowercased()] ?? []
        return found.count == 1 ? found.first : nil
    }
}
