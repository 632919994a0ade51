import HTTPServing
import HTTPTypes
import Hummingbird
import NIOCore
import OpenID
import Recurrence
import Tasks
import Wording

/// The pages of who is not signed in yet.
///
/// A link only opens a page with a button. What looks links up, as scanners of mail do, presses none, so
/// it neither uses the link up nor signs anybody in.
struct SignInPages<Sessions: PageSessionStore>: Sendable {
    let door: SessionDoor<Sessions>
    let frame: Frame
    /// Bounds how often links are tried that are not in force, by whomever.
    ///
    /// A link in force lets its user in nevertheless, so that nobody can shut others out.
    let limiter: WindowLimiter<Bool>
    /// Has a link sent to an address, if it is known; none where no mail can be sent.
    let askForLink: (@Sendable (String, ReaderLanguage) -> Void)?
    let openID: OpenIDClient?

    /// Answers a request, at the server's time and at that by which attempts are counted.
    func response(
        to request: Request,
        _ path: [String],
        _ query: Form,
        at now: Timestamp,
        _ wallTime: Timestamp
    ) async throws -> Response {
        let say = ReaderLocale(acceptLanguage: request.headers[.acceptLanguage])
        guard request.method == .post else {
            if path == ["sign-in", "openid"], let openID {
                guard limiter.admit(true, at: wallTime) else { return tooMany(request, say) }
                return try await OpenIDVisit(door: door, client: openID)
                    .response(to: request, query, at: now)
                    ?? page(request, say, .signInRefused, status: .forbidden)
            }
            guard path.count == 1 else { return Response(seeOther: "/sign-in") }
            if let link = query["link"] { return confirmation(of: link, request, say) }
            let told: Phrase? =
                query.has("out") ? .signedOut : query.has("sent") ? .signInSent : nil
            return page(request, say, told)
        }
        let form = Form(parsing: try await request.bytes())
        guard door.admitsVisit(form, request) else {
            return page(request, say, .staleForm, status: .forbidden)
        }
        switch (path.last, path.count) {
        case ("sign-in", 1): return try await signIn(form, request, say, at: now, wallTime)
        case ("mail", 2):
            askForLink?(form["address"] ?? "", say.language)
            // The same to everybody, before anything is looked up.
            return Response(seeOther: "/sign-in?sent")
        default: return Response(seeOther: "/sign-in")
        }
    }

    private func signIn(
        _ form: Form,
        _ request: Request,
        _ say: ReaderLocale,
        at now: Timestamp,
        _ wallTime: Timestamp
    ) async throws -> Response {
        if let cookie = try await door.signIn(byLink: form["link"] ?? "", request, at: now) {
            var response = Response(seeOther: "/")
            response.headers.append(cookie)
            response.headers.append(door.visitOver)
            return response
        }
        guard limiter.admit(true, at: wallTime) else { return tooMany(request, say) }
        return page(request, say, .signInLinkUsed)
    }

    private func tooMany(_ request: Request, _ say: ReaderLocale) -> Response {
        var response = page(request, say, .tooMany, status: .tooManyRequests)
        response.headers[.retryAfter] = "60"
        return response
    }

    // MARK: Showing

    /// The button that uses a link up.
    private func confirmation(of link: String, _ request: Request, _ say: ReaderLocale) -> Response
    {
        page(request, say) { token in
            """
            <p>\(say(.signInWithLink))</p>
            <form method="post" action="/sign-in">\(token)\
            <input type="hidden" name="link" value="\(link.prefix(100))">\
            <button class="main" autofocus>\(say(.signIn))</button></form>
            <p class="muted">\(say(.signInAsWho))</p>
            """
        }
    }

    private func page(
        _ request: Request,
        _ say: ReaderLocale,
        _ phrase: Phrase?,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let told: HTML =
            phrase.map { phrase -> HTML in
                #"<p class="told" role="status">\#(say(phrase))</p>"#
            } ?? .none
        let command: HTML = """
            <p class="muted">\(say(.signInByCommand))</p>
            <pre><code>perennial sign-in --user ID</code></pre>
            """
        var response = page(request, say) { token in
            if askForLink == nil {
                let explained: HTML =
                    openID == nil ? "<p>\(say(.signInExplained))</p>\(command)" : .none
                return "\(told)\(provider(say))\(explained)"
            }
            return """
                \(told)\(provider(say))<p>\(say(.signInByMail))</p>
                <form method="post" action="/sign-in/mail">\(token)\
                <label for="address">\(say(.email))</label>
                <p class="row"><input type="email" name="address" id="address" required \
                autocomplete="email" maxlength="254">\
                <button class="main">\(say(.sendLink))</button></p></form>
                """
        }
        response.status = status
        return response
    }

    /// The way to a provider.
    ///
    /// It is a link, since a form may lead to this server alone.
    private func provider(_ say: ReaderLocale) -> HTML {
        openID.map { client -> HTML in
            """
            <p><a class="button main" href="/sign-in/openid">\
            \(say(.signInBy(client.providerName)))</a></p>
            """
        } ?? .none
    }

    /// A page with a form, whose token the browser's cookie answers to.
    private func page(
        _ request: Request,
        _ say: ReaderLocale,
        _ content: (HTML) -> HTML
    ) -> Response {
        let (text, cookie) = door.visit(of: request)
        let token: HTML = """
            <input type="hidden" name="csrf" value="\(door.formToken(of: text))">
            """
        var response = Response(
            page: frame.publicPage(
                title: say(.signIn),
                say,
                "<h1>\(say(.signIn))</h1>\(content(token))"
            )
        )
        if let cookie { response.headers.append(cookie) }
        return response
    }
}

extension Response {
    /// A page, or a piece of one.
    init(page html: HTML) {
        self.init(
            status: .ok,
            headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html.text))
        )
    }

    init(seeOther path: String) {
        self.init(status: .seeOther, headers: [.location: path])
    }
}
