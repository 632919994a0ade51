import Recurrence

/// Decides which stored task belongs to which occurrence when a series is changed from a task on.
///
/// If the rule stays the same, tasks keep their identity by their place in the series. If the rule
/// changes, the edited task gets the first occurrence. Any other task is kept if the new rule has
/// an occurrence at the same time, or else on the same day.
struct FollowingTasks {
    /// The occurrences that are to be stored, in order.
    let occurrences: [Occurrence]
    /// The task that each occurrence keeps.
    private(set) var tasks: [TaskInstance?]

    /// Keeps tasks by their place.
    ///
    /// - Parameters:
    ///   - tasks: The stored tasks, each with its place after the split.
    ///   - occurrences: The new occurrences within the horizon.
    ///   - set: All of the new occurrences.
    init(
        byPlace tasks: [(task: TaskInstance, place: Int)],
        among occurrences: [Occurrence],
        of set: SeriesOccurrences
    ) {
        let count = max(occurrences.count, (tasks.map(\.place).max() ?? -1) + 1)
        self.occurrences =
            count > occurrences.count ? Array(set.occurrences().prefix(count)) : occurrences
        self.tasks = Array(repeating: nil, count: self.occurrences.count)
        for (task, place) in tasks where place < self.occurrences.count {
            self.tasks[place] = task
        }
    }

    /// Keeps tasks by their time, or else by their day.
    ///
    /// The first task gets the first occurrence.
    ///
    /// - Precondition: There is an occurrence.
    init(byDay tasks: [TaskInstance], among occurrences: [Occurrence]) {
        self.occurrences = occurrences
        self.tasks = Array(repeating: nil, count: occurrences.count)
        var places: [LocalDateTime: Int] = [:]
        var placesOfDay: [CivilDate: [Int]] = [:]
        for (place, occurrence) in occurrences.enumerated() {
            places[occurrence.recurrenceID] = place
            placesOfDay[occurrence.recurrenceID.date, default: []].append(place)
        }
        self.tasks[0] = tasks.first
        var moved: [TaskInstance] = []
        for task in tasks.dropFirst() {
            if let place = task.slot.flatMap({ places[$0.recurrenceID] }), isFree(place) {
                self.tasks[place] = task
            } else {
                moved.append(task)
            }
        }
        for task in moved {
            let day = task.slot.flatMap { placesOfDay[$0.recurrenceID.date] } ?? []
            if let place = day.first(where: isFree) { self.tasks[place] = task }
        }
    }

    private func isFree(_ place: Int) -> Bool {
        tasks[place] == nil
    }
}
