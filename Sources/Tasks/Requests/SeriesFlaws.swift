/// A part of a series that the store may hold in a form that nobody can read.
///
/// The text is what it is called in front of clients.
package enum SeriesPart: String, Hashable, Sendable, CaseIterable {
    case creator
    case title
    case body = "text"
    case assignee
    case contact
    case category
    case reminder
    /// Whether it is of a whole day, and whether its assignee is notified.
    case marks
    case labels = "priority and tags"
    case start
    case timeZone = "time zone"
    case rule
    case schedule
    /// What it does about what was missed, and while a task is overdue.
    case policies
    /// What becomes of single occurrences.
    case course = "days off, turns, pauses and dates"
    case isDeleted = "deletion"
    case createdAt = "creation"
    case modifiedAt = "last change"
    /// How far it is materialized, and when it fires next.
    case clock = "progress"
    case tasks
}

/// What nobody can read of a series, and why.
package struct SeriesFlaws: Error, Hashable, Sendable {
    package private(set) var reasons: [SeriesPart: String] = [:]

    package init() {}

    package var isEmpty: Bool { reasons.isEmpty }

    /// Adds a part, with the reason for the operator.
    package mutating func add(_ part: SeriesPart, because reason: String) {
        reasons[part] = reasons[part] ?? reason
    }

    /// The flaws that are left if some parts are replaced.
    func replacing(_ parts: Set<SeriesPart>) -> SeriesFlaws {
        var flaws = self
        for part in parts { flaws.reasons[part] = nil }
        return flaws
    }

    /// Refuses what cannot be done as long as these parts cannot be read.
    ///
    /// - Throws: ``TaskRefusal/unreadableSeries(_:)`` if there are any.
    func check() throws(TaskRefusal) {
        if !isEmpty { throw .unreadableSeries(Set(reasons.keys)) }
    }
}

extension SeriesFlaws: CustomStringConvertible {
    /// The reasons, for the operator.
    package var description: String { reasons.values.sorted().joined(separator: "; ") }
}

extension Set<SeriesPart> {
    /// Tells clients what cannot be done and why, as a sentence without its full stop.
    package var unreadableText: String {
        let names = SeriesPart.allCases.filter(contains).map(\.rawValue)
        return """
            The recurring task cannot be changed in this way, because what is stored of it cannot \
            be read: \(names.joined(separator: ", "))
            """
    }
}
