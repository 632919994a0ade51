package import HTTPServing
import HTTPTypes
package import Hummingbird
import JSON
import Logging
package import Recurrence
package import Tasks
import Wording

/// The page: what people open in a browser.
///
/// Each view is made of the answers of the server's own API, and each form is one of its requests, so
/// nothing can be seen or done here that the API would refuse.
package struct PageServer<
    Sessions: PageStore,
    Zones: ZoneSource,
    C: Clock & Sendable
>: HTTPResponder
where C.Instant == Timestamp, C.Duration == Duration {
    package typealias Context = BasicRequestContext

    private let door: SessionDoor<Sessions>
    private let zones: Zones
    private let clock: C
    private let answer: OwnAPI.Answering
    private let other: any HTTPResponder<BasicRequestContext>
    private let assets: AssetLibrary
    private let wallClock: @Sendable () -> Timestamp
    private let visitLimiter: WindowLimiter<Identifier<User>>
    private let ways: SignInWays<Sessions, C>
    private let signInLimiter = WindowLimiter<Bool>(limit: 300, per: .seconds(60))
    private let feeds: FeedDoor<Sessions, Zones>
    private let terms: PageTerms
    private let health: HealthResponder

    /// Creates the page.
    ///
    /// - Parameters:
    ///   - sessions: Where it is kept who is signed in.
    ///   - zones: Where time zones are looked up.
    ///   - clock: The server's time.
    ///   - wallClock: The time by which requests are counted. It never stands still.
    ///   - terms: How it is reached, and where its files are.
    ///   - randomBytes: Returns as many bytes as it is asked for. Nobody can predict them.
    ///   - ways: The ways in which people sign in.
    ///   - health: Tells how the server is.
    ///   - other: Answers programs that come to paths which the page and an API share.
    ///   - answer: Answers a request of who is signed in, as the server's own API.
    package init(
        sessions: Sessions,
        zones: Zones,
        clock: C,
        wallClock: @escaping @Sendable () -> Timestamp,
        terms: PageTerms = PageTerms(),
        randomBytes: @escaping @Sendable (Int) -> [UInt8],
        ways: SignInWays<Sessions, C> = SignInWays(),
        health: HealthResponder,
        other: any HTTPResponder<BasicRequestContext>,
        answer: @escaping OwnAPI.Answering
    ) {
        door = SessionDoor(sessions: sessions, randomBytes: randomBytes, terms: terms)
        self.wallClock = wallClock
        visitLimiter = WindowLimiter(limit: terms.visitLimit, per: .seconds(10))
        self.zones = zones
        self.clock = clock
        self.answer = answer
        self.ways = ways
        self.other = other
        self.terms = terms
        self.health = health
        feeds = FeedDoor(sessions: sessions, zones: zones, answer: answer)
        assets = AssetLibrary(readingFiles: terms.readFile)
    }

    /// The first parts of the paths that the page has for itself.
    package static var prefixes: [[String]] {
        [
            "assets", "sign-in", "sign-out", "live", "undo", "add", "tasks", "calendar", "board",
            "series", "search", "team", "settings", "admin", "rule",
        ].map { [$0] }
    }

    /// The first parts of those that it shares with an API; the root is another one.
    package static var sharedPrefixes: [[String]] { [["contacts"]] }

    package func respond(to request: Request, context: Context) async throws -> Response {
        let path = RequestPath(request).parts.map(String.init)
        guard isPages(request, path) else {
            return try await other.respond(to: request, context: context)
        }
        if path.first == "assets" {
            let response = assets.response(to: path) ?? Response(status: .notFound)
            return try await response.compressed(for: request)
        }
        do {
            return try await guarded(answer(request, path)).compressed(for: request)
        } catch is BodyTooLarge {
            let say = ReaderLocale(acceptLanguage: request.headers[.acceptLanguage])
            let told: HTML = "<p>\(say(.bodyTooLarge))</p>"
            return guarded(publicPage(.refusedTitle, say, told, status: .contentTooLarge))
        } catch {
            context.logger.error("Failed to answer", metadata: ["error": "\(error)"])
            let say = ReaderLocale(acceptLanguage: request.headers[.acceptLanguage])
            let response = publicPage(
                .refusedTitle,
                say,
                "<p>\(say(.unavailable))</p>",
                status: .serviceUnavailable
            )
            return guarded(response)
        }
    }

    /// Whether a browser asks for a page, where a program may ask an API at the same path.
    private func isPages(_ request: Request, _ path: [String]) -> Bool {
        guard let first = path.first.map({ [$0] }), !Self.sharedPrefixes.contains(first) else {
            return isBrowsers(request)
        }
        return true
    }

    private func isBrowsers(_ request: Request) -> Bool {
        if request.headers[.authorization] != nil { return false }
        let isScripts = HTTPField.Name("HX-Request").map { request.headers[$0] != nil } ?? false
        return isScripts || request.headers[.accept]?.contains("text/html") ?? false
    }

    // MARK: Answering

    private func answer(_ request: Request, _ path: [String]) async throws -> Response {
        let isReading = request.method == .get || request.method == .head
        guard isReading || request.method == .post else {
            return Response(status: .methodNotAllowed, headers: [.allow: "GET, HEAD, POST"])
        }
        let now = clock.now
        let query = Form(parsing: Array((request.uri.query ?? "").utf8))
        if path.first == "sign-in" {
            return try await signInPages.response(to: request, path, query, at: now, wallClock())
        }
        if let feed = try await feed(request, path, query, at: now) { return feed }
        guard let (visitor, session) = try await door.visitor(of: request, at: now) else {
            return Response(seeOther: "/sign-in")
        }
        guard visitLimiter.admit(visitor.session.userID, at: wallClock()) else {
            return tooMany(ReaderLocale(acceptLanguage: request.headers[.acceptLanguage]))
        }
        let form = isReading ? Form.none : try await Form(of: request)
        var principal = visitor.principal
        // A form says itself which state it means, where that matters.
        principal.requiresMatch = false
        let say = ReaderLocale(
            tag: principal.locale ?? request.headers[.acceptLanguage].map {
                ReaderLocale.firstTag(ofAcceptLanguage: $0)
            } ?? "en"
        )
        if !isReading, !door.admits(form, request, madeFor: session.text) {
            return publicPage(
                .refusedTitle,
                say,
                #"<p>\#(say(.staleForm))</p><p><a href="/">\#(say(.back))</a></p>"#,
                status: .forbidden
            )
        }
        if path == ["sign-out"] {
            guard !isReading else { return Response(seeOther: "/") }
            var response = Response(seeOther: "/sign-in?out")
            response.headers.append(try await door.end(visitor, at: now))
            return response
        }
        let key = request.headers[.idempotencyKey].map { String($0.prefix(100)) }
        let api = OwnAPI(as: principal, key: key, answer)
        if path == ["live"] { return try await live(request, query, api) }
        let visit = Visit(
            visitor: visitor,
            request: request,
            path: path,
            query: query,
            form: form,
            now: now,
            zone: try zones.zone(named: principal.timeZone),
            say: say,
            api: api,
            formToken: door.formToken(of: session.text),
            cursor: try await api.get("/changes").text("cursor"),
            notice: door.notice(of: request),
            site: site(of: request)
        )
        return try await answer(visit)
    }

    /// Answers a calendar program; nothing where the path is another's.
    private func feed(
        _ request: Request,
        _ path: [String],
        _ query: Form,
        at now: Timestamp
    ) async throws -> Response? {
        try await feeds.response(
            to: request,
            path,
            query,
            from: terms.publicURL ?? PageSite.origin(of: request),
            at: now,
            wallClock()
        )
    }

    private func site(of request: Request) -> PageSite {
        PageSite(
            origin: terms.publicURL ?? PageSite.origin(of: request),
            zoneNames: terms.zoneNames,
            randomBytes: door.randomBytes
        ) { [health] in
            let bytes = try await health.response(isDeep: false).collectedBody()
            return Record(try JSONValue(parsing: bytes).object ?? [:])
        }
    }

    private func answer(_ visit: Visit) async throws -> Response {
        let outcome: Outcome
        do {
            outcome = try await PageRoutes(sessions: door.sessions).outcome(of: visit)
        } catch let refusal as Refusal {
            outcome = visit.outcome(of: refusal)
        }
        switch outcome {
        case .view(let view):
            let location = try await visit.api.get("/me").record("location")?.text("name") ?? ""
            let frame = Frame(assets: assets)
            var response = Response(page: frame.page(view, for: visit, of: location))
            response.status = view.status
            if visit.notice != nil { response.headers.append(door.noticeTold) }
            return response
        case .piece(let piece): return Response(page: piece)
        case .seeOther(let path, let notice):
            var response = Response(seeOther: path)
            if let notice { response.headers.append(door.cookie(telling: notice)) }
            return response
        }
    }

    /// Tells what others change, as it happens.
    private func live(_ request: Request, _ query: Form, _ api: OwnAPI) async throws -> Response {
        let last = request.headers[.lastEventID] ?? query["after"]
        return try await api.stream("/events", after: last)
    }

    private var askForLink: (@Sendable (String, ReaderLanguage) -> Void)? {
        guard let post = ways.post else { return nil }
        return { address, language in post.ask(address, in: language) }
    }

    private var signInPages: SignInPages<Sessions> {
        SignInPages(
            door: door,
            frame: Frame(assets: assets),
            limiter: signInLimiter,
            askForLink: askForLink,
            openID: ways.openID
        )
    }

    // MARK: Responses

    private func tooMany(_ say: ReaderLocale) -> Response {
        var response = publicPage(
            .refusedTitle,
            say,
            "<p>\(say(.tooMany))</p>",
            status: .tooManyRequests
        )
        response.headers[.retryAfter] = "10"
        return response
    }

    private func publicPage(
        _ title: Phrase,
        _ say: ReaderLocale,
        _ content: HTML,
        status: HTTPResponse.Status
    ) -> Response {
        let frame = Frame(assets: assets)
        var response = Response(
            page: frame.publicPage(
                title: say(title),
                say,
                "<h1>\(say(title))</h1>\(content)"
            )
        )
        response.status = status
        return response
    }

    /// Adds what keeps a page from running or showing what is not its own.
    private func guarded(_ response: Response) -> Response {
        var response = response
        response.headers[.contentSecurityPolicy] = """
            default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
            form-action 'self'; frame-ancestors 'none'
            """
        response.headers[.xContentTypeOptions] = "nosniff"
        if let name = HTTPField.Name("Referrer-Policy") { response.headers[name] = "same-origin" }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
