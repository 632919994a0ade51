import Recurrence
import Tasks
import Wording

/// What a notice says in its receiver's language, whichever way it goes.
struct NoticeWords: Sendable {
    let notice: ReminderNotice
    let say: ReaderLocale

    /// Characters of a title in a subject, and of a title and a body in a letter.
    private static var subjectLimit: Int { 120 }
    private static var titleLimit: Int { 300 }
    private static var bodyLimit: Int { 600 }
    /// After how many seconds something that was due counts as overdue.
    private static var lateAfter: Int64 { 900 }

    init(_ notice: ReminderNotice) {
        self.notice = notice
        say = ReaderLocale(tag: notice.recipient.locale ?? "en")
    }

    /// The line that a mail's list shows.
    var subject: String {
        let today = notice.localNow.date
        guard notice.key.cause != .digest, let task = notice.tasks.first else {
            let day = say.dayOfYear(today).capitalizedFirst
            return "\(day): \(counts)".withPlainSpaces
        }
        let title = Self.shortened(HeaderText.oneLine(title(of: task)), to: Self.subjectLimit)
        let lead = lead(of: task)
        let named = lead == .reminder ? title : "\(say(lead)): \(title)"
        return "\(named) - \(when(task))".withPlainSpaces
    }

    /// How much a digest has: `5 tasks, 2 overdue`.
    var counts: String {
        let count = notice.tasks.count + notice.furtherTasks
        let late = notice.tasks.count { $0.isOverdue }
        let counts = [say(.taskCount(count))] + (late > 0 ? [say(.lateCount(late))] : [])
        return counts.joined(separator: ", ")
    }

    /// What a notice of a task is: a reminder, an overdue or a new task.
    func lead(of task: NoticeTask) -> Phrase {
        if notice.key.cause == .assignment { return .newTask }
        return isLate(task) ? .lateTask : .reminder
    }

    /// Whether a task is overdue, and not only due at this moment.
    func isLate(_ task: NoticeTask) -> Bool {
        let seconds = notice.localNow.secondsSince1970 - task.dueLocal.secondsSince1970
        return task.isOverdue && (task.isAllDay || seconds > Self.lateAfter)
    }

    func title(of task: NoticeTask) -> String {
        Self.shortened(task.title.trimmingWhitespace, to: Self.titleLimit)
    }

    /// The beginning of what else is said of a task.
    func body(of task: NoticeTask) -> String {
        Self.shortened(task.body.trimmingWhitespace, to: Self.bodyLimit)
    }

    /// When a task is due, as it is nearest: `Today, 9:00 AM`, or `Thu, Dec 3, 9:00 AM`.
    func when(_ task: NoticeTask) -> String {
        let day = say.nearDay(task.dueLocal.date, from: notice.localNow.date).capitalizedFirst
        return task.isAllDay ? day : "\(day), \(say.time(task.dueLocal))"
    }

    /// When a task is due in full, as it reads on any day.
    func fullWhen(_ task: NoticeTask) -> String {
        let date = task.dueLocal.date
        let isThisYear = date.components.year == notice.localNow.date.components.year
        let day = (isThisYear ? say.dayOfYear(date) : say.longDay(date)).capitalizedFirst
        return "\(day) · " + (task.isAllDay ? say(.allDay).lowercased() : say.time(task.dueLocal))
    }

    /// The contact's name and number, as far as there are any.
    func contact(of task: NoticeTask) -> String? {
        let parts = [task.contactName, task.contactPhone].compactMap { $0 }.filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }

    /// What can be done about a task by a link.
    func deeds(for task: NoticeTask) -> [(deed: ReminderLink.Deed, phrase: Phrase)] {
        [
            (.complete, .markDone), (.snoozeHour, .inAnHour), (.snoozeTomorrow, .tomorrowAtNine),
        ] + (task.isRecurring ? [(.skip, .skipThisTime)] : [])
    }

    /// Why the receiver gets the notice.
    var reason: String {
        say(
            notice.key.cause == .digest
                ? .whyDigest(notice.locationName) : .whyTask(notice.locationName)
        )
    }

    /// A text of at most so many characters, cut between words where there is one near.
    private static func shortened(_ text: String, to limit: Int) -> String {
        guard text.count > limit else { return text }
        let kept = text.prefix(limit - 1)
        let end = kept.lastIndex { $0.isWhitespace }
        let isNear = end.map { kept.distance(from: $0, to: kept.endIndex) <= 30 } ?? false
        return String(isNear ? kept[..<(end ?? kept.endIndex)] : kept) + "…"
    }
}

extension String {
    /// The text with usual spaces where there are others, so that short ones stay ASCII.
    fileprivate var withPlainSpaces: String { replacing("\u{a0}", with: " ") }
}
