import Delivery
import HTTPServing
import HighLevel
import LionDesk
import Pages
import Storage

/// What answers at which paths.
extension Server {
    /// The dialects, each at its paths, over one store.
    var dialects: [Serving.Mount] {
        let lionDesk = LionDeskAPI(
            store: store,
            tokens: store.directory,
            zones: zones,
            clock: clock,
            horizon: settings.horizon,
            options: settings.lionDesk,
            limiter: RateLimiter(limits: settings.lionDeskRateLimits),
            wallClock: { WallClock().now }
        )
        let highLevel = HighLevelAPI(
            store: store,
            tokens: store.directory,
            zones: zones,
            clock: clock,
            horizon: settings.horizon,
            options: settings.highLevel,
            limiter: RateLimiter(limits: settings.rateLimits),
            wallClock: { WallClock().now }
        )
        return [
            Serving.Mount(prefix: type(of: lionDesk).prefix, responder: lionDesk),
            Serving.Mount(prefix: type(of: highLevel).prefix, responder: highLevel),
        ]
    }

    /// The pages to which the links of reminders lead, none of which is right without the key that signs
    /// them.
    func links(_ answer: @escaping OwnAPI.Answering) -> Serving.Mount {
        let signer = settings.webhooks.key.map { LinkSigner($0) }
        let links = LinkServer(
            sessions: store.directory,
            settings: store,
            zones: zones,
            clock: clock,
            terms: settings.page,
            reading: { signer?.link(in: $0) },
            answer: answer
        )
        return Serving.Mount(prefix: type(of: links).prefix, responder: links)
    }
}
