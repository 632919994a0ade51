/// The number of a record.
///
/// Its type tells the kind of record, so that one kind cannot be passed for another.
///
/// Numbers are positive and below 2^53, so that every JSON reader takes them exactly.
package struct Identifier<Subject>: Hashable, Sendable {
    package let rawValue: Int64

    package init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// The largest number that an identifier may have.
    package static var largest: Int64 { (1 << 53) - 1 }
}

extension Identifier: Comparable {
    package static func < (left: Identifier, right: Identifier) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// Somebody who logs in, creates tasks and is assigned to them.
package enum User {}

/// The person or company that a task is about.
package enum Contact {}

/// Users who work together.
package enum Team {}

/// What kind of work a task is.
package enum Category {}
