import Recurrence

/// Which stored task stands for which occurrence of a series that goes on changed.
///
/// While the rule stays the same, tasks keep their identity by their place in the series. When it
/// changes, the edited task is the first occurrence, and another is kept where the new rule has an
/// occurrence at the same time, or else on the same day. A stored task that no occurrence takes is
/// left over; one that an earlier change of the rule left behind stands for nothing.
struct FollowingTasks {
    /// The occurrences that are to be stored, in order, each with the task that it keeps.
    private(set) var occurrences: [(occurrence: Occurrence, task: TaskInstance?)]
    /// The tasks that no occurrence keeps.
    private(set) var leftOver: [TaskInstance] = []

    /// Keeps tasks by their place.
    ///
    /// - Parameters:
    ///   - tasks: The stored tasks, each with its place after the split.
    ///   - occurrences: The new occurrences within the horizon.
    ///   - set: All of the new occurrences.
    init(
        byPlace tasks: [(task: TaskInstance, place: Int)],
        among occurrences: [Occurrence],
        of set: RecurrenceSet
    ) {
        let count = max(occurrences.count, (tasks.map(\.place).max() ?? -1) + 1)
        let all =
            count > occurrences.count ? Array(set.occurrences().prefix(count)) : occurrences
        self.occurrences = all.map { ($0, nil) }
        for (task, place) in tasks {
            keep(task, at: all.indices.contains(place) ? place : nil)
        }
    }

    /// Keeps tasks by their time, or else by their day; the first task is the first occurrence.
    init(byDay tasks: [TaskInstance], among occurrences: [Occurrence]) {
        self.occurrences = occurrences.map { ($0, nil) }
        var places: [LocalDateTime: Int] = [:]
        var placesOfDay: [CivilDate: [Int]] = [:]
        for (place, occurrence) in occurrences.enumerated() {
            places[occurrence.recurrenceID] = place
            placesOfDay[occurrence.recurrenceID.date, default: []].append(place)
        }
        if let first = tasks.first { keep(first, at: occurrences.isEmpty ? nil : 0) }
        var moved: [TaskInstance] = []
        for task in tasks.dropFirst() {
            if let place = task.slot.flatMap({ places[$0.recurrenceID] }), isFree(place) {
                keep(task, at: place)
            } else {
                moved.append(task)
            }
        }
        for task in moved {
            let day = task.slot.flatMap { placesOfDay[$0.recurrenceID.date] } ?? []
            keep(task, at: day.first(where: isFree))
        }
    }

    private func isFree(_ place: Int) -> Bool {
        occurrences[place].task == nil
    }

    private mutating func keep(_ task: TaskInstance, at place: Int?) {
        if let place {
            occurrences[place].task = task
        } else {
            leftOver.append(task)
        }
    }
}
