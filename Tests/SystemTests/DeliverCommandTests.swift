import Foundation
import Glibc
import Testing

/// Mails that a real mail server takes, by STARTTLS and with a password, or refuses.
struct DeliverCommandTests {
    /// A mail server that notes what it takes, one JSON object a line.
    private static let program = """
        import base64, email, email.policy, json, socketserver, ssl, sys
        notes, port_file, certificate, word = sys.argv[1:]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        class Session(socketserver.BaseRequestHandler):
            def say(self, text): self.request.sendall(text.encode() + bytes([13, 10]))
            def line(self): return self.lines.readline().decode().strip()
            def handle(self):
                self.lines = self.request.makefile("rb")
                note = {"tls": False, "user": None}
                self.say("220 ready")
                while command := self.line():
                    verb, _, rest = command.partition(" ")
                    if verb == "EHLO":
                        self.say("250-here")
                        self.say("250 AUTH PLAIN" if note["tls"] else "250 STARTTLS")
                    elif verb == "STARTTLS":
                        self.say("220 go")
                        self.request = context.wrap_socket(self.request, server_side=True)
                        self.lines = self.request.makefile("rb")
                        note["tls"] = True
                    elif verb == "AUTH":
                        text = rest.removeprefix("PLAIN").strip()
                        if not text:
                            self.say("334 ")
                            text = self.line()
                        _, user, given = base64.b64decode(text).decode().split(chr(0))
                        note["user"] = user if given == word else None
                        self.say("235 welcome" if given == word else "535 no")
                    elif verb in ("MAIL", "RCPT"):
                        note[verb] = rest
                        self.say("250 so be it" if note["user"] else "530 who are you")
                    elif verb == "DATA":
                        self.say("354 go")
                        lines = []
                        while (line := self.lines.readline()) != bytes([46, 13, 10]):
                            lines.append(line)
                        mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                        for name in ("plain", "html"):
                            note[name] = mail.get_body((name,)).get_content()
                        for name in ("From", "To", "Subject", "Message-ID"):
                            note[name] = str(mail[name])
                        note["defects"] = len(mail.defects)
                        with open(notes, "a") as file: file.write(json.dumps(note) + chr(10))
                        self.say("250 taken")
                    elif verb == "QUIT":
                        return self.say("221 farewell")
                    else: self.say("500 what")
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        with open(port_file, "w") as file: file.write(str(server.server_address[1]) + chr(10))
        server.serve_forever()
        """

    private let deployment: Deployment
    private let notes: String
    private let portFile: String
    private let certificate: String
    private let passwordFile: String

    init() throws {
        deployment = try Deployment()
        notes = try deployment.file(holding: "")
        portFile = try deployment.file(holding: "")
        certificate = try deployment.file(holding: LoopbackCertificate.text)
        passwordFile = try deployment.file(holding: "open sesame\n")
    }

    /// Runs a mail server while a closure does, which is given the options that name it.
    private func withMailServer(_ body: ([String]) async throws -> Void) async throws {
        _ = try await deployment.demo()
        let receiver = ChildProcess([
            "/usr/bin/python3", "-c", Self.program, notes, portFile, certificate, "open sesame",
        ])
        try receiver.start()
        defer {
            kill(receiver.id, SIGKILL)
            receiver.wait()
        }
        let waiting = try await deployment.serve()
        let port = try await waiting.lines(of: portFile, count: 1)[0]
        try await waiting.stop()
        try await body([
            "--smtp", "smtp://ana%40example.com@127.0.0.1:\(port)", "--smtp-password-file",
            passwordFile, "--mail-from", "Zoë's office <tasks@example.com>",
        ])
    }

    @Test func `a mail goes by STARTTLS, with the password, from the server that runs`()
        async throws
    {
        try await withMailServer { options in
            let server = try await deployment.serve(
                options,
                environment: ["SSL_CERT_FILE": certificate]
            )
            let output = try await deployment.output(
                of: "deliver",
                "test",
                "--to",
                "ben@example.com"
            )
            #expect(output == "sent")
            // The server sends what the demo's people are reminded of besides.
            let taken = try String(contentsOfFile: notes, encoding: .utf8).split(separator: "\n")
                .map { try JSONDecoder().decode(NotedMail.self, from: Data($0.utf8)) }
            let mail = try #require(taken.first { $0.plain.contains("This is a test") })
            #expect(mail.tls)
            #expect(mail.user == "ana@example.com")
            #expect(mail.sender.hasPrefix("FROM:<tasks@example.com>"))
            #expect(mail.recipient.hasPrefix("TO:<ben@example.com>"))
            #expect(mail.from == "Zoë's office <tasks@example.com>")
            #expect(mail.to == "ben@example.com")
            #expect(mail.html.contains("<p>This is a test"))
            #expect(mail.defects == 0)
            try await server.stop()
        }
    }

    @Test func `what a mail server says no to is told`() async throws {
        try await withMailServer { options in
            // Nobody vouches for the certificate.
            let stranger = try await deployment.run(
                ["deliver", "test", "--to", "ben@example.com"] + options
            )
            #expect(stranger.status == 69)
            #expect(stranger.errors.contains("certificate"), "\(stranger.errors)")
            let wrong = try deployment.file(holding: "wrong")
            let denied = try await deployment.run(
                ["deliver", "test", "--to", "ben@example.com"]
                    + options.map { $0 == passwordFile ? wrong : $0 },
                environment: ["SSL_CERT_FILE": certificate]
            )
            #expect(denied.status == 69)
            #expect(denied.errors.contains("Login denied"), "\(denied.errors)")
            let notes = try String(contentsOfFile: notes, encoding: .utf8)
            #expect(notes.isEmpty)
        }
    }

    @Test(arguments: [
        ([], "no SMS gateway"), (["--sms-url", "http://127.0.0.1:1"], "--sms-form"),
        (["--sms-url", "sms://a", "--sms-form", "To={to}&Body={text}"], "no address"),
        (["--sms-url", "http://127.0.0.1:1", "--sms-form", "To={to}"], "no {text}"),
        (["--sms-url", "http://127.0.0.1:1", "--sms-form", "To={to}&Body={text}"], "connect"),
    ])
    func `what is wrong with the SMS gateway is told`(
        options: [String],
        reason: String
    ) async throws {
        _ = try await deployment.demo()
        let result = try await deployment.run(
            ["deliver", "test", "--to", "+15550123"] + options
        )
        #expect(result.status != 0)
        #expect(result.errors.contains(reason), "\(result.errors)")
    }

    @Test(arguments: [
        (["--smtp", "http://a"], "smtp://"), (["--smtp", "smtp://a"], "--mail-from"),
        (["--smtp", "smtp://a", "--mail-from", "x"], "no address"), ([], "no mail server"),
    ])
    func `what is wrong with the settings is told`(
        options: [String],
        reason: String
    ) async throws {
        _ = try await deployment.demo()
        let result = try await deployment.run(
            ["deliver", "test", "--to", "ben@example.com"] + options
        )
        #expect(result.status != 0)
        #expect(result.errors.contains(reason), "\(result.errors)")
    }
}

/// A mail as the mail server of the tests noted it.
private struct NotedMail: Decodable {
    let tls: Bool
    let user: String
    let sender: String
    let recipient: String
    let from: String
    let to: String
    let plain: String
    let html: String
    let defects: Int

    enum CodingKeys: String, CodingKey {
        case tls, user, plain, html, defects
        case sender = "MAIL"
        case recipient = "RCPT"
        case from = "From"
        case to = "To"
    }
}
