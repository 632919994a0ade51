import Tasks

/// Sends mails through one server, on connections that are kept for further mails.
package struct MailSender: Sendable {
    private let server: MailServer
    private let timeout: Duration
    private let loop = CurlLoop(crowdLimit: Self.connectionLimit)

    /// How many mails are under way at a time; mail servers refuse whoever has many connections.
    private static var connectionLimit: Int { 16 }

    /// - Parameters:
    ///   - server: The server.
    ///   - timeout: How long the sending of one mail may take once it has begun.
    package init(_ server: MailServer, timeout: Duration = .seconds(20)) {
        self.server = server
        self.timeout = timeout
    }

    /// Sends a mail.
    ///
    /// It is refused for good where the server refuses this mail or its recipient, with a status of
    /// 500 or more. Where it does not know or like the sender, whoever runs this server can mend that.
    package func send(_ mail: RenderedMail) async -> ReminderAnswer {
        let outcome = await loop.carryOut { [server, timeout] in
            CurlRequest(mail, by: server, timeout: timeout)
        }
        let said = AnswerText.line(outcome.text)
        guard let failure = outcome.failure else { return .taken(said) }
        let isRefusal = outcome.status >= 400 && !said.isEmpty && !outcome.isLoginDenied
        let isOfSender = outcome.detail.hasPrefix("MAIL failed")
        return .refused(
            isRefusal ? said : failure,
            isFinal: isRefusal && outcome.status >= 500 && !isOfSender
        )
    }
}

/// What is kept of what a receiver says.
enum AnswerText {
    /// The text on one line, of at most 200 characters.
    static func line(_ bytes: [UInt8]) -> String {
        let words = HeaderText.oneLine(String(decoding: bytes, as: UTF8.self))
            .split(separator: " ", omittingEmptySubsequences: true)
        return String(words.joined(separator: " ").prefix(200))
    }
}
