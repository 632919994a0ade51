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
            byName[ZoneNameTable.key(line[..<equals].dropLast())] = identifier
            if seen.insert(identifier).inserted { identifiers.append(identifier) }
        }
        self.identifiers = identifiers
        self.byName = byName
    }

    /// The IANA name, or nothing where the table has no such name; case makes no difference, nor
    /// whether there is "and" or its sign.
    subscript(name: Substring) -> String? { byName[ZoneNameTable.key(name)] }

    private static func key(_ name: Substring) -> String {
        name.lowercased().split(separator: " ").map { $0 == "&" ? "and" : $0 }
            .joined(separator: " ")
    }
}
