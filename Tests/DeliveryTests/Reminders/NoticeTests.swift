import Delivery
import Recurrence
import Tasks
import Testing

/// What reminders say, in whichever language and form.
struct NoticeTests {
    @Test func `a reminder tells the task, when it is due, and whom to call`() throws {
        let mail = try NoticeSamples.mail(NoticeSamples.notice([NoticeSamples.task()]))
        #expect(mail.subject == "Call Stacy - Today, 9:00 AM")
        #expect(mail.to.address == "ana@example.com")
        #expect(mail.to.name == "Ana López")
        for part in [mail.plain, mail.html] {
            for text in [
                "Call Stacy", "Monday, November 30 · 9:00\u{a0}AM", "Ask about the offer.",
                "Zoë Ortiz", "+1 (555) 010-0199", "https://tasks.example.com/tasks/1001",
                "Acme Realty", "Stop these mails",
            ] {
                #expect(part.contains(text), "\(text)")
            }
        }
        #expect(mail.html.contains("href=\"tel:+15550100199\""))
        #expect(!mail.html.contains("<script"))
        #expect(!mail.html.contains("<img"))
    }

    @Test(arguments: [
        ("es-MX", "Llamar - Hoy, 9:00 a. m.", "Lunes, 30 de noviembre · 9:00\u{a0}a. m."),
        ("es-ES", "Llamar - Hoy, 9:00", "Lunes, 30 de noviembre · 9:00"),
        ("en-GB", "Llamar - Today, 9:00", "Monday, 30 November · 9:00"),
        ("fr-FR", "Llamar - Today, 9:00", "Monday, 30 November · 9:00"),
        (nil, "Llamar - Today, 9:00 AM", "Monday, November 30 · 9:00\u{a0}AM"),
    ])
    func `days and times are said in the receiver's form`(
        locale: String?,
        subject: String,
        when: String
    ) throws {
        let notice = try NoticeSamples.notice([NoticeSamples.task("Llamar")], locale: locale)
        let mail = try NoticeSamples.mail(notice)
        #expect(mail.subject == subject)
        #expect(mail.plain.contains(when))
        let isSpanish = locale?.hasPrefix("es") ?? false
        #expect(mail.plain.contains("Marcar como hecha") == isSpanish)
        #expect(mail.html.contains(isSpanish ? "<html lang=\"es\">" : "<html lang=\"en\">"))
    }

