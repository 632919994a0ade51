import Glibc
import Logging
import NIOCore

/// Lets a listening socket rest for a second when the machine cannot accept a connection.
///
/// The kernel tells again and again of a connection that cannot be accepted for want of a
/// descriptor or of memory, and a server that tries each time does nothing else. Swift NIO's own
/// handler for this delays the next read, but goes on listening to what the kernel tells.
final class AcceptPause: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never
    typealias OutboundOut = Never

    private static let pause = TimeAmount.seconds(1)

    private let logger: Logger
    private var isPaused = false
    private var nextError = NIODeadline.uptimeNanoseconds(0)

    init(logger: Logger) {
        self.logger = logger
    }

    /// Puts a pause before all else that a listening channel does; a closed channel needs none.
    static func add(to channel: any Channel, logger: Logger) async {
        try? await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.addHandler(
                AcceptPause(logger: logger),
                position: .first
            )
        }.get()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, Self.isPassing(error) else {
            context.fireErrorCaught(error)
            return
        }
        if nextError <= context.eventLoop.now {
            nextError = context.eventLoop.now + .minutes(1)
            logger.error("Cannot accept a connection", metadata: ["error": "\(error)"])
        }
        guard !isPaused else { return }
        isPaused = true
        setAutoRead(false, context)
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            self.isPaused = false
            self.setAutoRead(true, context)
        }
    }

    func read(context: ChannelHandlerContext) {
        // Turning the reading on again does what is left out here.
        if !isPaused { context.read() }
    }

    private func setAutoRead(_ isOn: Bool, _ context: ChannelHandlerContext) {
        try? context.channel.syncOptions?.setOption(.autoRead, value: isOn)
    }

    private static func isPassing(_ error: IOError) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.errnoCode)
    }
}
