import Delivery
import Tasks
import Testing

/// Mails to a mail server on loopback.
struct MailSenderTests {
    private func answer(
        to recipient: String,
        from sender: String = "tasks@example.com",
        by receiver: MailReceiver
    ) async throws -> ReminderAnswer {
        let from = try #require(MailAddress(sender))
        var notice = try NoticeSamples.notice([NoticeSamples.task()])
        notice.recipient.email = recipient
        let post = ReminderPost(
            mail: ReminderPost.MailRoute(
                sender: MailSender(try MailServer(url: receiver.url), timeout: .seconds(5)),
                from: from
            ),
            sms: nil,
            links: nil
        )
        return await post.send(notice, by: .email)
    }

    @Test func `mails go over few connections, which are kept`() async throws {
        let receiver = try MailReceiver()
        defer { receiver.stop() }
        let post = try NoticeSamples.post(mail: receiver.url)
        let notice = try NoticeSamples.notice([NoticeSamples.task()])
        for _ in 0..<5 {
            #expect(await post.send(notice, by: .email) == .taken("250 2.0.0 queued as 17"))
        }
        #expect(receiver.connectionCount == 1)
        await withTaskGroup(of: ReminderAnswer.self) { group in
            for _ in 0..<200 { group.addTask { await post.send(notice, by: .email) } }
            for await answer in group { #expect(answer == .taken("250 2.0.0 queued as 17")) }
        }
        #expect(receiver.mails.count == 205)
        #expect(receiver.connectionCount <= 17)
    }

    @Test func `a person who is unknown there is refused for good`() async throws {
        let receiver = try MailReceiver()
        defer { receiver.stop() }
        let unknown = try await answer(to: "nobody@example.com", by: receiver)
        #expect(unknown == .refused("550 5.1.1 no such person", isFinal: true))
        let later = try await answer(to: "later@example.com", by: receiver)
        #expect(later == .refused("451 4.2.1 come again", isFinal: false))
        let stranger = try await answer(
            to: "ana@example.com",
            from: "stranger@example.com",
            by: receiver
        )
        #expect(stranger == .refused("550 not you", isFinal: false))
        #expect(receiver.mails.isEmpty)
    }

    @Test func `a mail server that is not there is tried again`() async throws {
        let receiver = try MailReceiver()
        receiver.stop()
        guard
            case .refused(_, isFinal: false) = try await answer(to: "a@example.com", by: receiver)
        else {
            Issue.record("It is refused for good.")
            return
        }
    }
}