    @Test func `a task that is overdue, new or for a whole day is told as such`() throws {
        var late = try NoticeSamples.task(due: NoticeSamples.local(28, 9))
        late.isOverdue = true
        let overdue = try NoticeSamples.notice([late], cause: .due(offsetSeconds: 172_800))
        #expect(
            try NoticeSamples.mail(overdue).subject == "Overdue: Call Stacy - Sat, Nov 28, 9:00 AM"
        )
        var new = try NoticeSamples.task(due: NoticeSamples.local(3, 14, month: 12))
        new.assignedBy = "Ben <Carter>"
        let assigned = try NoticeSamples.mail(NoticeSamples.notice([new], cause: .assignment))
        #expect(assigned.subject == "New task: Call Stacy - Thu, Dec 3, 2:00 PM")
        #expect(assigned.html.contains("From Ben &lt;Carter&gt;"))
        #expect(assigned.plain.contains("From Ben <Carter>"))
        var whole = try NoticeSamples.task(due: NoticeSamples.local(1, 0, month: 12))
        whole.isAllDay = true
        let mail = try NoticeSamples.mail(NoticeSamples.notice([whole]))
        #expect(mail.subject == "Call Stacy - Tomorrow")
        #expect(mail.plain.contains("Tuesday, December 1 · all day"))
    }

    @Test func `a task that is due at this moment is not called overdue`() throws {
        var task = try NoticeSamples.task()
        task.isOverdue = true
        let mail = try NoticeSamples.mail(NoticeSamples.notice([task]))
        #expect(!mail.subject.contains("Overdue"))
    }

    @Test func `links do what they say, for their user and task, for seven days`() throws {
        let mail = try NoticeSamples.mail(NoticeSamples.notice([NoticeSamples.task()]))
        for part in [mail.plain, mail.html] {
            let links = try NoticeSamples.links(in: part)
            #expect(
                links.map(\.deed)
                    == [.complete, .snoozeHour, .snoozeTomorrow, .skip, .refuseMail]
            )
            for link in links.dropLast() {
                #expect(link.locationID == NoticeSamples.locationID)
                #expect(link.userID.rawValue == 1)
                #expect(link.taskID?.rawValue == 1001)
                #expect(try link.dueLocal == NoticeSamples.local(30, 9))
                #expect(
                    link.expiresAt == NoticeSamples.now.advanced(by: .seconds(7 * 86_400))
                )
            }
        }
        var single = try NoticeSamples.task()
        single.isRecurring = false
        let plain = try NoticeSamples.mail(NoticeSamples.notice([single])).plain
        #expect(try !NoticeSamples.links(in: plain).contains { $0.deed == .skip })
    }

    @Test func `without a key, or an address of the page, there are no such links`() throws {
        let notice = try NoticeSamples.notice([NoticeSamples.task()])
        let unsigned = try NoticeSamples.mail(notice, from: NoticeSamples.post(signs: false))
        #expect(unsigned.html.contains("https://tasks.example.com/tasks/1001"))
        #expect(!unsigned.html.contains("/r?"))
        #expect(!unsigned.fields.contains { $0.name.hasPrefix("List-Unsubscribe") })
        let bare = try NoticeSamples.mail(notice, from: NoticeSamples.post(publicURL: nil))
        #expect(!bare.html.contains("href=\"http"))
        #expect(!bare.plain.contains("http"))
    }

    @Test func `one click ends the mails`() throws {
        let mail = try NoticeSamples.mail(NoticeSamples.notice([NoticeSamples.task()]))
        let fields = Dictionary(mail.fields.map { ($0.name, $0.value) }) { first, _ in first }
        #expect(fields["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click")
        #expect(fields["Auto-Submitted"] == "auto-generated")
        let field = try #require(fields["List-Unsubscribe"])
        #expect(field.hasPrefix("<https://tasks.example.com/r?") && field.hasSuffix(">"))
        let link = try #require(try NoticeSamples.links(in: field).first)
        #expect(link.deed == .refuseMail)
        #expect(link.taskID == nil)
        #expect(link.expiresAt > NoticeSamples.now.advanced(by: .seconds(30 * 86_400)))
    }

    @Test func `a mail is called by its key alone`() throws {
        let notice = try NoticeSamples.notice([NoticeSamples.task()])
        let mail = try NoticeSamples.mail(notice)
        var again = notice
        again.now = notice.now.advanced(by: .seconds(3600))
        again.tasks[0].title = "Call Stacy again"
        #expect(try NoticeSamples.mail(again).id == mail.id)
        #expect(mail.id.hasPrefix("reminder.") && mail.id.hasSuffix("@example.com"))
        var others = Array(repeating: notice, count: 6)
        others[0].key.locationID = LocationID("Zq3TnB7cWx5LkD9vRy1M")
        others[1].key.taskID = Identifier(1002)
        others[2].key.userID = Identifier(2)
        others[3].key.way = .sms
        others[4].key.cause = .due(offsetSeconds: -3600)
        others[5].key.plannedAt = NoticeSamples.now.advanced(by: .seconds(1))
        let ids = try Set(others.map { try NoticeSamples.mail($0).id } + [mail.id])
        #expect(ids.count == 7)
    }

    @Test func `what people write is markup nowhere, and no field`() throws {
        let evil = "</h1><script>alert(1)</script>\r\nBcc: eve@example.com"
        var task = try NoticeSamples.task(evil)
        task.body = evil
        task.contactName = evil
        task.contactPhone = "\"><script>"
        for cause in [ReminderCause.due(offsetSeconds: 0), .digest] {
            var notice = try NoticeSamples.notice([task], cause: cause)
            notice.locationName = evil
            notice.recipient.name = evil
            let mail = try NoticeSamples.mail(notice)
            #expect(!mail.html.contains("<script"))
            let text = String(decoding: mail.rendered.bytes, as: UTF8.self)
            #expect(!text.contains("\nBcc"))
        }
    }

    @Test func `long texts are cut between words`() throws {
        let word = "counting "
        var task = try NoticeSamples.task(String(repeating: word, count: 100))
        task.body = String(repeating: word, count: 1000)
        let mail = try NoticeSamples.mail(NoticeSamples.notice([task]))
        #expect(mail.subject.hasPrefix("counting ") && mail.subject.contains("counting… - Today"))
        #expect(mail.subject.count <= 145)
        #expect(mail.plain.count < 2500)
    }

    @Test func `a digest has what is overdue, then what is due`() throws {
        var late = try NoticeSamples.task("Send papers", id: 7, due: NoticeSamples.local(27, 15))
        late.isOverdue = true
        var notice = try NoticeSamples.notice(
            [late, NoticeSamples.task(), NoticeSamples.task("Visit", id: 8)],
            cause: .digest
        )
        notice.furtherTasks = 4
        let mail = try NoticeSamples.mail(notice)
        #expect(mail.subject == "Monday, November 30: 7 tasks, 1 overdue")
        for part in [mail.plain, mail.html] {
            #expect(part.contains("and 4 more"))
            #expect(part.contains("Fri, Nov 27, 3:00\u{a0}PM"))
            let links = try NoticeSamples.links(in: part)
            #expect(links.compactMap(\.taskID?.rawValue) == [7, 1001, 8])
            let places = ["Send papers", "Call Stacy", "Visit"].map { title in
                part.ranges(of: title).last?.lowerBound
            }
            #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
        }
    }

    @Test func `who has no address, and what goes another way, is refused for good`() async throws {
        let post = try NoticeSamples.post(
            mail: "smtp://127.0.0.1:1?tls=none",
            sms: SMSSender(
                try SMSGateway(url: "http://127.0.0.1:1/", form: "a={to}{text}", user: nil)
            )
        )
        var notice = try NoticeSamples.notice([NoticeSamples.task()])
        notice.recipient.email = "no address"
        notice.recipient.phone = "x12"
        for way in ReminderWay.allCases {
            let answer = await post.send(notice, by: way)
            guard case .refused(_, isFinal: true) = answer else {
                Issue.record("\(way): \(answer)")
                continue
            }
        }
        #expect(ReminderWay.allCases.filter { post.canSend(by: $0) } == [.email, .sms])
        let none = try NoticeSamples.post()
        #expect(!ReminderWay.allCases.contains { none.canSend(by: $0) })
    }
}
