/// The members of a JSON object, or the parameters of a query: values by name, in the order in
/// which the names first came.
///
/// Finding a name takes constant time, so reading a hostile body with thousands of names takes
/// linear time. An object with few members has no dictionary and is searched from its beginning.
package struct JSONObject: Sendable {
    /// A name and its value.
    package struct Member: Equatable, Sendable {
        package let name: String
        package fileprivate(set) var value: JSONValue
    }

    /// The members in order; no name comes twice.
    private(set) package var members: [Member] = []

    /// The position of each name; empty unless there are more than ``scanLimit`` members.
    private var positions: [String: Int] = [:]

    /// How many members are searched without a dictionary: those of a record, whose names are so short
    /// that comparing them costs less than hashing them.
    private static let scanLimit = 32

    /// Creates an object without members.
    package init() {}

    /// Creates an object with one member.
    package init(_ name: String, _ value: JSONValue) {
        members = [Member(name: name, value: value)]
    }

    /// The value of a name; setting `nil` removes the member.
    package subscript(name: String) -> JSONValue? {
        get {
            guard let position = position(of: name) else { return nil }
            return members[position].value
        }
        set {
            if let newValue {
                merge(newValue, for: name) { $0 = $1 }
            } else {
                _ = removeValue(for: name)
            }
        }
    }

    /// Adds a member.
    ///
    /// If the name already has a value, joins the new value to it, in place.
    package mutating func merge(
        _ value: JSONValue,
        for name: String,
        joining: (inout JSONValue, JSONValue) -> Void
    ) {
        if let position = position(of: name) {
            joining(&members[position].value, value)
            return
        }
        members.append(Member(name: name, value: value))
        if members.count == Self.scanLimit + 1 {
            indexMembers()
        } else if members.count > Self.scanLimit {
            positions[name] = members.count - 1
        }
    }

    /// Changes every value in place.
    package mutating func updateValues(_ update: (inout JSONValue) -> Void) {
        for position in members.indices { update(&members[position].value) }
    }

    /// Removes a member and returns its value.
    package mutating func removeValue(for name: String) -> JSONValue? {
        guard let position = position(of: name) else { return nil }
        let value = members.remove(at: position).value
        indexMembers()
        return value
    }

    private func position(of name: String) -> Int? {
        if members.count > Self.scanLimit { return positions[name] }
        return members.firstIndex { $0.name == name }
    }

    private mutating func indexMembers() {
        positions.removeAll()
        guard members.count > Self.scanLimit else { return }
        for (position, member) in members.enumerated() { positions[member.name] = position }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Creates an object from members; if a name comes twice, the last value counts.
    package init(dictionaryLiteral members: (String, JSONValue)...) {
        for (name, value) in members { self[name] = value }
    }
}

extension JSONObject: Equatable {
    /// Tells whether two objects have the same members in the same order.
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members == right.members
    }
}
