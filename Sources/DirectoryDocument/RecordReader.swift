import JSON
import Recurrence
import Tasks

/// Reads the fields of one JSON object, and finds fields that nobody asked for.
///
/// An absent field keeps its value. A field that is null is cleared.
struct RecordReader {
    /// The object's JSON path.
    let path: String

    private let members: JSONObject
    private var knownNames: Set<String> = []

    /// Creates a reader.
    ///
    /// - Throws: ``DirectoryDocumentError`` if the value is no object.
    init(_ value: JSONValue, path: String) throws(DirectoryDocumentError) {
        guard let members = value.object else {
            throw DirectoryDocumentError(path: path, reason: "must be an object")
        }
        self.path = path
        self.members = members
    }

    /// Returns the JSON path of a field.
    func path(of name: String) -> String { "\(path).\(name)" }

    /// Returns the error of a field.
    func error(_ name: String, _ reason: String) -> DirectoryDocumentError {
        DirectoryDocumentError(path: path(of: name), reason: reason)
    }

    /// Takes a field as it is.
    mutating func value(_ name: String) -> JSONValue? {
        knownNames.insert(name)
        return members[name]
    }

    /// Refuses a field that nobody asked for.
    func finish() throws(DirectoryDocumentError) {
        guard let name = members.members.map(\.name).first(where: { !knownNames.contains($0) })
        else { return }
        throw DirectoryDocumentError(
            path: path + Self.pathComponent(name),
            reason: "is not a field that is known here"
        )
    }

    /// A name that is not a plain word is written in brackets, with at most 40 characters.
    private static func pathComponent(_ name: String) -> String {
        let isWord = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
        if isWord, (1...40).contains(name.utf8.count) { return ".\(name)" }
        var writer = JSONWriter()
        writer.write(String(name.unicodeScalars.prefix(40)))
        return "[\(String(decoding: writer.bytes, as: UTF8.self))]"
    }
}

// MARK: Values

extension RecordReader {
    /// Takes a text that may be cleared.
    mutating func text(
        _ name: String,
        limit: Int
    ) throws(DirectoryDocumentError) -> FieldUpdate<String> {
        switch value(name) {
        case nil: .keep
        case .null?: .clear
        case let value?: .set(try text(value, name, limit: limit))
        }
    }

    /// Takes a text that cannot be cleared.
    mutating func steadyText(
        _ name: String,
        limit: Int
    ) throws(DirectoryDocumentError) -> String? {
        guard let value = value(name) else { return nil }
        return try text(value, name, limit: limit)
    }

    /// Takes a truth value.
    ///
    /// Null means false.
    mutating func flag(_ name: String) throws(DirectoryDocumentError) -> Bool? {
        switch value(name) {
        case nil: nil
        case .null?: false
        case .bool(let isTrue)?: isTrue
        default: throw error(name, "must be true or false")
        }
    }

    /// Takes a role.
    ///
    /// Null means an agent's.
    mutating func role(_ name: String) throws(DirectoryDocumentError) -> UserRole? {
        switch value(name) {
        case nil: return nil
        case .null?: return .agent
        case .string(let text)?:
            if let role = UserRole(named: text) { return role }
        default: break
        }
        let names = UserRole.allCases.map(\.name).joined(separator: ", ")
        throw error(name, "must be one of \(names)")
    }

    /// Takes a language tag that may be cleared.
    mutating func locale(_ name: String) throws(DirectoryDocumentError) -> FieldUpdate<String> {
        switch value(name) {
        case nil: return .keep
        case .null?: return .clear
        case .string(let text)?:
            if LanguageTag.isWellFormed(text) { return .set(text) }
        default: break
        }
        throw error(name, "must be a language tag such as en or pt-BR")
    }

    /// Takes a record's own number.
    mutating func identifier<Subject>(
        _ name: String
    ) throws(DirectoryDocumentError) -> Identifier<Subject>? {
        guard let value = value(name) else { return nil }
        return try identifier(value, at: path(of: name))
    }

