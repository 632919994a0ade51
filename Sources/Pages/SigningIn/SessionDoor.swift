import HTTPServing
import HTTPTypes
import Hummingbird
import OpenID
import Recurrence
import Tasks
import Wording

/// Lets browsers in: by a link once, then by a cookie.
struct SessionDoor<Sessions: PageSessionStore>: Sendable {
    let sessions: Sessions
    let randomBytes: @Sendable (Int) -> [UInt8]
    /// Whether browsers reach the server by TLS alone.
    let isSecure: Bool
    let origin: FormOrigin

    init(
        sessions: Sessions,
        randomBytes: @escaping @Sendable (Int) -> [UInt8],
        terms: PageTerms
    ) {
        self.sessions = sessions
        self.randomBytes = randomBytes
        isSecure = terms.isSecure
        origin = FormOrigin(known: terms.publicURL.flatMap { PageTerms.origin(of: $0) })
    }

    private var cookieName: String { name("perennial") }
    private var noticeName: String { name("perennial-notice") }
    private var visitName: String { name("perennial-visit") }
    private var attemptName: String { name("perennial-openid") }

    /// A browser takes a name with this prefix only with `Secure`, for the whole server and no other.
    private func name(_ name: String) -> String { isSecure ? "__Host-\(name)" : name }

    // MARK: Sessions

    /// Who is signed in, with the text of the session.
    func visitor(
        of request: Request,
        at now: Timestamp
    ) async throws -> (visitor: Visitor, text: SessionText)? {
        guard let text = request.cookie(cookieName).flatMap({ SessionText(parsing: $0) }) else {
            return nil
        }
        let digest = SessionDigest(text)
        guard var visitor = try await sessions.visitor(ofSession: digest, at: now) else {
            return nil
        }
        if visitor.session.usedAt.advanced(by: SignInTerms.useInterval) <= now {
            try await sessions.noteUse(ofSession: digest, at: now)
            visitor.session.usedAt = now
        }
        return (visitor, text)
    }

    /// Uses a link up.
    ///
    /// - Returns: The cookie of a new session; nothing if the link is not in force.
    func signIn(
        byLink link: String,
        _ request: Request,
        at now: Timestamp
    ) async throws -> HTTPField? {
        guard let link = SessionText(parsing: link) else { return nil }
        let session = link.successor(randomBytes: randomBytes(20))
        let browser = request.headers[.userAgent] ?? ""
        let isSignedIn = try await sessions.signIn(
            byLink: SessionDigest(link),
            beginning: SessionDigest(session),
            in: String(browser.prefix(SignInTerms.browserLength / 4)),
            at: now
        )
        guard isSignedIn else { return nil }
        // Whoever was signed in before in this browser is not any more.
        if let (visitor, _) = try await self.visitor(of: request, at: now) {
            try await end(visitor, at: now)
        }
        return cookie(cookieName, session.text, lasting: SignInTerms.sessionDuration)
    }

    /// Ends a session.
    ///
    /// - Returns: The field that removes its cookie.
    @discardableResult
    func end(_ visitor: Visitor, at now: Timestamp) async throws -> HTTPField {
        _ = try await sessions.endSession(
            visitor.session.id,
            of: visitor.session.userID,
            in: visitor.session.locationID,
            at: now
        )
        return cookie(cookieName, "", lasting: .zero)
    }

    private func cookie(_ name: String, _ value: String, lasting duration: Duration) -> HTTPField {
        HTTPField(
            name: .setCookie,
            value: "\(name)=\(value); Path=/; Max-Age=\(duration.components.seconds); "
                + "HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
        )
    }

    // MARK: Who is not signed in

    /// What a browser is known by that is about to sign in: its cookie's text, and the cookie where it
    /// has none yet.
    func visit(of request: Request) -> (text: String, newCookie: HTTPField?) {
        if let text = visitText(of: request) { return (text, nil) }
        let text = randomBytes(20).hexadecimal
        return (text, cookie(visitName, text, lasting: SignInTerms.linkDuration * 4))
    }

