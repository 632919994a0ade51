import HTTPServing
import HTTPTypes
import Hummingbird
import NIOCore
import Recurrence
import Tasks

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

    /// Answers a request, at the server's time and at that by which attempts are counted.
    func response(
        to request: Request,
        _ path: [String],
        _ query: Form,
        at now: Timestamp,
        _ wallTime: Timestamp
    ) async throws -> Response {
        let say = PageLocale(acceptLanguage: request.headers[.acceptLanguage])
        guard path.count == 1 else { return Response(seeOther: "/sign-in") }
        guard request.method == .post else {
            if let link = query["link"] { return confirmation(of: link, request, say) }
            let told: HTML =
                query.has("out") ? #"<p class="told">\#(say(.signedOut))</p>"# : .none
            return page(say, told)
        }
        let form = Form(parsing: try await request.bytes())
        guard door.admitsVisit(form, request) else {
            return page(say, #"<p class="told">\#(say(.staleForm))</p>"#, status: .forbidden)
        }
        if let cookie = try await door.signIn(byLink: form["link"] ?? "", request, at: now) {
            var response = Response(seeOther: "/")
            response.headers.append(cookie)
            response.headers.append(door.visitOver)
            return response
        }
        guard limiter.admit(true, at: wallTime) else {
            var response = page(
                say,
                "<p>\(say(.tooMany))</p>",
                status: .tooManyRequests
            )
            response.headers[.retryAfter] = "60"
            return response
        }
        return page(say, #"<p class="told">\#(say(.signInLinkUsed))</p>"#)
    }

    /// The button that uses a link up.
    private func confirmation(of link: String, _ request: Request, _ say: PageLocale) -> Response {
        let (text, cookie) = door.visit(of: request)
        var response = Response(
            page: frame.publicPage(
                title: say(.signIn),
                say,
                """
                <h1>\(say(.signIn))</h1><p>\(say(.signInWithLink))</p>
                <form method="post" action="/sign-in">\
                <input type="hidden" name="csrf" value="\(door.formToken(of: text))">\
                <input type="hidden" name="link" value="\(link.prefix(100))">\
                <button class="main" autofocus>\(say(.signIn))</button></form>
                <p class="muted">\(say(.signInAsWho))</p>
                """
            )
        )
        if let cookie { response.headers.append(cookie) }
        return response
    }

    private func page(
        _ say: PageLocale,
        _ told: HTML,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        var response = Response(
            page: frame.publicPage(
                title: say(.signIn),
                say,
                """
                <h1>\(say(.signIn))</h1>\(told)<p>\(say(.signInExplained))</p>
                <p class="muted">\(say(.signInByCommand))</p>
                <pre><code>perennial sign-in --user ID</code></pre>
                """
            )
        )
        response.status = status
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
