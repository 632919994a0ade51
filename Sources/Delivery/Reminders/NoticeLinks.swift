import Recurrence
import Tasks

/// The links that notices have.
package struct NoticeLinks: Sendable {
    /// The address of the page, without a slash at its end.
    private let publicURL: String
    /// Signs the links that need no signing in; without it there are none.
    private let signer: LinkSigner?

    /// How long links are in force that do something to a task.
    package static let duration: Duration = .seconds(7 * 86_400)
    /// How long those are that refuse mails, which may be opened much later.
    package static let refusalDuration: Duration = .seconds(60 * 86_400)

    package init(publicURL: String, signer: LinkSigner?) {
        self.publicURL = publicURL
        self.signer = signer
    }

    /// The task on the page.
    func page(of task: NoticeTask) -> String { "\(publicURL)/tasks/\(task.id.rawValue)" }

    /// A link that does something to a task.
    func link(_ deed: ReminderLink.Deed, _ task: NoticeTask, in notice: ReminderNotice) -> String? {
        link(
            ReminderLink(
                locationID: notice.key.locationID,
                userID: notice.recipient.id,
                taskID: task.id,
                deed: deed,
                dueLocal: task.dueLocal,
                expiresAt: notice.now.advanced(by: Self.duration)
            )
        )
    }

    /// The link by which the receiver of a notice gets no more mails.
    func refusal(of notice: ReminderNotice) -> String? {
        link(
            ReminderLink(
                locationID: notice.key.locationID,
                userID: notice.recipient.id,
                taskID: nil,
                deed: .refuseMail,
                dueLocal: nil,
                expiresAt: notice.now.advanced(by: Self.refusalDuration)
            )
        )
    }

    // The text stands in the query, which no log of the server has.
    private func link(_ link: ReminderLink) -> String? {
        signer.map { "\(publicURL)/r?\($0.text(of: link))" }
    }
}
