package import JSON

/// Compares values with the schemas of a description, as far as that uses JSON Schema.
package struct SchemaChecker {
    let document: JSONObject

    package init(document: JSONObject) {
        self.document = document
    }

    /// Compares a value with a schema.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - schema: The schema, or a reference to one.
    ///   - place: Where the value is, for the report.
    /// - Returns: What is wrong with the value; nothing if the schema describes it.
    package func findings(
        in value: JSONValue,
        against schema: JSONObject,
        at place: String = ""
    ) -> [String] {
        let schema = resolved(schema)
        if case .array(let choices)? = schema["anyOf"] {
            let findings = choices.compactMap(\.object).map {
                self.findings(in: value, against: $0, at: place)
            }
            return findings.contains { $0.isEmpty } ? [] : findings.flatMap { $0 }
        }
        guard schema["type"].map({ value.hasType($0) }) ?? true else {
            return ["\(place) is \(value), of another type"]
        }
        var findings: [String] = []
        if case .array(let values)? = schema["enum"], value != .null, !values.contains(value) {
            findings.append("\(place) is \(value), none of the words")
        }
        if case .integer(let minimum)? = schema["minimum"], case .integer(let number) = value,
            number < minimum
        {
            findings.append("\(place) is less than \(minimum)")
        }
        if let pattern = schema["pattern"]?.string, let text = value.string,
            (try? Regex(pattern).firstMatch(in: text)) == nil
        {
            findings.append("\(place) is \(text), not as \(pattern)")
        }
        if case .array(let items) = value {
            let item = schema.object("items")
            for (index, value) in items.enumerated() {
                findings += self.findings(in: value, against: item, at: "\(place)/\(index)")
            }
        }
        if let members = value.object {
            findings += self.findings(inMembers: members, against: schema, at: place)
        }
        return findings
    }

    private func findings(
        inMembers members: JSONObject,
        against schema: JSONObject,
        at place: String
    ) -> [String] {
        let properties = schema.object("properties")
        var findings: [String] = []
        for member in members.members {
            let place = "\(place)/\(member.name)"
            if let property = properties[member.name]?.object {
                findings += self.findings(in: member.value, against: property, at: place)
            } else if schema["additionalProperties"] == .bool(false) {
                findings.append("\(place) is not described")
            }
        }
        if case .array(let names)? = schema["required"] {
            for name in names.compactMap(\.string) where members[name] == nil {
                findings.append("\(place)/\(name) is missing")
            }
        }
        return findings
    }

    /// The object that a reference within the document means; any other object itself.
    package func resolved(_ object: JSONObject) -> JSONObject {
        guard let reference = object["$ref"]?.string else { return object }
        return reference.split(separator: "/").dropFirst().reduce(document) { found, name in
            found.object(String(name))
        }
    }
}

extension JSONValue {
    /// Whether the value is of a type, or of one of several, in JSON Schema's words.
    fileprivate func hasType(_ type: JSONValue) -> Bool {
        if case .array(let types) = type { return types.contains { hasType($0) } }
        return switch (self, type.string) {
        case (.null, "null"), (.bool, "boolean"), (.integer, "integer"), (.integer, "number"),
            (.number, "number"), (.string, "string"), (.array, "array"), (.object, "object"):
            true
        default: false
        }
    }
}

extension JSONObject {
    /// An object within the object; an empty one if it is not there.
    fileprivate func object(_ name: String) -> JSONObject { self[name]?.object ?? [:] }
}
