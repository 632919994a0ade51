import JSON

extension MemberReader {
    /// Reads a list of objects within, whose faults come to those of this one.
    package mutating func objects<Value: Hashable & Sendable>(
        _ name: String,
        limit: Int,
        reading readMembers: (inout MemberReader) -> Value?
    ) -> Given<[Value]> {
        var readers: [MemberReader] = []
        let pointer = pointer
        let isThere = read(name, or: "is no list of up to \(limit) objects") { value -> Bool? in
            guard case .array(let values) = value, values.count <= limit else { return nil }
            let path = Self.path(from: pointer, to: name)
            for (place, value) in values.enumerated() {
                guard let members = value.object else { return nil }
                readers.append(MemberReader(members, at: "\(path)/\(place)"))
            }
            return true
        }
        guard isThere == .value(true) else { return .absent }
        var values: [Value] = []
        for var reader in readers {
            if let value = readMembers(&reader) { values.append(value) }
            take(reader)
        }
        return .value(values)
    }

    /// Reads an object within, whose faults come to those of this one.
    package mutating func object<Value: Hashable & Sendable>(
        _ name: String,
        isNullable: Bool = false,
        reading readMembers: (inout MemberReader) -> Value?
    ) -> Given<Value> {
        // JSONObject has no hash, so the reader stands for it.
        var reader: MemberReader?
        let pointer = pointer
        let isThere = read(name, isNullable, or: "is no object") { value -> Bool? in
            guard let members = value.object else { return nil }
            reader = MemberReader(members, at: Self.path(from: pointer, to: name))
            return true
        }
        switch isThere {
        case .absent: return .absent
        case .none: return .none
        case .value:
            guard var reader else { return .absent }
            let value = readMembers(&reader)
            take(reader)
            return value.map { .value($0) } ?? .absent
        }
    }

    /// Reads a list of some items, each of which may have a fault of its own.
    mutating func list<Item: Hashable & Sendable>(
        _ name: String,
        isNullable: Bool = false,
        countLimit: Int,
        reading readItem: (JSONValue) -> ReadItem<Item>
    ) -> Given<[Item]> {
        var found: [ReadItem<Item>] = []
        let isThere = read(
            name,
            isNullable,
            or: "is no list of at most \(countLimit)"
        ) { value -> Bool? in
            guard case .array(let items) = value, items.count <= countLimit else { return nil }
            found = items.map(readItem)
            return true
        }
        switch isThere {
        case .absent: return .absent
        case .none: return .none
        case .value:
            var items: [Item] = []
            for (place, item) in found.enumerated() {
                switch item {
                case .item(let item): items.append(item)
                case .fault(let reason): note(name, at: place, reason)
                }
            }
            return items.count == found.count ? .value(items) : .absent
        }
    }
}