    private func visitText(of request: Request) -> String? {
        request.cookie(visitName).flatMap { text in
            text.utf8.count == 40 && [UInt8](hexadecimal: text) != nil ? text : nil
        }
    }

    /// Whether a form of the sign-in page comes from the browser to which it was shown.
    func admitsVisit(_ form: Form, _ request: Request) -> Bool {
        guard let text = visitText(of: request) else { return false }
        return admits(form, request, madeFor: text)
    }

    /// The field that removes the cookie of who was about to sign in.
    var visitOver: HTTPField { cookie(visitName, "", lasting: .zero) }

    // MARK: Providers

    /// What a browser keeps until it comes back from a provider.
    func cookie(keeping attempt: OpenIDClient.Attempt) -> HTTPField {
        cookie(attemptName, attempt.text, lasting: .seconds(600))
    }

    func attempt(of request: Request) -> OpenIDClient.Attempt? {
        request.cookie(attemptName).flatMap { OpenIDClient.Attempt(parsing: $0) }
    }

    /// The field that removes the cookie of an attempt.
    var attemptOver: HTTPField { cookie(attemptName, "", lasting: .zero) }

    // MARK: Forms

    /// A new spelling of the token that the forms of a session, or of who is about to sign in, carry.
    ///
    /// It differs on every page, so that nothing is learnt from how well a page compresses.
    func formToken(of cookie: String) -> String {
        let pad = randomBytes(16)
        return (pad + zip(pad, Self.secret(of: cookie)).map { $0 ^ $1 }).hexadecimal
    }

    /// Whether a form carries the token made for a cookie, and its page was of this server.
    func admits(_ form: Form, _ request: Request, madeFor cookie: String) -> Bool {
        guard origin.admits(request),
            let bytes = form["csrf"].flatMap({ [UInt8](hexadecimal: $0) }), bytes.count == 32
        else { return false }
        let masked = zip(bytes.prefix(16), bytes.suffix(16)).map { $0 ^ $1 }
        // Every byte is compared, whatever the ones before it are.
        return zip(masked, Self.secret(of: cookie)).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func secret(of cookie: String) -> [UInt8] {
        Array(TokenDigest.bytes(of: "form of " + cookie).prefix(16))
    }

    // MARK: Notices

    /// What an action before this request did.
    func notice(of request: Request) -> Notice? {
        guard let value = request.cookie(noticeName) else { return nil }
        let parts = value.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let fields = Form(parsing: Array(parts[1].utf8))
        guard let text = fields["text"] else { return nil }
        let numbers = (fields["undo"] ?? "").split(separator: "-").compactMap { Int64($0) }
        return Notice(text: text, changeNumbers: numbers, isFailure: parts[0] == "failure")
    }

    /// The cookie that tells a notice on the next page.
    func cookie(telling notice: Notice) -> HTTPField {
        let numbers = notice.changeNumbers.map(String.init).joined(separator: "-")
        let text = String(notice.text.prefix(300)).percentEncoded
        let kind = notice.isFailure ? "failure" : "done"
        return cookie(noticeName, "\(kind).text=\(text)&undo=\(numbers)", lasting: .seconds(20))
    }

    /// The field that removes the notice's cookie.
    var noticeTold: HTTPField { cookie(noticeName, "", lasting: .zero) }
}

extension SessionDigest {
    init(_ text: SessionText) {
        self.init(text) { TokenDigest.bytes(of: String(decoding: $0, as: UTF8.self)) }
    }
}

extension Request {
    /// The value of a cookie.
    fileprivate func cookie(_ name: String) -> String? {
        for field in headers[values: .cookie] {
            for part in field.split(separator: ";") {
                let pair = part.trimmingWhitespace
                if pair.hasPrefix(name + "=") { return String(pair.dropFirst(name.count + 1)) }
            }
        }
        return nil
    }
}

extension [UInt8] {
    fileprivate init?(hexadecimal text: String) {
        guard text.utf8.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        var rest = text[...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        self = bytes
    }

    fileprivate var hexadecimal: String {
        map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }
}
