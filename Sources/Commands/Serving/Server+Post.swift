import Delivery
import Storage

/// What people are told.
extension Server {
    /// Makes what sends reminders by mail and SMS.
    static func makeReminderPost(_ settings: ServeSettings) -> ReminderPost {
        ReminderPost(
            mail: settings.post.mail.route?.makePost(),
            sms: settings.post.sms.gateway.map { SMSSender($0) },
            links: settings.post.publicURL.map { url in
                NoticeLinks(publicURL: url, signer: settings.webhooks.key.map { LinkSigner($0) })
            }
        )
    }
}
