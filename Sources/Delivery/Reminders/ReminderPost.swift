import Crypto
import Recurrence
package import Tasks
import Wording

/// Writes what people are told, and sends it by mail and as text messages.
package struct ReminderPost: ReminderSender {
    private let mail: MailRoute?
    private let sms: SMSSender?
    private let links: NoticeLinks?

    /// A mail server, and whose name the mails have.
    package struct MailRoute: Sendable {
        package let sender: MailSender
        package let from: MailAddress

        package init(sender: MailSender, from: MailAddress) {
            self.sender = sender
            self.from = from
        }
    }

    /// - Parameters:
    ///   - mail: By which mails go; none where no mail is sent.
    ///   - sms: By which text messages go, likewise.
    ///   - links: The links of notices; none where people reach no page.
    package init(mail: MailRoute?, sms: SMSSender?, links: NoticeLinks?) {
        self.mail = mail
        self.sms = sms
        self.links = links
    }

    package func canSend(by way: ReminderWay) -> Bool {
        switch way {
        case .email: mail != nil
        case .sms: sms != nil
        case .webhook, .page, .call: false
        }
    }

    package func knowsRepeats(by way: ReminderWay) -> Bool {
        switch way {
        case .email: true
        case .sms: sms?.knowsRepeats ?? false
        case .webhook, .page, .call: false
        }
    }

    package func send(_ notice: ReminderNotice, by way: ReminderWay) async -> ReminderAnswer {
        switch way {
        case .email: await sendMail(notice)
        case .sms: await sendText(notice)
        case .webhook, .page, .call: .refused("goes neither by mail nor by SMS", isFinal: true)
        }
    }

    private func sendMail(_ notice: ReminderNotice) async -> ReminderAnswer {
        guard let mail else { return .refused("no mail server is set up", isFinal: true) }
        guard let message = message(of: notice, from: mail.from) else {
            return .refused("the person has no mail address", isFinal: true)
        }
        return await mail.sender.send(message.rendered)
    }

    private func sendText(_ notice: ReminderNotice) async -> ReminderAnswer {
        guard let sms else { return .refused("no SMS gateway is set up", isFinal: true) }
        guard let number = notice.recipient.phone.flatMap({ PhoneNumber($0) }) else {
            return .refused("the person has no phone number", isFinal: true)
        }
        let text = text(of: notice)
        let answer = await sms.send(
            SMSMessage(to: number, text: text.text, id: notice.key.name)
        )
        if case .taken(let said) = answer, text.isShortened {
            return .taken("\(said) (the text was shortened)")
        }
        return answer
    }

    /// The mail that a notice is; nil where its receiver has no address.
    package func message(of notice: ReminderNotice, from: MailAddress) -> MailMessage? {
        guard let email = notice.recipient.email, var to = MailAddress(email) else { return nil }
        to.name = notice.recipient.name
        let letter = NoticeLetter(words: NoticeWords(notice), links: links)
        var fields = [(name: "Auto-Submitted", value: "auto-generated")]
        if let link = letter.refusalLink {
            // RFC 8058: one click, and no more mails.
            fields += [
                ("List-Unsubscribe", "<\(link)>"),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ]
        }
        return MailMessage(
            from: from,
            to: to,
            subject: letter.words.subject,
            plain: letter.plain,
            html: letter.html.text,
            id: "\(notice.key.name)@\(from.domain)",
            date: notice.now,
            fields: fields
        )
    }

    /// The text message that a notice is.
    package func text(of notice: ReminderNotice) -> ShortText {
        let words = NoticeWords(notice)
        guard notice.key.cause != .digest, let task = notice.tasks.first else {
            return ShortText(words.subject)
        }
        let lead = words.lead(of: task)
        let named = lead == .reminder ? "" : "\(words.say(lead)): "
        return ShortText(
            named + task.title,
            end: " - \(words.when(task))",
            extra: words.contact(of: task).map { ". \($0)" } ?? "",
            link: links.map { $0.link(.choose, task, in: notice) ?? $0.page(of: task) }
        )
    }
}

extension ReminderKey {
    /// What a reminder is called at every attempt, and no other one is.
    var name: String {
        let cause =
            switch cause {
            case .due(let seconds): "due \(seconds)"
            case .assignment: "assignment"
            case .digest: "digest"
            }
        let parts = [
            locationID.rawValue, taskID.map { "\($0.rawValue)" } ?? "", "\(userID.rawValue)",
            way.rawValue, cause, "\(plannedAt.microseconds)",
        ]
        let digest = SHA256.hash(data: Array(parts.joined(separator: "\n").utf8))
        let digits = digest.prefix(16).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return "reminder." + digits.joined()
    }
}
