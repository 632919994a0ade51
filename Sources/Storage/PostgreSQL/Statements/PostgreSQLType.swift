/// The types of PostgreSQL that parameters and columns have, by the numbers of its catalog.
enum PostgreSQLType {
    /// The server finds out by where the parameter stands.
    static let unknown: UInt32 = 0

    static let boolean: UInt32 = 16
    static let bytes: UInt32 = 17
    static let integer64: UInt32 = 20
    static let integer16: UInt32 = 21
    static let integer32: UInt32 = 23
    static let text: UInt32 = 25

    static let texts: Set<UInt32> = [text, 19, 1042, 1043]
}

extension SQLValue {
    /// The type that the server is told of a parameter with this value.
    var postgreSQLType: UInt32 {
        switch self {
        case .null: PostgreSQLType.unknown
        case .integer: PostgreSQLType.integer64
        case .text: PostgreSQLType.text
        case .blob: PostgreSQLType.bytes
        }
    }

    /// Whether a parameter of a type can have this value.
    func fits(_ type: UInt32) -> Bool {
        switch (self, type) {
        case (.null, _), (.integer, PostgreSQLType.integer64), (.blob, PostgreSQLType.bytes): true
        case (.integer(let value), PostgreSQLType.integer32): Int32(exactly: value) != nil
        case (.integer(let value), PostgreSQLType.integer16): Int16(exactly: value) != nil
        case (.text, _): PostgreSQLType.texts.contains(type)
        default: false
        }
    }
}
