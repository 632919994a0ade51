import Recurrence
import Tasks
import Wording

/// A notice as a mail says it, in plain text and in HTML.
struct NoticeLetter: Sendable {
    let words: NoticeWords
    /// None where the deployment has no address that people reach.
    let links: NoticeLinks?

    var notice: ReminderNotice { words.notice }
    var say: ReaderLocale { words.say }
    var isDigest: Bool { notice.key.cause == .digest }

    /// By which the receiver gets no more mails.
    var refusalLink: String? { links?.refusal(of: notice) }

    /// A digest's tasks with their headings.
    var groups: [(heading: Phrase, tasks: [NoticeTask])] {
        let late = notice.tasks.filter(\.isOverdue)
        let today = notice.tasks.filter { !$0.isOverdue }
        return [(.lateTasks, late), (.dueToday, today)].filter { !$0.1.isEmpty }
    }

    /// A digest's line about a task: when, where it is not only a time of today.
    func shortWhen(_ task: NoticeTask) -> String {
        let isToday = task.dueLocal.date == notice.localNow.date
        if isToday { return task.isAllDay ? say(.allDay) : say.time(task.dueLocal) }
        return words.when(task)
    }

    // MARK: Plain text

    var plain: String {
        var lines = isDigest ? digestLines : notice.tasks.flatMap { taskLines($0) }
        lines += ["", "-- ", words.reason]
        if links != nil, refusalLink != nil {
            lines.append(say(.linksAreYours))
            if let refusalLink { lines.append("\(say(.noMoreMails)): \(refusalLink)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func taskLines(_ task: NoticeTask) -> [String] {
        var lines = [words.title(of: task), words.fullWhen(task)]
        if let name = task.assignedBy { lines.append(say(.assigned(by: name))) }
        if let contact = words.contact(of: task) { lines.append(contact) }
        let body = words.body(of: task)
        if !body.isEmpty { lines += ["", body] }
        guard let links else { return lines }
        lines.append("")
        for (deed, phrase) in words.deeds(for: task) {
            if let link = links.link(deed, task, in: notice) { lines += ["\(say(phrase)):", link] }
        }
        return lines + ["\(say(.openTask)):", links.page(of: task)]
    }

    private var digestLines: [String] {
        var lines = [say.dayOfYear(notice.localNow.date).capitalizedFirst, words.counts]
        for (heading, tasks) in groups {
            lines += ["", say(heading).uppercased()]
            for task in tasks {
                let facts = [shortWhen(task), words.title(of: task)]
                lines.append("* " + facts.joined(separator: "  "))
                if let contact = words.contact(of: task) { lines.append("  \(contact)") }
                if let links {
                    let done = links.link(.complete, task, in: notice)
                    if let done { lines.append("  \(say(.done)): \(done)") }
                    lines.append("  \(say(.openTask)): \(links.page(of: task))")
                }
            }
        }
        if notice.furtherTasks > 0 {
            lines += ["", say(.furtherTasks(notice.furtherTasks))]
        }
        return lines
    }
}
