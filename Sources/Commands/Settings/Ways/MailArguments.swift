import ArgumentParser
import Delivery

/// The arguments about mail, of `serve` and of the commands that send one where no server runs.
struct MailArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            The mail server, smtp://USER@HOST:PORT?tls=starttls, tls or none; by default STARTTLS \
            is required, and by smtps:// TLS. PERENNIAL_SMTP.
            """,
            valueName: "url"
        )
    )
    var smtp: String?

    @Option(
        help: ArgumentHelp(
            """
            The file with the mail server's password. PERENNIAL_SMTP_PASSWORD_FILE, or the password \
            itself in PERENNIAL_SMTP_PASSWORD.
            """,
            valueName: "path"
        )
    )
    var smtpPasswordFile: String?

    @Option(
        help: ArgumentHelp(
            """
            Who sends mails, such as 'Acme <tasks@example.com>'; needed with --smtp. \
            PERENNIAL_MAIL_FROM.
            """,
            valueName: "address"
        )
    )
    var mailFrom: String?

    /// What the settings come to.
    ///
    /// - Throws: `ValidationError` where they are not complete, or the file cannot be read.
    func settings() throws -> MailSettings {
        let url = try Setting("smtp").value(smtp, default: "")
        let from = try Setting("mail-from").value(mailFrom, default: "")
        guard !url.isEmpty else { return MailSettings(route: nil) }
        var server: MailServer
        do {
            server = try MailServer(url: url)
        } catch {
            throw ValidationError("The mail server's URL \(error.reason).")
        }
        let password = PasswordSetting("smtp", of: "The mail server's")
        server.password = try password.value(smtpPasswordFile)
        guard let address = MailAddress(from) else {
            throw ValidationError(
                from.isEmpty
                    ? "--smtp needs --mail-from." : "--mail-from cannot be '\(from)', no address."
            )
        }
        return MailSettings(route: MailSettings.Route(server: server, from: address))
    }
}

/// How a server or a command sends mails.
struct MailSettings: Sendable {
    struct Route: Sendable {
        let server: MailServer
        let from: MailAddress

        /// What sends mails, on connections of its own.
        func makePost() -> ReminderPost.MailRoute {
            ReminderPost.MailRoute(sender: MailSender(server), from: from)
        }
    }

    /// None if no mail can be sent.
    let route: Route?

    /// Those of the server that carries a command out.
    @TaskLocal static var ofServer: MailSettings?
}
