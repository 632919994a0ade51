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

    /// The mounts with longer prefixes come first.
    private let mounts: [Mount]
    /// What answers at the root alone.
    private let home: (any HTTPResponder<BasicRequestContext>)?
    private let crossOrigin: CrossOriginPolicy?

    /// Creates the HTTP side of a server.
    ///
    /// - Parameters:
    ///   - mounts: What answers at which paths.
    ///   - home: What answers at the root alone; none where a mount does.
    ///   - crossOrigin: Which pages of other origins may use it; none where no page may.
    package init(
        _ mounts: [Mount],
        home: (any HTTPResponder<BasicRequestContext>)? = nil,
        crossOrigin: CrossOriginPolicy? = nil
    ) {
        self.home = home
        self.mounts = mounts.sorted { $0.prefix.count > $1.prefix.count }
        self.crossOrigin = crossOrigin
    }

    /// Answers with the mount that has the longest prefix of the path; duplicate slashes count as
    /// one.
    package func respond(to request: Request, context: Context) async throws -> Response {
        // A task keeps the memory of its deepest calls until it ends, and the connection's task lives
        // as long as the connection. So the answer is made in a task of its own: an idle connection
        // costs half as much then.
        async let answer = answerAcrossOrigins(to: request, context: context)
        let response = try await answer
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

    /// Answers a browser's question whether a page may ask, and lets the page read the answer.
    private func answerAcrossOrigins(
        to request: Request,
        context: Context
    ) async throws -> Response {
        guard let crossOrigin else { return try await answer(to: request, context: context) }
        var response: Response
        if let preflight = crossOrigin.answer(toPreflight: request) {
            response = preflight
        } else {
            response = try await answer(to: request, context: context)
        }
        response.headers.append(contentsOf: crossOrigin.fields(for: request))
        return response
    }

    private func answer(to request: Request, context: Context) async throws -> Response {
        let path = RequestPath(request)
        if path.parts.isEmpty, let home {
            return try await home.respond(to: request, context: context)
        }
        guard let mount = mounts.first(where: { path.parts.starts(with: $0.prefix) }) else {
            return .json(#"{"message":"Page not found"}"#, status: .notFound)
        }
        return try await mount.responder.respond(to: request, context: context)
    }
}

/// The path of a request in its parts, without empty ones.
///
/// An escaped character means the same as itself (RFC 3986, section 6.2.2.2), except that an escaped
/// slash does not part. A part whose escapes are invalid stays as it is.
package struct RequestPath: Sendable {
    package let parts: [Substring]

    package init(_ request: Request) {
        // Comparing bytes is much faster than comparing characters.
        let path = request.uri.path.utf8
        let parts = path.split(separator: UInt8(ascii: "/"))
        guard path.contains(UInt8(ascii: "%")) else {
            self.parts = parts.map { Substring($0) }
            return
        }
        self.parts = parts.map { part in
            PercentEncoding.decoded(Array(part)).map { Substring($0) } ?? Substring(part)
        }
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
