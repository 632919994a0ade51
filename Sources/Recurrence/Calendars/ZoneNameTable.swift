/// IANA names by other names for the same zones.
struct ZoneNameTable: Sendable {
    /// The IANA names, each once, in the order of the table.
    let identifiers: [String]
    private let byName: [String: String]

    /// Reads lines of `NAME = IANA NAME`.
    init(_ text: String) {
        var identifiers: [String] = []
        var byName: [String: String] = [:]
        var seen: Set<String> = []
        for line in text.split(separator: "\n") {
            guard let equals = line.lastIndex(of: "=") else { continue }
            let identifier = String(line[equals...].dropFirst(2))
            byName[line[..<equals].dropLast().lowercased()] = identifier
            if seen.insert(identifier).inserted { identifiers.append(identifier) }
        }
        self.identifiers = identifiers
        self.byName = byName
    }

    /// The IANA name, or nothing where the table has no such name; case makes no difference.
    subscript(name: some StringProtocol) -> String? { byName[name.lowercased()] }
}
