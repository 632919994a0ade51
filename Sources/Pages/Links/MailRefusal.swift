import Tasks
import Wording

/// The page of who wants no mails any more, or mails again.
struct MailRefusal<Settings: ReminderSettingsStore>: Sendable {
    let visit: LinkVisit
    let settings: Settings

    private var say: ReaderLocale { visit.say }

    /// A POST without a word of its own refuses mails: that is what mail providers send (RFC 8058).
    func page() async throws -> LinkPage {
        if visit.isReading {
            let now = try await settings.reminderSettings(
                of: visit.link.userID,
                in: visit.link.locationID
            )
            return now.refusesMail ? refused : question
        }
        let refuses = visit.form["mail"] != "again"
        let changed = try await settings.changeReminderSettings(
            of: visit.link.userID,
            in: visit.link.locationID,
            by: AuditAuthor(door: .api, userID: visit.link.userID, tokenID: nil),
            isTrial: false,
            at: visit.now
        ) { settings in settings.refusesMail = refuses }
        if changed == nil { return .broken(say) }
        return refuses ? refused : resumed
    }

    private var question: LinkPage {
        visit.page(
            .stopMailsTitle,
            """
            <p>\(say(.stopMailsExplained(visit.location)))</p>
            \(visit.form(#"<button class="main">\#(say(.stopMails))</button>"#))
            """
        )
    }

    private var refused: LinkPage {
        let button: HTML = """
            <button name="mail" value="again">\(say(.mailsAgain))</button>
            """
        return visit.page(
            .mailsStopped,
            "<p>\(say(.mailsStoppedExplained(visit.location)))</p>\(visit.form(button))"
        )
    }

    private var resumed: LinkPage {
        visit.page(
            .mailsResumed,
            "<p>\(say(.mailsResumedExplained(visit.location)))</p>"
        )
    }
}
