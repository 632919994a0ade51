package import HTTPServing
import HTTPTypes
package import Hummingbird
import Logging
package import Recurrence
package import Tasks

/// LionDesk's Tasks v2.1, as its clients speak it, and the look-ups of users and contacts that they
/// make before.
package struct LionDeskAPI<
    Store: TaskStore & CategoryStore & PeopleStore,
    Tokens: TokenStore,
    Zones: ZoneSource,
    C: Clock & Sendable
>: HTTPResponder
where C.Instant == Timestamp, C.Duration == Duration {
    package typealias Context = BasicRequestContext

    /// The first part of the paths that are answered, also of those that do not exist.
    package static var prefix: [String] { ["api"] }

    private let authenticator: TokenAuthenticator<Tokens>
    private let limiter: RateLimiter
    private let wallClock: @Sendable () -> Timestamp
    private let tasks: TaskResource<Store, Zones>
    private let events: EventResource<Store, Zones>
    private let categories: CategoryResource<Store>
    private let people: PeopleResource<Store, Zones>
    private let keyed: KeyedAnswers<Store>
    private let zones: Zones
    private let clock: C

    /// Creates the API.
    ///
    /// - Parameters:
    ///   - store: Where tasks, categories and the directory are.
    ///   - tokens: Where tokens are looked up.
    ///   - zones: Where time zones are looked up.
    ///   - clock: The time at which tasks are worked on. It may stand still.
    ///   - horizon: How far ahead the tasks of series are stored.
    ///   - options: What the deployment chose.
    ///   - limiter: Counts the requests of each location.
    ///   - wallClock: The time by which requests are counted. It never stands still.
    package init(
        store: Store,
        tokens: Tokens,
        zones: Zones,
        clock: C,
        horizon: Horizon = Horizon(),
        options: LionDeskOptions = LionDeskOptions(),
        limiter: RateLimiter,
        wallClock: @escaping @Sendable () -> Timestamp
    ) {
        let commands = TaskCommands(
            store: store,
            zones: zones,
            horizon: horizon,
            catchUp: options.catchUp
        )
        authenticator = TokenAuthenticator(tokens: tokens)
        tasks = TaskResource(commands: commands, options: options)
        events = EventResource(commands: commands, options: options)
        categories = CategoryResource(store: store, options: options)
        people = PeopleResource(store: store, zones: zones, options: options)
        keyed = KeyedAnswers(store: store)
        self.zones = zones
        self.clock = clock
        self.limiter = limiter
        self.wallClock = wallClock
    }

    /// Answers a request; every failure is answered as a Feathers error.
    package func respond(to request: Request, context: Context) async throws -> Response {
        guard let path = LionDeskPath(RequestPath(request).parts) else {
            return FeathersError.pageNotFound(url: request.uri.string).response
        }
        do {
            return try await answer(request, at: path)
        } catch {
            let answer = FeathersError(describing: error)
            if answer.kind == .generalError || error is UnknownZone {
                context.logger.error("Failed to answer", metadata: ["error": "\(error)"])
            }
            var response = answer.response
            // RFC 9110, section 15.5.6, requires the `Allow` field.
            if answer.kind == .methodNotAllowed { response.headers[.allow] = path.methods }
            return response
        }
    }

    private func answer(_ request: Request, at path: LionDeskPath) async throws -> Response {
        let now = clock.now
        let principal = try await authenticator.principal(of: request, at: now)
        try count(principal)
        return try await keyed.answer(request, by: principal, at: now) { request in
            let call = try LionDeskCall(
                request: request,
                principal: principal,
                zone: zones.zone(named: principal.timeZone),
                now: now
            )
            return try await answer(call, at: path)
        }
    }

    private func answer(_ call: LionDeskCall, at path: LionDeskPath) async throws -> Response {
        switch path {
        case .tasks: try await tasks.answer(call)
        case .task(let id): try await tasks.answer(call, at: id)
        case .events: try await events.answer(call)
        case .event(let id): try await events.answer(call, at: id)
        case .categories: try await categories.answer(call)
        case .category(let id): try await categories.answer(call, at: id)
        case .me: try await people.me(call)
        case .users: try await people.users(call)
        case .user(let id): try await people.user(call, at: id)
        case .contacts: try await people.contacts(call)
        case .contact(let id): try await people.contact(call, at: id)
        }
    }

    /// Counts a request, and refuses it if it is one too many.
    private func count(_ principal: Principal) throws(FeathersError) {
        if limiter.limits.admitAll { return }
        let verdict = limiter.admit(principal.locationID, at: wallClock())
        if let seconds = verdict.retryAfterSeconds {
            throw .tooManyRequests(retryAfterSeconds: seconds)
        }
    }
}

/// What a deployment may choose about the dialect.
package struct LionDeskOptions: Hashable, Sendable {
    /// Whether identifiers and small integers are written as numbers, not as strings.
    package var writesNumbers: Bool
    package var page: PageLimits
    /// What the series that are made here do about occurrences that came while no server ran.
    package var catchUp: CatchUp
    /// Whether PATCH keeps the fields that are left out, instead of setting them to their defaults.
    package var mergesPatches: Bool

    package init(
        writesNumbers: Bool = false,
        page: PageLimits = PageLimits(),
        catchUp: CatchUp = .all,
        mergesPatches: Bool = false
    ) {
        self.writesNumbers = writesNumbers
        self.page = page
        self.catchUp = catchUp
        self.mergesPatches = mergesPatches
    }
}
