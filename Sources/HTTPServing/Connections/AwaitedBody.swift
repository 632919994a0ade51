import HTTPTypes
import HummingbirdCore
import NIOCore

/// What a channel is told when somebody wants the body of the request at hand.
struct BodyIsAwaited: Sendable {}

extension Request {
    /// The request with a body that tells the channel when it is wanted, if the client waits for
    /// the word to send it (RFC 9110, section 10.1.1).
    func tellingWhenBodyIsAwaited(_ channel: any Channel) -> Request {
        guard headers[.expect] != nil else { return self }
        var request = self
        request.body = RequestBody(asyncSequence: AwaitedBody(body: body, channel: channel))
        return request
    }
}

private struct AwaitedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let body: RequestBody
    let channel: any Channel

    func makeAsyncIterator() -> RequestBody.AsyncIterator {
        channel.triggerUserOutboundEvent(BodyIsAwaited(), promise: nil)
        return body.makeAsyncIterator()
    }
}
