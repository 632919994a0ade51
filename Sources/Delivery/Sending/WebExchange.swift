import Synchronization
import Tasks

/// A request whose answer is read: a POST of a form, or a GET.
package struct WebExchange: Hashable, Sendable {
    package var url: String
    /// The form; none where it is a GET.
    package var form: String?
    /// The value of the field `Authorization`.
    package var authorization: String?

    package init(url: String, form: String?, authorization: String?) {
        self.url = url
        self.form = form
        self.authorization = authorization
    }
}

/// Where the body of an answer is put by the thread that reads it.
final class AnswerBox: Sendable {
    /// How many bytes of an answer are read.
    static var limit: Int { 1_048_576 }

    private let bytes = Mutex<[UInt8]>([])

    func put(_ bytes: [UInt8]) { self.bytes.withLock { $0 = bytes } }
    var content: [UInt8] { bytes.withLock { $0 } }
}

/// Asks other servers by libcurl, without following where they lead.
package struct WebClient: Sendable {
    /// Why there is no answer.
    package struct NoAnswer: Error, Hashable {
        package let reason: String
    }

    private let timeout: Duration
    private let loop = CurlLoop()

    /// - Parameter timeout: How long a request may take from beginning to end.
    package init(timeout: Duration = .seconds(10)) { self.timeout = timeout }

    /// Sends a request.
    ///
    /// - Returns: The status and the body of the answer, which has a mebibyte at most.
    /// - Throws: ``NoAnswer``.
    package func send(_ exchange: WebExchange) async throws -> (status: Int, body: [UInt8]) {
        let box = AnswerBox()
        let outcome = await loop.carryOut { [timeout] in
            CurlRequest(exchange, answeredIn: box, timeout: timeout)
        }
        if let failure = outcome.failure { throw NoAnswer(reason: failure) }
        return (outcome.status, box.content)
    }
}
