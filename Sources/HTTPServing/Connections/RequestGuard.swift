import NIOCore
import NIOHTTP1

/// Keeps a connection to the protocol and to its limits.
///
/// It stands behind the decoder. Heads that are not sound are refused, the rest of a body that
/// nobody wants is dropped, connections end when they must, and whoever lets the server wait for
/// too long is left. ``ByteGuard`` tells it of the bytes before they are decoded.
final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    let limits: ConnectionLimits
    private let times: ConnectionTimes
    private let crowd: Crowd
    private(set) var conversation: Conversation
    private var context: ChannelHandlerContext?
    private var isEnding = false

    // The time limits.
    private var phase = Conversation.Phase.opening
    private var phaseBegan = NIODeadline.uptimeNanoseconds(0)
    private var alarm: (time: NIODeadline, callback: NIOScheduledCallback)?
    private var stall = AnswerStall()
    /// When the connection is closed whatever its client has taken, because the server stops.
    private var stopDeadline: NIODeadline?
    /// Whether the server wants what the client sends.
    var isReading = false

    init(limits: ConnectionLimits, times: ConnectionTimes, crowd: Crowd) {
        self.limits = limits
        self.times = times
        self.crowd = crowd
        conversation = Conversation(drainBytes: limits.drainBytes)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { begin(phase, context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.callback.cancel()
        alarm = nil
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        begin(phase, context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        alarm?.callback.cancel()
        alarm = nil
        context.fireChannelInactive()
    }

    // MARK: Reading

    func bytesCame() {
        conversation.bytesCame()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let isWanted =
            switch Self.unwrapInboundIn(data) {
            case .head(let head): conversation.headCame(RequestFraming(head))
            case .body(let bytes): conversation.bodyCame(byteCount: bytes.readableBytes)
            case .end: conversation.endCame()
            }
        if isWanted { context.fireChannelRead(data) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        settle(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else {
            context.fireErrorCaught(error)
            return
        }
        let isTooLong = error == .headerOverflow
        let status: HTTPResponseStatus = isTooLong ? .requestHeaderFieldsTooLarge : .badRequest
        if conversation.decodingFailed(status) { context.fireErrorCaught(error) }
        settle(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            conversation.stop()
            let deadline = context.eventLoop.now + times.stop
            stopDeadline = deadline
            setAlarm(for: deadline, context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: Answering

    func write(
        context: ChannelHandlerContext,
        data: NIOAny,
        promise: EventLoopPromise<Void>?
    ) {
        if conversation.isOver {
            // Somebody was answered in the meantime who is still being worked for.
            promise?.succeed()
            return
        }
        switch Self.unwrapOutboundIn(data) {
        case .head(var head):
            switch conversation.beginAnswer(
                closes: !head.isKeepAlive,
                hasLength: head.headers.contains(name: "content-length")
            ) {
            case .none: context.write(data, promise: promise)
            case .close:
                head.headers.replaceOrAdd(name: "connection", value: "close")
                context.write(Self.wrapOutboundOut(.head(head)), promise: promise)
            case .closeAtItsEnd:
                head.version = .http1_0
                head.headers.replaceOrAdd(name: "connection", value: "close")
                context.write(Self.wrapOutboundOut(.head(head)), promise: promise)
            case .keepAlive:
                head.headers.replaceOrAdd(name: "connection", value: "keep-alive")
                context.write(Self.wrapOutboundOut(.head(head)), promise: promise)
            }
        case .body: context.write(data, promise: promise)
        case .end:
            context.write(data, promise: promise)
            conversation.endAnswer()
            begin(conversation.phase, context)
            settle(context)
        }
    }

    func triggerUserOutboundEvent(
        context: ChannelHandlerContext,
        event: Any,
        promise: EventLoopPromise<Void>?
    ) {
        guard event is BodyIsAwaited else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        if conversation.takeContinue() {
            let head = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(Self.wrapOutboundOut(.head(head)), promise: nil)
            begin(conversation.phase, context)
        }
        promise?.succeed()
    }

    func close(
        context: ChannelHandlerContext,
        mode: CloseMode,
        promise: EventLoopPromise<Void>?
    ) {
        switch mode {
        case .output:
            conversation.end()
            settle(context)
            promise?.succeed()
        case .all where hasAnswersToSend(context):
            // Hummingbird closes what has no request left, and would cut off what is not sent yet.
            conversation.end()
            settle(context)
            context.channel.closeFuture.cascade(to: promise)
        case .all, .input: context.close(mode: mode, promise: promise)
        }
    }

    /// Whether a server that stops still waits for the client to take what is written.
    private func hasAnswersToSend(_ context: ChannelHandlerContext) -> Bool {
        guard let stopDeadline else { return false }
        return context.eventLoop.now < stopDeadline && pendingBytes(context) > 0
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { stall.wasRelieved() }
        context.fireChannelWritabilityChanged()
    }

    /// Notes that the client has been sent all there was, and that no more will come.
    func outputWasClosed() {
        conversation.answersWereSent()
        if let context { settle(context) }
    }

    /// Does what follows from what was read, written or waited for.
    private func settle(_ context: ChannelHandlerContext) {
        if let status = conversation.takeRefusal() { write(status, context) }
        if conversation.isOver, !isEnding {
            isEnding = true
            context.flush()
            context.close(mode: .output, promise: nil)
            // The layers above read no more; what the client still sends is dropped.
            context.read()
        }
        if conversation.phase != phase { begin(conversation.phase, context) }
    }

    private func write(_ status: HTTPResponseStatus, _ context: ChannelHandlerContext) {
        let head = HTTPResponseHead(
            version: .http1_1,
            status: status,
            headers: ["content-length": "0", "connection": "close"]
        )
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        context.write(Self.wrapOutboundOut(.end(nil)), promise: nil)
    }
}

// MARK: - Time limits

extension RequestGuard: NIOScheduledCallbackHandler {
    private func begin(_ phase: Conversation.Phase, _ context: ChannelHandlerContext) {
        self.phase = phase
        // The server's own time has no limit, and the alarm of the phase before still goes off.
        if phase == .working { return }
        phaseBegan = context.eventLoop.now
        setAlarm(for: nextLook(after: phaseBegan), context)
    }

    /// How long a phase may last.
    private var timeout: TimeAmount {
        switch phase {
        case .opening, .head: times.head
        case .body: times.body
        case .idle: crowd.isFull ? times.head : times.idle
        case .draining, .lingering: times.drain
        case .working, .sending: times.answer
        }
    }

    /// How long it takes at most until the phase is looked at again.
    private var checkInterval: TimeAmount {
        // A server may become full while a connection is idle.
        phase == .idle ? min(timeout, times.head) : timeout
    }

    /// Sets the alarm, unless it goes off earlier anyway: most requests cost no timer.
    private func setAlarm(for time: NIODeadline, _ context: ChannelHandlerContext) {
        if let alarm {
            if alarm.time <= time { return }
            alarm.callback.cancel()
        }
        let callback = try? context.eventLoop.assumeIsolated()
            .scheduleCallback(at: time, handler: self)
        alarm = callback.map { (time, $0) }
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        alarm = nil
        guard let context, context.channel.isActive else { return }
        let now = eventLoop.now
        let isOutOfTime = conversation.isOver && stopDeadline ?? .distantFuture <= now
        if isOutOfTime || stall.lasts(for: times.answer, pendingBytes(context), at: now) {
            context.close(promise: nil)
            return
        }
        let deadline = phaseBegan + timeout
        if deadline <= now {
            expire(context, at: now)
        }
        guard context.channel.isActive else { return }
        setAlarm(for: nextLook(after: now), context)
    }

    /// When it is time to see how the client does.
    private func nextLook(after now: NIODeadline) -> NIODeadline {
        let look = min(phaseBegan + timeout, now + checkInterval)
        // Once it is past, the end of a stop matters only to what is over.
        guard let stopDeadline, conversation.isOver || now < stopDeadline else {
            return max(now, look)
        }
        return max(now, min(look, stopDeadline))
    }

    /// Leaves a client that took too long, unless the time went by through no fault of its own.
    private func expire(_ context: ChannelHandlerContext, at now: NIODeadline) {
        switch phase {
        case .idle where stall.isPending, .body where !isReading, .working, .sending:
            phaseBegan = now
        case .opening, .idle, .draining, .lingering: context.close(promise: nil)
        case .head:
            conversation.refuse(with: .requestTimeout)
            settle(context)
        case .body:
            conversation.refuseBody(with: .requestTimeout)
            settle(context)
            context.fireErrorCaught(BodyTimeout())
        }
    }

    /// How many bytes the client has been sent and does not take.
    private func pendingBytes(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}

/// Tells whoever reads a body that its rest did not come in time.
struct BodyTimeout: Error {}

/// Since when a client has taken too little of what it was sent.
private struct AnswerStall {
    /// Taking fewer bytes in the time given is taking none.
    private static let leastByteCount = 16 * 1024

    private var since: (time: NIODeadline, byteCount: Int)?

    /// Whether bytes were pending at the last look.
    var isPending: Bool { since != nil }

    /// Notes that much was taken.
    mutating func wasRelieved() {
        since = nil
    }

    /// Looks again.
    ///
    /// - Returns: Whether too little was taken for so long.
    mutating func lasts(for limit: TimeAmount, _ byteCount: Int, at now: NIODeadline) -> Bool {
        guard byteCount > 0 else {
            since = nil
            return false
        }
        if let since, abs(since.byteCount - byteCount) < Self.leastByteCount {
            return since.time + limit <= now
        }
        since = (now, byteCount)
        return false
    }
}
