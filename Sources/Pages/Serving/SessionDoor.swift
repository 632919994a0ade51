import HTTPServing
import HTTPTypes
import Hummingbird
import Recurrence
import Tasks
import Wording

/// Lets browsers in: by a link once, then by a cookie.
struct SessionDoor<Sessions: PageSessionStore>: Sendable {
    let sessions: Sessions
    let randomBytes: @Sendable (Int) -> [UInt8]
    /// Whether browsers reach the server by TLS alone.
    let isSecure: Bool

    /// A browser takes a name with this prefix only with `Secure`, for the whole server and no other.
    private var cookieName: String { isSecure ? "__Host-perennial" : "perennial" }
    private static var noticeName: String { "perennial-notice" }

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
        return cookie(session.text, lasting: SignInTerms.sessionDuration)
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
        return cookie("", lasting: .zero)
    }

    private func cookie(_ value: String, lasting duration: Duration) -> HTTPField {
        HTTPField(
            name: .setCookie,
            value: "\(cookieName)=\(value); Path=/; Max-Age=\(duration.components.seconds); "
                + "HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
        )
    }

    // MARK: Forms

    /// A new spelling of the token that a session's forms carry.
    ///
    /// It differs on every page, so that nothing is learnt from how well a page compresses.
    func formToken(of session: SessionText) -> String {
        let pad = randomBytes(16)
        return (pad + zip(pad, Self.secret(of: session)).map { $0 ^ $1 }).hexadecimal
    }

    /// Whether a form carries the session's token, and its page was of this server.
    func admits(_ form: Form, _ request: Request, of session: SessionText) -> Bool {
        if let origin = HTTPField.Name("Origin").flatMap({ request.headers[$0] }) {
            let host = origin.split(separator: "/", omittingEmptySubsequences: false).last
            guard host.map(String.init) == request.head.authority else { return false }
        }
        guard let bytes = form["csrf"].flatMap({ [UInt8](hexadecimal: $0) }), bytes.count == 32
        else { return false }
        let masked = zip(bytes.prefix(16), bytes.suffix(16)).map { $0 ^ $1 }
        // Every byte is compared, whatever the ones before it are.
        return zip(masked, Self.secret(of: session)).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func secret(of session: SessionText) -> [UInt8] {
        Array(TokenDigest.bytes(of: "form of " + session.text).prefix(16))
    }

    // MARK: Notices

    /// What an action before this request did.
    func notice(of request: Request) -> Notice? {
        guard let value = request.cookie(Self.noticeName) else { return nil }
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
        return HTTPField(
            name: .setCookie,
            value: "\(Self.noticeName)=\(notice.isFailure ? "failure" : "done").text=\(text)"
                + "&undo=\(numbers); Path=/; Max-Age=20; HttpOnly; SameSite=Lax"
        )
    }

    /// The field that removes the notice's cookie.
    var noticeTold: HTTPField {
        HTTPField(
            name: .setCookie,
            value: "\(Self.noticeName)=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
        )
    }
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
