import HTTPServing
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
package import Recurrence
package import Tasks
import Wording

/// The small pages to which the links of reminders lead, without signing in.
///
/// A GET shows what a link does, with a button; only a POST does it, since programs open the links of
/// mails to look at them. The link is all the proof there is, so a form needs no token, and mail
/// providers may send it. What is done is asked of the server's own API as the link's user.
package struct LinkServer<
    Sessions: PageSessionStore,
    Settings: ReminderSettingsStore,
    Zones: ZoneSource,
    C: Clock & Sendable
>: HTTPResponder
where C.Instant == Timestamp, C.Duration == Duration {
    package typealias Context = BasicRequestContext

    private let sessions: Sessions
    private let settings: Settings
    private let zones: Zones
    private let clock: C
    private let read: @Sendable (String) -> ReminderLink?
    private let answer: OwnAPI.Answering
    private let assets: AssetLibrary
    private let limiter = WindowLimiter<Bool>(limit: 300, per: .seconds(60))

    /// The path of all links; what they are stands in the query.
    package static var prefix: [String] { ["r"] }

    /// Creates the pages.
    ///
    /// - Parameters:
    ///   - sessions: Where users are looked up.
    ///   - settings: Where it is kept who wants no mails.
    ///   - zones: Where time zones are looked up.
    ///   - clock: The server's time.
    ///   - terms: Where the page's files are.
    ///   - read: Reads a link; nothing where this server did not sign it.
    ///   - answer: Answers a request of a user, as the server's own API.
    package init(
        sessions: Sessions,
        settings: Settings,
        zones: Zones,
        clock: C,
        terms: PageTerms = PageTerms(),
        reading read: @escaping @Sendable (String) -> ReminderLink?,
        answer: @escaping OwnAPI.Answering
    ) {
        self.sessions = sessions
        self.settings = settings
        self.zones = zones
        self.clock = clock
        self.read = read
        self.answer = answer
        assets = AssetLibrary(readingFiles: terms.readFile)
    }

    package func respond(to request: Request, context: Context) async throws -> Response {
        guard [.get, .head, .post].contains(request.method) else {
            return Response(status: .methodNotAllowed, headers: [.allow: "GET, HEAD, POST"])
        }
        let say = ReaderLocale(acceptLanguage: request.headers[.acceptLanguage])
        do {
            let page = try await page(for: request, say)
            return try await response(page).compressed(for: request)
        } catch is BodyTooLarge {
            let page = LinkPage(
                title: say(.refusedTitle),
                say: say,
                content: "<p>\(say(.formTooLarge))</p>",
                status: .contentTooLarge
            )
            return response(page)
        } catch {
            context.logger.error("Failed to answer", metadata: ["error": "\(error)"])
            let page = LinkPage(
                title: say(.refusedTitle),
                say: say,
                content: "<p>\(say(.unavailable))</p>",
                status: .serviceUnavailable
            )
            return response(page)
        }
    }

    private func page(for request: Request, _ say: ReaderLocale) async throws -> LinkPage {
        let now = clock.now
        // Others may have put something behind the link to count who follows it.
        let text = (request.uri.query ?? "").prefix { $0 != "&" && $0 != "=" }
        guard RequestPath(request).parts.count == 1, let link = read(String(text)),
            let principal = try await sessions.principal(of: link.userID, in: link.locationID)
        else {
            return limiter.admit(true, at: now)
                ? .broken(say)
                : LinkPage(
                    title: say(.refusedTitle),
                    say: say,
                    content: "<p>\(say(.unavailable))</p>",
                    status: .tooManyRequests
                )
        }
        let isReading = request.method != .post
        // A form says itself which state it means, where that matters.
        var user = principal
        user.requiresMatch = false
        let api = OwnAPI(as: user, answer)
        let visit = LinkVisit(
            link: link,
            form: isReading ? .none : Form(parsing: try await request.bytes()),
            isReading: isReading,
            now: now,
            zone: try zones.zone(named: principal.timeZone),
            say: principal.locale.map { ReaderLocale(tag: $0) } ?? say,
            api: api,
            location: try await api.get("/me").record("location")?.text("name") ?? "",
            address: "/r?\(text)"
        )
        guard now < link.expiresAt else { return visit.lapsed }
        return link.deed == .refuseMail
            ? try await MailRefusal(visit: visit, settings: settings).page()
            : try await LinkedTask(visit: visit).page()
    }

    /// Nothing runs on these pages, nothing of elsewhere is shown, and nobody is told the link.
    private func response(_ page: LinkPage) -> Response {
        let html = Frame(assets: assets).linkPage(
            title: page.title,
            of: page.location,
            page.say,
            "<h1>\(page.title)</h1>\(page.content)"
        )
        var response = Response(
            status: page.status,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .cacheControl: "no-store",
                .xContentTypeOptions: "nosniff",
                .contentSecurityPolicy: """
                default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                base-uri 'none'; frame-ancestors 'none'
                """,
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html.text))
        )
        for (name, value) in [("Referrer-Policy", "no-referrer"), ("X-Robots-Tag", "noindex")] {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        if page.status == .tooManyRequests { response.headers[.retryAfter] = "60" }
        return response
    }
}

/// One request of somebody who followed a link that this server signed.
struct LinkVisit: Sendable {
    let link: ReminderLink
    /// The fields of the form that was sent; none of a GET.
    let form: Form
    /// Whether nothing is to be done.
    let isReading: Bool
    let now: Timestamp
    /// The zone of the user's clocks.
    let zone: Zone
    let say: ReaderLocale
    let api: OwnAPI
    /// The location's name.
    let location: String
    /// The path and query of the link.
    let address: String

    /// What the user's clocks show.
    var localNow: LocalDateTime { zone.localDateTime(at: now) }

    func page(
        _ title: Phrase,
        _ content: HTML,
        status: HTTPResponse.Status = .ok
    ) -> LinkPage {
        LinkPage(title: say(title), say: say, location: location, content: content, status: status)
    }

    var lapsed: LinkPage {
        page(
            .linkLapsedTitle,
            #"<p>\#(say(.linkLapsed))</p><p><a href="/">\#(say(.openPage))</a></p>"#,
            status: .gone
        )
    }

    /// A form that does what the link does.
    func form(_ content: HTML) -> HTML {
        #"<form method="post" action="\#(address)" class="deeds">\#(content)</form>"#
    }

    /// A day and a time as they are nearest.
    func when(_ local: LocalDateTime) -> String {
        "\(say.nearDay(local.date, from: localNow.date)), \(say.time(local))"
    }
}

/// A page to which a link leads.
struct LinkPage: Sendable {
    let title: String
    let say: ReaderLocale
    var location = "Perennial"
    let content: HTML
    var status: HTTPResponse.Status = .ok

    /// What is said of a link that this server did not sign, or whose user is not there any more.
    static func broken(_ say: ReaderLocale) -> LinkPage {
        LinkPage(
            title: say(.linkBrokenTitle),
            say: say,
            content: "<p>\(say(.linkBroken))</p>",
            status: .notFound
        )
    }
}
