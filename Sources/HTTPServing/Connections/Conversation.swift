import NIOHTTP1

/// How far the requests and the answers of one connection have come.
///
/// Clients may send further requests before the first is answered; answers go out in order. The
/// value does no I/O: it is told what is read and written, and says what follows from it.
struct Conversation {
    /// What the connection waits for; each phase has a time limit of its own.
    enum Phase: Hashable {
        /// For the first byte of the first head.
        case opening
        /// For the rest of a head.
        case head
        /// For the rest of the body of the one request at hand.
        case body
        /// For the server.
        case working
        /// For the next request.
        case idle
        /// For the rest of a body whose request is answered.
        case draining
        /// For the client to take the last answer.
        case sending
        /// For the client to close the connection, whose last answer it has been sent.
        case lingering
    }

    private enum Reading {
        case head
        /// How many bytes of the body are to come; nil where only its end tells.
        case body(remainingCount: Int?)
        /// Whatever comes is dropped.
        case nothing
    }

    private let drainBytes: Int
    private var reading = Reading.head
    /// Whether bytes of a head have come that is not whole.
    private var hasPartOfHead = false
    private var hasAnswered = false
    /// How many requests were taken up whose answers are not written to their ends.
    private var unansweredCount = 0
    private var isAnswering = false
    private var closesAfterAnswer = false
    /// Whether no request after those that were taken up is read.
    private var isLast = false
    private var needsKeepAlive = false
    /// Whether the request that was taken up last is one of HTTP/1.0.
    private var isOld = false
    private var awaitsContinue = false
    /// What is to be answered once all requests are that were taken up.
    private var refusal: HTTPResponseStatus?
    private(set) var isOver = false
    private var isSent = false

    /// - Parameter drainBytes: How long the rest of a body may be for the connection to go on when
    ///   the request was answered before.
    init(drainBytes: Int) {
        self.drainBytes = drainBytes
    }

    var phase: Phase {
        if isOver { return isSent ? .lingering : .sending }
        switch reading {
        case .head where unansweredCount == 0:
            return hasPartOfHead ? .head : hasAnswered ? .idle : .opening
        case .body where unansweredCount == 0: return .draining
        // Until it wants the body, the server takes its own time.
        case .body where unansweredCount == 1 && !isAnswering && !awaitsContinue: return .body
        case .head, .body, .nothing: return .working
        }
    }

    var dropsBytes: Bool { if case .nothing = reading { true } else { false } }

    // MARK: Reading

    /// Notes that bytes are about to be decoded.
    mutating func bytesCame() {
        if case .head = reading { hasPartOfHead = true }
    }

    /// Takes up a request, or notes why it is refused.
    ///
    /// - Returns: Whether the request is taken up.
    mutating func headCame(_ framing: RequestFraming) -> Bool {
        guard case .head = reading else { return false }
        hasPartOfHead = false
        if let status = framing.refusal {
            refuse(with: status)
            return false
        }
        unansweredCount += 1
        isLast = isLast || framing.isLast
        needsKeepAlive = framing.needsKeepAlive
        isOld = framing.isOld
        awaitsContinue = framing.awaitsContinue
        reading = .body(remainingCount: framing.bodyCount)
        return true
    }

    /// Takes a part of a body.
    ///
    /// - Returns: Whether anybody still wants it.
    mutating func bodyCame(byteCount: Int) -> Bool {
        guard case .body(let remainingCount) = reading else { return false }
        awaitsContinue = false
        reading = .body(remainingCount: remainingCount.map { $0 - byteCount })
        return unansweredCount > 0
    }

    /// Takes the end of a request.
    ///
    /// - Returns: Whether the request was taken up.
    mutating func endCame() -> Bool {
        guard case .body = reading else { return false }
        awaitsContinue = false
        reading = isLast ? .nothing : .head
        return true
    }

    /// Notes that what came cannot be decoded.
    ///
    /// - Returns: Whether a request was cut off by it whose taker has to be told.
    mutating func decodingFailed(_ status: HTTPResponseStatus) -> Bool {
        switch reading {
        case .head:
            refuse(with: status)
            return false
        case .body:
            isLast = true
            reading = .nothing
            if unansweredCount == 0 { isOver = true }
            return unansweredCount > 0
        case .nothing: return false
        }
    }

    /// Refuses what is being read, and reads no more.
    mutating func refuse(with status: HTTPResponseStatus) {
        refusal = status
        reading = .nothing
    }

    /// Refuses the one request whose body is being read, in place of whoever took it up.
    mutating func refuseBody(with status: HTTPResponseStatus) {
        unansweredCount = 0
        refuse(with: status)
    }

    /// Notes that the server stops: the request that was taken up last is the last.
    mutating func stop() {
        isLast = true
    }

    // MARK: Answering

    /// The refusal to be written now, if any; the conversation is over with it.
    mutating func takeRefusal() -> HTTPResponseStatus? {
        guard let refusal, unansweredCount == 0, !isOver else { return nil }
        isOver = true
        return refusal
    }

    /// Whether the client is to be told now to go on with the body.
    mutating func takeContinue() -> Bool {
        guard awaitsContinue else { return false }
        awaitsContinue = false
        return phase == .body
    }

    /// What the head of an answer says of the connection.
    enum Announcement {
        case close
        /// That the connection's end is the answer's end, since the client knows no chunks.
        case closeAtItsEnd
        case keepAlive
        /// What goes without saying.
        case none
    }

    /// Begins an answer.
    ///
    /// - Parameters:
    ///   - closes: Whether the answer itself says that it is the last.
    ///   - hasLength: Whether it says how long it is.
    /// - Returns: What its head has to say.
    mutating func beginAnswer(
        closes: Bool,
        hasLength: @autoclosure () -> Bool
    ) -> Announcement {
        isAnswering = true
        if isOld, unansweredCount == 1, !hasLength() {
            closesAfterAnswer = true
            reading = .nothing
            return .closeAtItsEnd
        }
        guard closes || (unansweredCount == 1 && (isLast || !canDrain)) else {
            return needsKeepAlive && unansweredCount == 1 ? .keepAlive : .none
        }
        closesAfterAnswer = true
        reading = .nothing
        return .close
    }

    /// Whether the rest of the body is so short that it can be waited for.
    private var canDrain: Bool {
        switch reading {
        case .head: true
        case .body(let remainingCount): !awaitsContinue && remainingCount ?? .max <= drainBytes
        case .nothing: refusal != nil
        }
    }

    /// Ends an answer.
    mutating func endAnswer() {
        isAnswering = false
        hasAnswered = true
        unansweredCount -= 1
        if closesAfterAnswer { isOver = true }
    }

    /// Notes that no more answers will come, or that none may.
    mutating func end() {
        reading = .nothing
        isOver = true
    }

    /// Notes that the last answer has been handed to the client.
    mutating func answersWereSent() {
        isSent = true
    }
}
