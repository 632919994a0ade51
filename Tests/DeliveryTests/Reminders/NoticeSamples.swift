import Delivery
import Foundation
import Recurrence
import Tasks
import Testing

/// Notices as the relay makes them, for Ana in Los Angeles on Monday, 2026-11-30, at nine.
struct NoticeSamples {
    static let locationID = LocationID("ve9EPM428h8vShlRW1KT")
    static let now = Timestamp(seconds: 1_796_058_000)

    static func local(_ day: Int, _ hour: Int, month: Int = 11) throws -> LocalDateTime {
        try #require(LocalDateTime(year: 2026, month: month, day: day, hour: hour))
    }

    static func task(
        _ title: String = "Call Stacy",
        id: Int64 = 1001,
        due: LocalDateTime? = nil
    ) throws -> NoticeTask {
        NoticeTask(
            id: Identifier(id),
            title: title,
            body: "Ask about the offer.",
            dueLocal: try due ?? local(30, 9),
            isAllDay: false,
            isOverdue: false,
            isRecurring: true,
            contactName: "Zoë Ortiz",
            contactPhone: "+1 (555) 010-0199"
        )
    }

    static func notice(
        _ tasks: [NoticeTask],
        cause: ReminderCause = .due(offsetSeconds: 0),
        way: ReminderWay = .email,
        locale: String? = "en-US"
    ) throws -> ReminderNotice {
        var recipient = NoticeRecipient(
            DirectoryUser(
                id: Identifier(1),
                publicID: "u1",
                name: "Ana López",
                email: "ana@example.com",
                phone: "+1 555 010 0123",
                timeZone: "America/Los_Angeles"
            )
        )
        recipient.locale = locale
        return ReminderNotice(
            key: ReminderKey(
                locationID: locationID,
                taskID: cause == .digest ? nil : tasks.first?.id,
                userID: Identifier(1),
                way: way,
                cause: cause,
                plannedAt: now
            ),
            locationName: "Acme Realty",
            recipient: recipient,
            tasks: tasks,
            localNow: try local(30, 9),
            now: now
        )
    }

    static func signer() throws -> LinkSigner {
        LinkSigner(try #require(SecretKey(fileContents: Array(repeating: 7, count: 32))))
    }

    /// A post that writes with links, and sends through a mail server if there is one.
    static func post(
        mail: String? = nil,
        sms: SMSSender? = nil,
        publicURL: String? = "https://tasks.example.com",
        signs: Bool = true
    ) throws -> ReminderPost {
        let from = try #require(MailAddress("Acme <tasks@example.com>"))
        return ReminderPost(
            mail: try mail.map { url in
                ReminderPost.MailRoute(
                    sender: MailSender(try MailServer(url: url), timeout: .seconds(5)),
                    from: from
                )
            },
            sms: sms,
            links: try publicURL.map {
                NoticeLinks(publicURL: $0, signer: signs ? try signer() : nil)
            }
        )
    }

    static func mail(_ notice: ReminderNotice, from post: ReminderPost) throws -> MailMessage {
        let from = try #require(MailAddress("Acme <tasks@example.com>"))
        return try #require(post.message(of: notice, from: from))
    }

    static func mail(_ notice: ReminderNotice) throws -> MailMessage {
        try mail(notice, from: post())
    }

    /// The links that a text has.
    static func links(in text: String) throws -> [ReminderLink] {
        let signer = try signer()
        return text.ranges(of: "https://tasks.example.com/r?").compactMap { range in
            let token = text[range.upperBound...].prefix {
                $0.isLetter || $0.isNumber || "-_".contains($0)
            }
            return signer.link(in: String(token))
        }
    }
}
