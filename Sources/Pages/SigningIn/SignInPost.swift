import HTTPServing
package import Logging
package import Recurrence
import ServiceLifecycle
package import Tasks
import Wording

/// Sends links by mail to who asks for one with an address.
///
/// Who asks is answered before anything is looked up, so nobody learns whether an address is known,
/// neither from what is said nor from how long it takes.
package final class SignInPost<
    Sessions: PageSessionStore,
    C: Clock & Sendable
>: Service
where C.Instant == Timestamp, C.Duration == Duration {
    private struct Asked: Sendable {
        let address: String
        let language: ReaderLanguage
    }

    /// Sends a mail.
    ///
    /// - Returns: Why the mail server did not take it; nothing if it did.
    package typealias Sending = @Sendable (SignInMail) async -> String?

    private let sessions: Sessions
    private let clock: C
    private let wallClock: @Sendable () -> Timestamp
    private let publicURL: String
    private let randomBytes: @Sendable (Int) -> [UInt8]
    private let logger: Logger
    private let send: Sending
    private let asked: AsyncStream<Asked>
    private let asking: AsyncStream<Asked>.Continuation
    private let addressLimiter = WindowLimiter<String>(limit: 3, per: .seconds(15 * 60))
    private let wholeLimiter = WindowLimiter<Bool>(limit: 60, per: .seconds(60))

    /// How many users one address may be of that are written to.
    private static var holderLimit: Int { 5 }

    /// - Parameters:
    ///   - sessions: Where links are kept, and whose addresses are known.
    ///   - clock: The server's time.
    ///   - wallClock: The time by which mails are counted. It never stands still.
    ///   - publicURL: The address under which browsers reach the server. What a request calls the
    ///     server does not come into a mail, since anybody can send one.
    ///   - randomBytes: Returns as many bytes as it is asked for. Nobody can predict them.
    ///   - logger: Is told what was not sent.
    ///   - send: Sends a mail.
    package init(
        sessions: Sessions,
        clock: C,
        wallClock: @escaping @Sendable () -> Timestamp,
        publicURL: String,
        randomBytes: @escaping @Sendable (Int) -> [UInt8],
        logger: Logger,
        send: @escaping Sending
    ) {
        self.sessions = sessions
        self.clock = clock
        self.wallClock = wallClock
        self.publicURL = publicURL
        self.randomBytes = randomBytes
        self.logger = logger
        self.send = send
        (asked, asking) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(100))
    }

    /// Takes a wish for a link; at most three for an address in a quarter of an hour, and 60 in a minute.
    func ask(_ address: String, in language: ReaderLanguage) {
        let address = address.trimmingWhitespace.lowercased()
        guard (3...254).contains(address.utf8.count), address.contains("@") else { return }
        let now = wallClock()
        guard wholeLimiter.admit(true, at: now), addressLimiter.admit(address, at: now) else {
            logger.debug("Passed over a wish for a link")
            return
        }
        asking.yield(Asked(address: address, language: language))
    }

    /// Sends what is asked for until the server stops.
    package func run() async throws {
        await withDiscardingTaskGroup { group in
            for await wish in asked.cancelOnGracefulShutdown() {
                group.addTask { await self.answer(wish) }
            }
        }
    }

    private func answer(_ wish: Asked) async {
        do {
            let holders = try await sessions.holders(
                ofAddress: wish.address,
                upTo: Self.holderLimit
            )
            for holder in holders {
                let now = clock.now
                let text = try await sessions.addSignInLink(
                    for: holder.userID,
                    shownAs: { [randomBytes] in SessionText(in: $0, randomBytes: randomBytes(20)) },
                    digestedBy: { SessionDigest($0) },
                    until: now.advanced(by: SignInTerms.linkDuration),
                    at: now
                )
                let link = "\(publicURL)/sign-in?link=\(text.text)"
                let mail = SignInMail(to: holder, link: link, in: wish.language)
                if let reason = await send(mail) {
                    logger.error("Could not send a link", metadata: ["reason": "\(reason)"])
                }
            }
        } catch {
            logger.error("Could not send a link", metadata: ["error": "\(error)"])
        }
    }
}
