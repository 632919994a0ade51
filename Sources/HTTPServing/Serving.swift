package import Hummingbird
package import Logging
import NIOCore

/// The HTTP side of the server: it gives each request to the responder mounted at its path.
package struct Serving: HTTPResponder {
    package typealias Context = BasicRequestContext

    /// A responder, such as a dialect's API, and the prefix of the paths that it answers.
    package struct Mount: Sendable {
        /// The first parts of the paths that it answers, such as `api` and `v1`.
        package var prefix: [String]
        package var responder: any HTTPResponder<BasicRequestContext>

        package init(prefix: [String], responder: any HTTPResponder<BasicRequestContext>) {
            self.prefix = prefix
            self.responder = responder
        }
    }

    private let mounts: [Mount]

    package init(_ mounts: [Mount]) {
        self.mounts = mounts
    }

    /// Answers with the first mount whose prefix the path has; duplicate slashes count as one.
    package func respond(to request: Request, context: Context) async throws -> Response {
        let response = try await answer(to: request, context: context)
        context.logger.debug(
            "Answered a request",
            metadata: [
                "http.method": "\(request.method.rawValue)",
                "http.path": "\(request.uri.path)",
                "http.status": "\(response.status.code)",
            ]
        )
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(to request: Request, context: Context) async throws -> Response {
        let path = RequestPath(request)
        guard let mount = mounts.first(where: { path.parts.starts(with: $0.prefix) }) else {
            return .json(#"{"message":"Page not found"}"#, status: .notFound)
        }
        return try await mount.responder.respond(to: request, context: context)
    }
}

/// The path of a request in its parts, without empty ones.
package struct RequestPath: Sendable {
    package let parts: [Substring]

    package init(_ request: Request) {
        // Comparing bytes is much faster than comparing characters.
        let path = request.uri.path.utf8
        parts = path.split(separator: UInt8(ascii: "/")).map { Substring($0) }
    }
}

extension Sequence<Substring> {
    fileprivate func starts(with prefix: [String]) -> Bool {
        starts(with: prefix) { $0 == $1 }
    }
}

/// Makes the application that listens and answers.
///
/// - Parameters:
///   - serving: What answers.
///   - host: The address to listen on.
///   - port: The port to listen on, 0 for any that is free.
///   - limits: How many connections there are, and how long a client may take over one.
///   - logger: Where the server logs.
///   - onListening: Called with the port once the server listens.
/// - Returns: The application, a service.
package func makeApplication(
    _ serving: Serving,
    host: String,
    port: Int,
    limits: ConnectionLimits,
    logger: Logger,
    onListening: @escaping @Sendable (Int) async -> Void
) -> Application<Serving> {
    let crowd = Crowd()
    return Application(
        responder: serving,
        server: .guarded(by: limits, crowd: crowd),
        configuration: .init(
            address: .hostname(host, port: port),
            availableConnectionsDelegate: ConnectionCounter(
                limit: limits.count,
                crowd: crowd,
                logger: logger
            )
        ),
        onServerRunning: { channel in
            await AcceptPause.add(to: channel, logger: logger)
            await onListening(channel.localAddress?.port ?? port)
        },
        logger: logger
    )
}

/// How large a request may be.
package enum ServingLimit {
    /// Bytes of the request line's target; also bytes of all header fields together.
    package static let headerBytes = 64 * 1024
    package static let headerCount = 100
    /// Bytes of a body.
    package static let bodyBytes = 100 * 1024
}
