package import Recurrence

/// Decides what becomes of occurrences that are asked for in ascending order.
///
/// It comes to what ``SeriesCourse/planned(_:ordinal:)`` does, but counts whose turn it is from the
/// occurrence before, in place of from the series' start.
package struct AscendingCourse {
    private let course: SeriesCourse
    /// The occurrences that come after the one that was asked for last, with its place and its slot.
    private var walk: (rest: AnyIterator<Occurrence>, ordinal: Int, slot: LocalDateTime)?

    /// From how far ahead an occurrence is counted from the start after all.
    private static let longestWalk = 500

    package init(of course: SeriesCourse) {
        self.course = course
    }

    package mutating func planned(_ occurrence: Occurrence) -> PlannedOccurrence {
        guard course.series.policies.rotation?.by == .occurrence else {
            return course.planned(occurrence)
        }
        return course.planned(occurrence, ordinal: ordinal(of: occurrence.recurrenceID))
    }

    private mutating func ordinal(of slot: LocalDateTime) -> Int? {
        if let ordinal = ordinal(walkingTo: slot) { return ordinal }
        walk = course.set.ordinal(of: slot).map { ordinal in
            (AnyIterator(course.set.occurrences(after: slot).makeIterator()), ordinal, slot)
        }
        return walk?.ordinal
    }

    private mutating func ordinal(walkingTo slot: LocalDateTime) -> Int? {
        guard var walk, walk.slot <= slot else { return nil }
        for _ in 0..<Self.longestWalk where walk.slot < slot {
            guard let next = walk.rest.next() else { return nil }
            walk.ordinal += 1
            walk.slot = next.recurrenceID
        }
        self.walk = walk
        return walk.slot == slot ? walk.ordinal : nil
    }
}

extension SeriesCourse {
    /// Decides what becomes of occurrences in ascending order.
    package func planned(ascending occurrences: [Occurrence]) -> [PlannedOccurrence] {
        var course = AscendingCourse(of: self)
        return occurrences.map { course.planned($0) }
    }
}
