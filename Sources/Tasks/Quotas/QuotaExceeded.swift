/// A change would store more than its location may.
package enum QuotaExceeded: Error, Hashable {
    /// The location has as many series as it may.
    case series(limit: Int)
    /// The location has as many open tasks as it may.
    case openTasks(limit: Int)
    /// The location has made as many tasks in this hour as it may.
    case hourlyTasks(limit: Int, retryAfterSeconds: Int)
    /// Two occurrences of the series come at a shorter time than they may, in seconds.
    case spacing(seconds: Int64, minimum: Int64)
}

extension QuotaExceeded: CustomStringConvertible {
    /// What is exceeded, as a sentence for a person.
    package var description: String {
        switch self {
        case .series(let limit):
            "The limit of recurring series in a location is \(limit): end some first"
        case .openTasks(let limit):
            "The limit of open tasks in a location is \(limit): complete some first"
        case .hourlyTasks(let limit, _):
            "The limit of tasks that a location makes in an hour is \(limit)"
        case .spacing(let seconds, let minimum):
            "has occurrences \(seconds) s apart, and \(minimum) s is the least here"
        }
    }
}
