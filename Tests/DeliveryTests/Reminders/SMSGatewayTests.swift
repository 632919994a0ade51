import Delivery
import Tasks
import Testing

/// Text messages to a gateway on loopback.
struct SMSGatewayTests {
    private func gateway(
        _ url: String = "http://127.0.0.1:1/",
        form: String = "To={to}&From=+15550100&Body={text}&Ref={id}"
    ) throws -> SMSGateway {
        try SMSGateway(url: url, form: form, user: nil)
    }

    private func form(_ text: String, form: String) throws -> String {
        let number = try #require(PhoneNumber("+1 (555) 010-0199"))
        let message = SMSMessage(to: number, text: text, id: "reminder.17")
        return String(decoding: try gateway(form: form).form(of: message), as: UTF8.self)
    }

    @Test(arguments: [
        ("Hi", "To={to}&From=+15550100&Body={text}", "To=%2B15550100199&From=%2B15550100&Body=Hi"),
        ("a&b=c d+é", "t={to}&b={text}", "t=%2B15550100199&b=a%26b%3Dc%20d%2B%C3%A9"),
        ("{to} {id}", "t={to}&b=Acme: {text}", "t=%2B15550100199&b=Acme%3A%20%7Bto%7D%20%7Bid%7D"),
        ("x", "t={to}{text}&r={id}&s=50%25&e=", "t=%2B15550100199x&r=reminder.17&s=50%2525&e="),
        ("x", "o[]={to}&b={text}=", "o%5B%5D=%2B15550100199&b=x%3D"),
    ])
    func `a form is filled in once, and then encoded`(
        text: String,
        template: String,
        form: String
    ) throws {
        #expect(try self.form(text, form: template) == form)
    }

    @Test(arguments: [
        ("http://a", ""), ("http://a", "To={to}"), ("http://a", "Body={text}"),
        ("http://a", "To={to}&Body={text}&x"), ("http://a", "To={to}&Body={text}&={id}"),
        ("http://a", "To={to}&Body={text}&x={who}"), ("a", "To={to}&Body={text}"),
        ("ftp://a", "To={to}&Body={text}"), ("http://u:p@a", "To={to}&Body={text}"),
        ("http://", "To={to}&Body={text}"), ("http://a b", "To={to}&Body={text}"),
    ])
    func `what is no gateway is refused`(url: String, form: String) {
        #expect(throws: SMSGateway.Unusable.self) {
            try SMSGateway(url: url, form: form, user: nil)
        }
    }

    @Test(arguments: [
        ("+1 (555) 010-0199", "+15550100199"), ("555.010.0199", "5550100199"), ("112", "112"),
        ("12", nil), ("", nil), ("+", nil), ("+1555x", nil), ("1234567890123456", nil),
        ("++15550100", nil), ("1+5550100", nil), ("٥٥٥٠١٠٠", nil), ("555\r\n0100", nil),
    ])
    func `a phone number is digits`(written: String, read: String?) {
        #expect(PhoneNumber(written)?.text == read)
    }

    @Test(arguments: [
        (200, "queued", ReminderAnswer.taken("200 queued")),
        (201, "{\"sid\":\r\n \"SM1\"}", .taken("201 {\"sid\": \"SM1\"}")),
        (429, "slow down", .refused("429 slow down", isFinal: false)),
        (503, "", .refused("503", isFinal: false)),
        (400, "no such number", .refused("400 no such number", isFinal: true)),
        (401, "who?", .refused("401 who?", isFinal: true)),
        (302, "", .refused("302", isFinal: true)),
    ])
    func `a gateway's answer says what becomes of a message`(
        status: Int,
        body: String,
        answer: ReminderAnswer
    ) async throws {
        let head = "HTTP/1.1 \(status) As told\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        #expect(try await self.answer(of: [head + body]) == answer)
    }

    @Test func `of a long answer the beginning is kept`() async throws {
        let part = String(repeating: "x", count: 1 << 20)
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n"
        let answer = try await answer(of: [head] + Array(repeating: part, count: 100))
        #expect(answer == .taken("200 " + String(repeating: "x", count: 196)))
    }

    @Test func `a message that may have been sent is not sent again`() async throws {
        let unknown = try await answer(of: [""])
        guard case .refused(let reason, isFinal: true) = unknown else {
            Issue.record("\(unknown)")
            return
        }
        #expect(reason.hasPrefix("the outcome is not known"))
        let numbered = try await answer(of: [""], form: "to={to}&text={text}&id={id}&x=end")
        guard case .refused(_, isFinal: false) = numbered else {
            Issue.record("\(numbered)")
            return
        }
        let receiver = try Receiver(answering: [])
        receiver.stop()
        let nobody = try await answer(from: receiver)
        guard case .refused(_, isFinal: false) = nobody else {
            Issue.record("\(nobody)")
            return
        }
    }

    @Test func `the ledger says where a text was shortened`() async throws {
        let receiver = try Receiver(
            answering: ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"],
            endingWith: "end"
        )
        defer { receiver.stop() }
        let gateway = try gateway(receiver.url, form: "to={to}&text={text}&x=end")
        let post = try NoticeSamples.post(sms: SMSSender(gateway, timeout: .seconds(5)))
        let title = String(repeating: "a", count: 300)
        let notice = try NoticeSamples.notice([NoticeSamples.task(title)], way: .sms)
        #expect(await post.send(notice, by: .sms) == .taken("200 ok (the text was shortened)"))
    }

    private func answer(
        of parts: [String],
        form: String = "to={to}&text={text}&x=end"
    ) async throws -> ReminderAnswer {
        let receiver = try Receiver(answering: parts, endingWith: "end")
        defer { receiver.stop() }
        return try await answer(from: receiver, form: form)
    }

    private func answer(
        from receiver: Receiver,
        form: String = "to={to}&text={text}&x=end"
    ) async throws -> ReminderAnswer {
        let gateway = try gateway(receiver.url, form: form)
        let number = try #require(PhoneNumber("+15550100199"))
        return await SMSSender(gateway, timeout: .seconds(5))
            .send(SMSMessage(to: number, text: "Hi", id: "1"))
    }
}
