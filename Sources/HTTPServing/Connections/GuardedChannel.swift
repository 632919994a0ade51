import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

extension HTTPServerBuilder {
    /// A server of HTTP/1.1 whose connections keep to limits.
    static func guarded(by limits: ConnectionLimits, crowd: Crowd) -> HTTPServerBuilder {
        let times = ConnectionTimes(limits)
        return HTTPServerBuilder { responder in
            GuardedChannel(
                http: HTTP1Channel(
                    responder: { request, writer, channel in
                        let request = request.tellingWhenBodyIsAwaited(channel)
                        try await responder(request, writer, channel)
                    },
                    configuration: .init(
                        httpDecoderConfiguration: .init(
                            maxHeaderFieldSize: ServingLimit.headerBytes,
                            maxHeaderListSize: ServingLimit.headerBytes,
                            maxHeaderFieldCount: ServingLimit.headerCount
                        )
                    )
                ),
                limits: limits,
                times: times,
                crowd: crowd
            )
        }
    }
}

/// Hummingbird's channel for HTTP/1.1 with guards around its decoder.
private struct GuardedChannel: ServerChildChannel {
    let http: HTTP1Channel
    let limits: ConnectionLimits
    let times: ConnectionTimes
    let crowd: Crowd

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        http.setup(channel: channel, logger: logger).assumeIsolated().flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let requests = RequestGuard(limits: limits, times: times, crowd: crowd)
            try pipeline.addHandler(requests, position: .after(decoder))
            try pipeline.addHandler(ByteGuard(for: requests), position: .first)
            return value
        }.nonisolated()
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await http.handle(value: value, logger: logger)
    }
}
