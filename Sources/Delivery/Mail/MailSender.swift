import Tasks

/// Sends mails through one server.
package struct MailSender: Sendable {
    private let server: MailServer
    private let timeout: Duration
    private let loop = CurlLoop()

    /// - Parameters:
    ///   - server: The server.
    ///   - timeout: How long the sending of one mail may take.
    package init(_ server: MailServer, timeout: Duration = .seconds(30)) {
        self.server = server
        self.timeout = timeout
    }

    /// Sends a mail.
    ///
    /// - Returns: `sent`, or why the server did not take it.
    package func send(_ mail: RenderedMail) async -> MailAnswer {
        let answer = await loop.carryOut { [server, timeout] in
            CurlRequest(mail, by: server, timeout: timeout)
        }
        return answer.isSuccess ? .taken : .refused(answer.text)
    }
}

/// What came of the sending of a mail.
package enum MailAnswer: Hashable, Sendable {
    case taken
    case refused(String)
}
