import Recurrence
import Tasks

/// The identifier of an occurrence whose task is not stored: `SERIES@SLOT`.
struct OccurrenceName: Hashable {
    let seriesID: Identifier<RecurringTask>
    let slot: LocalDateTime

    init(_ slot: Slot) {
        seriesID = slot.seriesID
        self.slot = slot.recurrenceID
    }

    /// Reads a name; nothing for what is none.
    init?(_ text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let id = Identifier<RecurringTask>(written: String(parts[0])),
            !id.isOfTrial,
            case .local(let slot, 0)? =
                CalendarText(parsing: String(parts[1]), in: .extended, allowing: .localTimes)
        else { return nil }
        seriesID = id
        self.slot = slot
    }

    var text: String { "\(seriesID.rawValue)@\(slot.text(in: .extended))" }
}

/// What the path of a task names.
enum TaskAddress: Hashable {
    case task(Identifier<TaskInstance>)
    case occurrence(OccurrenceName)

    /// Reads a number, the 20 characters that HighLevel shows, or the name of an occurrence.
    ///
    /// - Throws: The refusal of what is none of them.
    init(_ text: String) throws(Problem) {
        if let id = Identifier<TaskInstance>(written: text), !id.isOfTrial {
            self = .task(id)
        } else if let name = OccurrenceName(text) {
            self = .occurrence(name)
        } else {
            throw .noRecord
        }
    }

    /// The number of the task; one that no task has where an occurrence is named.
    var id: Identifier<TaskInstance> {
        switch self {
        case .task(let id): id
        case .occurrence: Identifier(0)
        }
    }
}

extension TaskCommands {
    /// Terms on which a command means what a path names.
    func terms(_ terms: WriteTerms, of address: TaskAddress, at now: Timestamp) -> WriteTerms {
        guard case .occurrence(let name) = address else { return terms }
        var terms = terms
        terms.occurrence = storing(name.slot, of: name.seriesID, at: now)
        return terms
    }
}
