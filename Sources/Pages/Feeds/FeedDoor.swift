import HTTPServing
import HTTPTypes
import Hummingbird
import Recurrence
import Tasks

/// Lets calendar programs read a user's tasks by the user's secret address, and nothing else.
struct FeedDoor<Sessions: PageStore, Zones: ZoneSource>: Sendable {
    let sessions: Sessions
    let zones: Zones
    let answer: OwnAPI.Answering
    /// Programs ask every few minutes, so more than this is none of theirs.
    private let limiter = WindowLimiter<Identifier<User>>(limit: 60, per: .seconds(60))

    init(sessions: Sessions, zones: Zones, answer: @escaping OwnAPI.Answering) {
        self.sessions = sessions
        self.zones = zones
        self.answer = answer
    }

    /// Answers a request of an address, in force or not.
    ///
    /// - Returns: Nothing where the path is none of an address.
    func response(
        to request: Request,
        _ path: [String],
        _ query: Form,
        from origin: String,
        at now: Timestamp,
        _ wallNow: Timestamp
    ) async throws -> Response? {
        guard path.count == 2, path[0] == "calendar", path[1].hasSuffix(".ics"),
            request.method == .get || request.method == .head
        else { return nil }
        guard let text = SessionText(parsing: String(path[1].dropLast(4))),
            let (principal, address) = try await sessions.reader(
                byCalendarAddress: SessionDigest(text)
            )
        else { return Response(status: .notFound) }
        if let userID = principal.userID, !limiter.admit(userID, at: wallNow) {
            return Response(status: .tooManyRequests, headers: [.retryAfter: "60"])
        }
        var reader = principal
        // Whoever has the address reads, and what a role allows is none of theirs.
        reader.role = .agent
        reader.scopes = ["tasks.read", "directory.read"]
        let feed = CalendarFeed(
            api: OwnAPI(as: reader, answer),
            now: now,
            zone: try zones.zone(named: reader.timeZone),
            origin: origin,
            form: query["as"].flatMap { CalendarFeed.Form(rawValue: $0) } ?? .event
        )
        if address.isUsed(longBefore: now) {
            try await sessions.noteUse(ofCalendarAddress: SessionDigest(text), at: now)
        }
        do {
            return try await feed.response(to: request)
        } catch let refusal as Refusal {
            // Programs come again by themselves.
            let status = HTTPResponse.Status(code: refusal.status)
            return Response(status: status, headers: [.retryAfter: "60"])
        }
    }
}

extension CalendarAddress {
    /// Whether it has not been stored for a while that the address is used.
    fileprivate func isUsed(longBefore now: Timestamp) -> Bool {
        usedAt.map { $0.advanced(by: SignInTerms.useInterval) <= now } ?? true
    }
}