    /// Takes the number of a record that is referred to.
    mutating func reference<Subject>(
        _ name: String
    ) throws(DirectoryDocumentError) -> FieldUpdate<Identifier<Subject>> {
        switch value(name) {
        case nil: .keep
        case .null?: .clear
        case let value?: .set(try identifier(value, at: path(of: name)))
        }
    }

    /// Takes the numbers of records that are referred to.
    ///
    /// Null means none.
    mutating func references<Subject>(
        _ name: String
    ) throws(DirectoryDocumentError) -> [Identifier<Subject>]? {
        switch value(name) {
        case nil: return nil
        case .null?: return []
        case .array(let items)?:
            var identifiers: [Identifier<Subject>] = []
            var positions: [Identifier<Subject>: Int] = [:]
            for (position, item) in items.enumerated() {
                let path = "\(path(of: name))[\(position)]"
                let identifier: Identifier<Subject> = try identifier(item, at: path)
                if let earlier = positions.updateValue(position, forKey: identifier) {
                    let reason = "repeats \(name)[\(earlier)]"
                    throw DirectoryDocumentError(path: path, reason: reason)
                }
                identifiers.append(identifier)
            }
            return identifiers
        default: throw error(name, "must be a list of numbers")
        }
    }

    /// Takes a name of 20 characters.
    mutating func publicID(_ name: String) throws(DirectoryDocumentError) -> String? {
        guard let value = value(name) else { return nil }
        guard case .string(let text) = value, PublicID.isWellFormed(text) else {
            throw error(name, "must be a text of \(PublicID.length) characters A-Z, a-z, 0-9")
        }
        return text
    }

    /// Takes a point in time that may be cleared.
    mutating func timestamp(
        _ name: String
    ) throws(DirectoryDocumentError) -> FieldUpdate<Timestamp> {
        switch value(name) {
        case nil: return .keep
        case .null?: return .clear
        case .string(let text)?:
            if let timestamp = Timestamp(parsing: text) { return .set(timestamp) }
        default: break
        }
        throw error(name, "must be a time such as 2030-01-01T00:00:00Z")
    }

    /// Takes scopes.
    ///
    /// Null means all.
    mutating func scopes(
        _ name: String
    ) throws(DirectoryDocumentError) -> FieldUpdate<Set<String>> {
        switch value(name) {
        case nil: return .keep
        case .null?: return .clear
        case .array(let items)? where items.count <= 100:
            var scopes: Set<String> = []
            for (position, item) in items.enumerated() {
                let path = "\(path(of: name))[\(position)]"
                guard case .string(let scope) = item, TokenText.isWellFormed(scope: scope) else {
                    let reason = "must be a scope: up to 100 visible ASCII characters"
                    throw DirectoryDocumentError(path: path, reason: reason)
                }
                guard scopes.insert(scope).inserted else {
                    throw DirectoryDocumentError(path: path, reason: "repeats a scope")
                }
            }
            return .set(scopes)
        default: throw error(name, "must be a list of up to 100 scopes")
        }
    }

    private func text(
        _ value: JSONValue,
        _ name: String,
        limit: Int
    ) throws(DirectoryDocumentError) -> String {
        guard case .string(let text) = value, (1...limit).contains(text.unicodeScalars.count),
            text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else {
            throw error(name, "must be a text of 1 to \(limit) characters, none of control")
        }
        return text
    }

    private func identifier<Subject>(
        _ value: JSONValue,
        at path: String
    ) throws(DirectoryDocumentError) -> Identifier<Subject> {
        let largest = Identifier<Subject>.largest
        guard case .integer(let number) = value, (1...largest).contains(number) else {
            throw DirectoryDocumentError(
                path: path,
                reason: "must be a whole number from 1 to \(largest)"
            )
        }
        return Identifier(number)
    }
}
