package import Recurrence
package import Tasks

/// What a person is told: values only, so that it is written without a store.
package struct ReminderNotice: Hashable, Sendable {
    /// What tells it from others; the same at every attempt.
    package var key: ReminderKey
    package var locationName: String
    package var recipient: NoticeRecipient
    /// The task; for a digest, all that is overdue and then what is due that day.
    package var tasks: [NoticeTask]
    /// How many more tasks a digest would have had.
    package var furtherTasks: Int
    /// The date-time on the recipient's clock when it was written.
    package var localNow: LocalDateTime
    package var now: Timestamp

    package init(
        key: ReminderKey,
        locationName: String,
        recipient: NoticeRecipient,
        tasks: [NoticeTask],
        furtherTasks: Int = 0,
        localNow: LocalDateTime,
        now: Timestamp
    ) {
        self.key = key
        self.locationName = locationName
        self.recipient = recipient
        self.tasks = tasks
        self.furtherTasks = furtherTasks
        self.localNow = localNow
        self.now = now
    }
}

/// Who is told.
package struct NoticeRecipient: Hashable, Sendable {
    package var id: Identifier<User>
    package var name: String
    package var email: String?
    package var phone: String?
    /// The IANA name of the zone in which times are said.
    package var timeZone: String
    /// The language tag; none where it is not known.
    package var locale: String?

    package init(_ user: DirectoryUser) {
        id = user.id
        name = user.name
        email = user.email
        phone = user.phone
        timeZone = user.timeZone
        locale = user.locale
    }
}

/// A task as a notice tells of it.
package struct NoticeTask: Hashable, Sendable {
    package var id: Identifier<TaskInstance>
    package var title: String
    package var body: String
    /// When it is due, on the recipient's clock.
    package var dueLocal: LocalDateTime
    package var isAllDay: Bool
    package var isOverdue: Bool
    package var isRecurring: Bool
    package var contactName: String?
    package var contactPhone: String?
    /// Who assigned it, in a notice of an assignment.
    package var assignedBy: String?

    package init(
        id: Identifier<TaskInstance>,
        title: String,
        body: String,
        dueLocal: LocalDateTime,
        isAllDay: Bool,
        isOverdue: Bool,
        isRecurring: Bool,
        contactName: String? = nil,
        contactPhone: String? = nil,
        assignedBy: String? = nil
    ) {
        self.id = id
        self.title = title
        self.body = body
        self.dueLocal = dueLocal
        self.isAllDay = isAllDay
        self.isOverdue = isOverdue
        self.isRecurring = isRecurring
        self.contactName = contactName
        self.contactPhone = contactPhone
        self.assignedBy = assignedBy
    }
}

/// Sends what people are told.
package protocol ReminderSender: Sendable {
    /// Whether anything can be sent by a way; mail and SMS are asked for alone.
    func canSend(by way: ReminderWay) -> Bool

    /// Whether whoever takes a notice by a way knows one that comes again; if not, a message of which
    /// nobody knows whether it was taken is not sent again.
    func knowsRepeats(by way: ReminderWay) -> Bool

    /// Sends a notice by mail or SMS; a notice that comes again has the same identifier.
    ///
    /// It is given 16 mails and 32 messages at a time at most, and answers within 20 seconds, whatever
    /// becomes of it.
    func send(_ notice: ReminderNotice, by way: ReminderWay) async -> ReminderAnswer
}

extension ReminderSender {
    package func knowsRepeats(by way: ReminderWay) -> Bool { way == .email }
}

/// What came of the sending of a notice.
package enum ReminderAnswer: Hashable, Sendable {
    /// Taken, and what the receiver said.
    case taken(String)
    /// Not taken, and why; for good where it makes no sense to try again.
    case refused(String, isFinal: Bool)
}
