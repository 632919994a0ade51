import Recurrence
import Tasks

extension ReminderNotice {
    /// What a person is told by a reminder that was taken; none if there is no such person any more.
    init?(_ claimed: ClaimedReminder, at now: Timestamp, in zones: some ZoneSource) {
        let matter = claimed.matter
        guard let location = matter.location, let user = matter.user else { return nil }
        let zone = (try? zones.zone(named: user.timeZone)) ?? .utc
        let tasks =
            matter.digest?.tasks.map { NoticeTask($0.task, $0.contact, at: now, in: zone) }
            ?? matter.facts.task.map { task in
                var notice = NoticeTask(task, matter.contact, at: now, in: zone)
                notice.assignedBy = matter.assignerName
                return [notice]
            } ?? []
        self.init(
            key: claimed.reminder.key,
            locationName: location.name,
            recipient: NoticeRecipient(user),
            tasks: tasks,
            furtherTasks: matter.digest?.furtherCount ?? 0,
            localNow: zone.localDateTime(at: now),
            now: now
        )
    }
}

extension NoticeTask {
    /// - Parameters:
    ///   - task: The task.
    ///   - contact: Its contact.
    ///   - now: The time.
    ///   - zone: The recipient's zone.
    fileprivate init(
        _ task: TaskInstance,
        _ contact: DirectoryContact?,
        at now: Timestamp,
        in zone: Zone
    ) {
        let names = [contact?.firstName, contact?.lastName].compactMap { $0 }.filter { !$0.isEmpty }
        // A day is the same on every clock.
        let dueLocal =
            task.template.isAllDay ? task.due.local : zone.localDateTime(at: task.due.timestamp)
        let isOverdue =
            task.template.isAllDay
            ? task.due.local.date < zone.localDateTime(at: now).date : task.due.timestamp < now
        self.init(
            id: task.id,
            title: task.template.title,
            body: task.template.body,
            dueLocal: dueLocal,
            isAllDay: task.template.isAllDay,
            isOverdue: isOverdue,
            isRecurring: task.slot != nil,
            contactName: names.isEmpty ? contact?.business : names.joined(separator: " "),
            contactPhone: contact?.phone
        )
    }
}
