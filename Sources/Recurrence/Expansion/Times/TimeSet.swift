/// The times of a day at which a rule yields, in seconds from midnight.
///
/// What depends on the day is passed in as `phase`: the first step that falls on it, counted in
/// units from its midnight. Only a ``TimeSet/stepped(_:)`` set looks at it.
enum TimeSet {
    /// Every combination of an hour, a minute and a second.
    case product(ClockMask)
    /// Some times, ascending.
    case list([Int])
    /// Steps that do not come at the same times every day.
    case stepped(TimeSteps)

    /// The first time at or after `time`.
    func first(from time: Int, phase: Int) -> Int? {
        switch self {
        case .product(let clock): return clock.first(from: time)
        case .list(let times):
            let index = times.firstIndex(notLessThan: time)
            return index < times.count ? times[index] : nil
        case .stepped(let steps): return steps.first(from: time, phase: phase)
        }
    }

    /// The last time at or before `time`.
    func last(through time: Int, phase: Int) -> Int? {
        switch self {
        case .product(let clock): return clock.last(through: time)
        case .list(let times):
            let index = times.firstIndex(notLessThan: time + 1)
            return index > 0 ? times[index - 1] : nil
        case .stepped(let steps): return steps.last(through: time, phase: phase)
        }
    }

    /// How many times there are before `time`.
    func count(below time: Int, phase: Int) -> Int {
        switch self {
        case .product(let clock): return clock.count(below: time)
        case .list(let times): return times.firstIndex(notLessThan: time)
        case .stepped(let steps): return steps.count(below: time, phase: phase)
        }
    }

    /// The time at a place, from 0.
    func time(at ordinal: Int, phase: Int) -> Int? {
        switch self {
        case .product(let clock): return clock.time(at: ordinal)
        case .list(let times): return ordinal < times.count ? times[ordinal] : nil
        case .stepped(let steps):
            var (low, high) = (0, 86_400)
            while low < high {
                let middle = (low + high) / 2
                if steps.count(below: middle + 1, phase: phase) > ordinal {
                    high = middle
                } else {
                    low = middle + 1
                }
            }
            return low < 86_400 ? low : nil
        }
    }
}

extension [Int] {
    /// The index of the first element that is not less than a value; the elements ascend.
    func firstIndex(notLessThan value: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Tells whether a value is among the elements; the elements ascend.
    func containsAscending(_ value: Int) -> Bool {
        let index = firstIndex(notLessThan: value)
        return index < count && self[index] == value
    }
}
