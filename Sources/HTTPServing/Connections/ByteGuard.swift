import NIOCore

/// Stands before the decoder for a ``RequestGuard``, which sees nothing that is not decoded.
final class ByteGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private let requests: RequestGuard
    private var droppedByteCount = 0

    init(for requests: RequestGuard) {
        self.requests = requests
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if requests.conversation.dropsBytes {
            droppedByteCount += Self.unwrapInboundIn(data).readableBytes
        } else {
            requests.bytesCame()
            context.fireChannelRead(data)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        requests.isReading = false
        context.fireChannelReadComplete()
        if requests.conversation.isOver { read(context: context) }
    }

    func read(context: ChannelHandlerContext) {
        // What is not read stays with the client, which can still take its answer.
        guard droppedByteCount <= requests.limits.drainBytes else { return }
        requests.isReading = true
        context.read()
    }

    func close(
        context: ChannelHandlerContext,
        mode: CloseMode,
        promise: EventLoopPromise<Void>?
    ) {
        guard mode == .output else {
            context.close(mode: mode, promise: promise)
            return
        }
        // A connection that the client has half closed already would close altogether, and drop
        // what is not sent.
        let sent = context.eventLoop.makePromise(of: Void.self)
        let empty = context.channel.allocator.buffer(capacity: 0)
        context.writeAndFlush(Self.wrapOutboundOut(.byteBuffer(empty)), promise: sent)
        sent.futureResult.assumeIsolated().whenComplete { [requests] _ in
            let closed = context.eventLoop.makePromise(of: Void.self)
            context.close(mode: .output, promise: closed)
            closed.futureResult.assumeIsolated().whenComplete { _ in requests.outputWasClosed() }
            closed.futureResult.cascade(to: promise)
        }
    }
}
