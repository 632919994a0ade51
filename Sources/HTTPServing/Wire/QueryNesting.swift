import JSON

// These methods put the values of a query together. Until all are put together, an array may have
// gaps, which a later parameter may fill: `a[1]=x&a[0]=y`. An empty array marks a gap, because no
// parameter makes an empty array.
extension JSONValue {
    static let gap = JSONValue.array([])

    fileprivate var isGap: Bool {
        if case .array(let items) = self { items.isEmpty } else { false }
    }

    /// Adds another value of the same name.
    mutating func append(_ value: JSONValue) {
        var items = takeArray() ?? [self]
        items.append(value)
        self = .array(items)
    }

    /// Joins another value that a later parameter gives for the same name.
    ///
    /// The table of cases is that of `merge` in `qs` 6.11; nesting is bounded by ``QueryPath``.
    mutating func join(_ source: JSONValue) {
        if case .string("") = source { return }
        if var object = takeObject() {
            object.join(source)
            self = .object(object)
        } else if case .array(let others) = source {
            if var items = takeArray() {
                items.join(others)
                self = .array(items)
            } else {
                self = .array([self] + others)
            }
        } else if case .object(let others) = source, let items = takeArray() {
            var object = JSONObject(indexing: items)
            object.join(others)
            self = .object(object)
        } else {
            append(source)
        }
    }

    // `take` empties the stored place, so that the value is changed in place and not copied.

    private mutating func takeArray() -> [JSONValue]? {
        guard case .array(let items) = self else { return nil }
        self = .gap
        return items
    }

    private mutating func takeObject() -> JSONObject? {
        guard case .object(let object) = self else { return nil }
        self = .gap
        return object
    }

    /// Closes the gaps of arrays.
    fileprivate mutating func closeGaps() {
        if var items = takeArray() {
            items.removeAll(where: \.isGap)
            for index in items.indices { items[index].closeGaps() }
            self = .array(items)
        } else if var object = takeObject() {
            object.closeGaps()
            self = .object(object)
        }
    }
}

extension [JSONValue] {
    /// Joins lists item by item.
    ///
    /// Where both lists have an item, the two are joined if neither is a text; else the other's
    /// item goes to the end.
    fileprivate mutating func join(_ others: [JSONValue]) {
        for (index, other) in others.enumerated() where !other.isGap {
            while count <= index { append(.gap) }
            if self[index].isGap {
                self[index] = other
            } else if self[index].string != nil || other.string != nil {
                append(other)
            } else {
                self[index].join(other)
            }
        }
    }
}

extension JSONObject {
    /// Creates an object from a list, with the positions as names.
    fileprivate init(indexing items: [JSONValue]) {
        self.init()
        for (index, item) in items.enumerated() where !item.isGap { self[String(index)] = item }
    }

    /// Joins a value into an object: by name, by position, or as the name of a flag.
    mutating func join(_ source: JSONValue) {
        switch source {
        case .string(let name): self[name] = .bool(true)
        case .array(let items): join(JSONObject(indexing: items))
        case .object(let others): join(others)
        case .null, .bool, .integer, .number: break  // A query has only text.
        }
    }

    /// Joins the members of another object.
    fileprivate mutating func join(_ others: JSONObject) {
        for other in others.members {
            merge(other.value, for: other.name) { $0.join($1) }
        }
    }

    /// Closes the gaps of arrays.
    mutating func closeGaps() {
        updateValues { $0.closeGaps() }
    }
}
