/// The result of an update of the directory.
package struct DirectoryOutcome: Hashable, Sendable {
    /// How many records of a kind were created, updated, unchanged and deleted.
    package struct Counts: Hashable, Sendable {
        package fileprivate(set) var created = 0
        package fileprivate(set) var updated = 0
        package fileprivate(set) var unchanged = 0
        package fileprivate(set) var deleted = 0
    }

    /// The numbers and public IDs that new records were given because the update left them out,
    /// kind by kind.
    package private(set) var given: [GivenName] = []

    /// The first records that were named, with what became of them.
    package private(set) var samples: [DirectorySample] = []

    /// The number of the change in the audit of the location that it concerned; none where nothing
    /// changed, where it was only tried, or where it concerned several.
    package var auditNumber: Int64?

    private var counts: [DirectoryKind: Counts] = [:]

    /// How many samples there are at most.
    package static let sampleLimit = 20

    package init() {}

    /// How many records of a kind were created, updated, unchanged and deleted.
    package subscript(kind: DirectoryKind) -> Counts { counts[kind, default: Counts()] }

    /// Counts one record.
    package mutating func count(_ change: DirectoryChange, of kind: DirectoryKind) {
        switch change {
        case .created: counts[kind, default: Counts()].created += 1
        case .updated: counts[kind, default: Counts()].updated += 1
        case .unchanged: counts[kind, default: Counts()].unchanged += 1
        case .deleted: counts[kind, default: Counts()].deleted += 1
        }
    }

    /// Notes what became of a record; samples beyond the limit are dropped.
    package mutating func note(_ sample: DirectorySample) {
        if samples.count < Self.sampleLimit { samples.append(sample) }
    }

    /// Notes what a new record was given.
    package mutating func note(_ name: GivenName) {
        given.append(name)
    }
}

/// What an update did to one record.
package enum DirectoryChange: String, Hashable, Sendable {
    case created
    case updated
    case unchanged
    /// It was in use before the update, and is not after it.
    case deleted
}

/// The number and the public ID of a new record.
///
/// At least one of them was left out of the update.
package struct GivenName: Hashable, Sendable {
    package var kind: DirectoryKind
    /// The record's place in the update's list of its kind, from 0.
    package var position: Int
    package var number: Int64
    /// None for a kind of record that has no public ID.
    package var publicID: String?

    package init(kind: DirectoryKind, position: Int, number: Int64, publicID: String?) {
        self.kind = kind
        self.position = position
        self.number = number
        self.publicID = publicID
    }
}
