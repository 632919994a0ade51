import Delivery
import HTTPServing
import Pages
import Storage
import SystemZones
import Tasks

/// What people are told, and the pages to which its links lead.
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

    /// The pages of links, none of which is right without the key that signs them.
    static func linkMount(
        over store: SQLStore<Driver>,
        zones: SystemZones,
        settings: ServeSettings,
        clock: ServerClock,
        answer: @escaping OwnAPI.Answering
    ) -> Serving.Mount {
        let signer = settings.webhooks.key.map { LinkSigner($0) }
        let links = LinkServer(
            sessions: store.directory,
            settings: store,
            zones: zones,
            clock: clock,
            terms: settings.page,
            reading: { signer?.link(in: $0) },
            answer: answer
        )
        return Serving.Mount(prefix: type(of: links).prefix, responder: links)
    }
}
