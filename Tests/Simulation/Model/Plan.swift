import JSON
import Recurrence
import Tasks

/// A step's request, and what the model expects of it.
struct PlannedRequest {
    /// The place of the location that the request may change.
    var location: Int
    var request: SimulatedRequest
    var expectation: Expectation
    var token = TokenState.valid
    /// Whether a scheduler is to do what is due before.
    ///
    /// A change of a series for which an occurrence waits is not modelled.
    var needsWorkDone = false

    enum TokenState {
        case valid
        /// It was revoked a moment ago and may be remembered.
        case maybeRevoked
        case revoked
    }
}

extension JSONObject {
    /// The object as the text of a body.
    var text: String {
        var json = JSONWriter()
        json.write(.object(self))
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

extension LocalDateTime {
    /// `2025-03-09T02:30:00`.
    var wireText: String {
        let (year, month, day) = date.components
        let (hour, minute, second) = time
        return "\(year)-\(month.twoDigits)-\(day.twoDigits)"
            + "T\(hour.twoDigits):\(minute.twoDigits):\(second.twoDigits)"
    }
}

extension Int {
    fileprivate var twoDigits: String { self < 10 ? "0\(self)" : "\(self)" }
}

extension SimulationStep.RelativeDue {
    /// The local time that is meant, seen from an instant.
    func local(from now: Timestamp, in zone: Zone) -> LocalDateTime {
        let today = zone.localDateTime(at: now).date
        return LocalDateTime(today.advanced(byDays: days), secondOfDay: secondOfDay)
    }
}

extension SimulationStep.RuleEnd {
    func end(from start: Timestamp) -> ModelRule.End {
        switch self {
        case .never: .never
        case .count(let count): .count(count)
        case .until(let days):
            .until(Timestamp(seconds: start.seconds).advanced(by: .seconds(days * 86_400)))
        }
    }
}

extension SimulationStep.Status {
    var state: TaskState {
        switch self {
        case .complete: .completed
        case .incomplete: .open
        case .deleted: .deleted
        }
    }
}

/// The horizon, as the model knows it.
enum ModelHorizon {
    static let length = Duration.days(10)
    /// How long after a move the next one may come.
    static let slack = Duration.days(1)
    /// A rule with no more occurrences is stored at once.
    private static let wholeLimit = 720

    /// The occurrences whose tasks a series begins with.
    static func first(of set: RecurrenceSet, at now: Timestamp) -> [Occurrence] {
        let head = Array(set.occurrences().prefix(wholeLimit + 1))
        guard let first = head.first, head.count > wholeLimit else { return head }
        let end = max(now, first.timestamp).advanced(by: length)
        return [first] + head.dropFirst().prefix { $0.timestamp <= end }
    }
}

extension RecurrenceSet {
    func next(afterSlot slot: LocalDateTime) -> Occurrence? {
        occurrences(after: slot).first { _ in true }
    }
}
