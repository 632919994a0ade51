import Delivery
import Logging
import OpenID
import Pages
import Recurrence
import Storage
import Tasks

extension Server {
    /// Makes what asks a provider who somebody is; none where there is none.
    static func makeOpenIDClient(with settings: ServeSettings) -> OpenIDClient? {
        guard let terms = settings.page.openID, let url = settings.page.publicURL else {
            return nil
        }
        let client = WebClient()
        return OpenIDClient(
            terms: terms,
            publicURL: url,
            randomBytes: Secrets.randomBytes,
            clock: { WallClock().now },
            send: { request in
                let (status, body) = try await client.send(
                    WebExchange(
                        url: request.url,
                        form: request.form,
                        authorization: request.authorization
                    )
                )
                return ProviderAnswer(status: status, body: body)
            }
        )
    }

    /// Makes what sends links to who signs in; none where no mail can be sent, or where nobody said which
    /// address links have.
    static func makeSignInPost(
        over store: SQLStore<Driver>,
        with settings: ServeSettings,
        clock: ServerClock,
        logger: Logger
    ) -> SignInPost<SQLDirectoryStore<Driver>, ServerClock>? {
        guard let route = settings.post.mail.route, let url = settings.page.publicURL else {
            return nil
        }
        let sender = MailSender(route.server)
        return SignInPost(
            sessions: store.directory,
            clock: clock,
            wallClock: { WallClock().now },
            publicURL: url,
            randomBytes: Secrets.randomBytes,
            logger: logger,
            send: { mail in await send(mail, by: route, through: sender) }
        )
    }

    /// Sends a mail.
    ///
    /// - Returns: Why the mail server did not take it; nothing if it did.
    private static func send(
        _ mail: SignInMail,
        by route: MailSettings.Route,
        through sender: MailSender
    ) async -> String? {
        guard let to = MailAddress(mail.address) else { return "not a mail address" }
        let sentAt = WallClock().now
        let domain = route.from.address.split(separator: "@").last ?? "localhost"
        let message = MailMessage(
            from: route.from,
            to: to,
            subject: mail.subject,
            plain: mail.plain,
            html: mail.html,
            id: "sign-in.\(mail.userID.rawValue).\(sentAt.microseconds)@\(domain)",
            date: sentAt,
            // No machine answers it (RFC 3834, section 5).
            fields: [("Auto-Submitted", "auto-generated")]
        )
        switch await sender.send(message.rendered) {
        case .taken: return nil
        case .refused(let reason, isFinal: _): return reason
        }
    }
}
