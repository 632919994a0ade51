/// A statement as a connection knows it.
final class PostgreSQLStatement {
    /// The statement that it was made of.
    ///
    /// It is kept so that no other statement gets its identity.
    let statement: SQLStatement

    /// The text with numbered parameters, and a zero byte after it.
    let text: [CChar]

    /// The name under which the server may know it, and a zero byte; none if it is prepared anew at
    /// each use.
    let name: [CChar]?

    /// The name as SQL writes it.
    let quotedName: String

    /// The parameters' names without the colon, in the order of their numbers.
    private let parameterNames: [String]

    /// The types of the parameters as the server knows them; none before it was prepared.
    var types: [UInt32]?

    init(_ statement: SQLStatement, name: String?) {
        self.statement = statement
        let parameters = SQLParameters(numbering: statement.text, after: "$")
        parameterNames = parameters.names
        text = parameters.text.map { CChar(bitPattern: $0) } + [0]
        quotedName = "\"\(name ?? "")\""
        self.name = name.map { $0.utf8.map { CChar(bitPattern: $0) } + [0] }
    }

    /// Whether the server has prepared it for values of these types.
    func isPrepared(for values: [SQLValue]) -> Bool {
        guard let types else { return false }
        return zip(values, types).allSatisfy { $0.fits($1) }
    }

    /// The values of the parameters in the order of their numbers.
    ///
    /// - Precondition: The arguments name each parameter once.
    func values(_ arguments: SQLArguments) -> [SQLValue] {
        let elements = arguments.elements
        precondition(
            elements.count == parameterNames.count,
            "\(elements.count) arguments for \(parameterNames.count) parameters: \(statement.text)"
        )
        // Made where the first argument is out of order, which few are.
        var places: [String: Int]?
        return parameterNames.enumerated().map { index, name in
            if elements[index].name == name { return elements[index].value }
            let known = places ?? arguments.placesByName
            places = known
            guard let place = known[name] else {
                preconditionFailure("no argument for :\(name): \(statement.text)")
            }
            return elements[place].value
        }
    }
}

/// The statements that a connection knows.
struct PostgreSQLStatementCache {
    /// How many dynamic statements are kept; the server keeps as many, so none is taken back.
    static let dynamicLimit = 100

    /// The longest text, in bytes, of a dynamic statement that is kept.
    static let keptTextLimit = 8192

    /// Far more than the fixed statements of the stores.
    ///
    /// It detects a fixed statement that is created anew at each use.
    static let fixedLimit = 1000

    private var fixed: [ObjectIdentifier: PostgreSQLStatement] = [:]
    private var dynamic: [String: PostgreSQLStatement] = [:]

    /// What the names of the connection's statements begin with.
    ///
    /// No other connection has it, so a pooler that mixes connections up cannot mix up statements.
    private let prefix = "perennial_" + String(UInt64.random(in: .min ... .max), radix: 36)

    /// Returns the statement as the connection knows it.
    mutating func known(_ statement: SQLStatement) -> PostgreSQLStatement {
        if statement.isDynamic {
            if let known = dynamic[statement.text] { return known }
            let isKept =
                dynamic.count < Self.dynamicLimit
                && statement.text.utf8.count <= Self.keptTextLimit
            let known = PostgreSQLStatement(
                statement,
                name: isKept ? "\(prefix)_d\(dynamic.count)" : nil
            )
            if isKept { dynamic[statement.text] = known }
            return known
        }
        if let known = fixed[ObjectIdentifier(statement)] { return known }
        precondition(fixed.count < Self.fixedLimit, "fixed statements are made at each use")
        let known = PostgreSQLStatement(statement, name: "\(prefix)_\(fixed.count)")
        fixed[ObjectIdentifier(statement)] = known
        return known
    }
}
