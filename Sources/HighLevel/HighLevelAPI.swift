package import HTTPServing
import HTTPTypes
package import Hummingbird
import Logging
package import Recurrence
package import Tasks

/// HighLevel's recurring tasks, contacts' tasks and task search, as its clients speak them, and the
/// look-ups of locations, contacts and users that clients make before.
///
/// A request is made with a location's own token, and reaches the records of that location only.
package struct HighLevelAPI<
    Store: TaskStore & SeriesStore & DirectoryNames & PeopleStore,
    Tokens: TokenStore,
    Zones: ZoneSource,
    C: Clock & Sendable
>: HTTPResponder
where C.Instant == Timestamp, C.Duration == Duration {
    package typealias Context = BasicRequestContext

    /// The first parts of the paths that are answered: none, since the API is at the root of its host.
    ///
    /// So a path that nothing else answers is not found in the API's own form.
    package static var prefix: [String] { [] }

    private let authenticator: TokenAuthenticator<Tokens>
    private let limiter: RateLimiter
    private let recurringTasks: RecurringTaskResource<Store, Zones>
    private let contactTasks: ContactTaskResource<Store, Zones>
    private let search: TaskSearchResource<Store, Zones>
    private let people: DirectoryResource<Store>
    private let keyed: KeyedAnswers<Store>
    private let zones: Zones
    private let clock: C
    private let wallClock: @Sendable () -> Timestamp
    private let options: HighLevelOptions

    /// Creates the API.
    ///
    /// - Parameters:
    ///   - store: Where tasks, series and the directory are.
    ///   - tokens: Where tokens are looked up.
    ///   - zones: Where time zones are looked up.
    ///   - clock: Gives the time of requests, of tasks and of series; it may be a test clock.
    ///   - horizon: How far ahead the tasks of other dialects' series are stored.
    ///   - options: What the deployment chose.
    ///   - limiter: Counts the requests of each location.
    ///   - wallClock: Gives the time by which requests are counted; it always runs.
    package init(
        store: Store,
        tokens: Tokens,
        zones: Zones,
        clock: C,
        horizon: Horizon = Horizon(),
        options: HighLevelOptions = HighLevelOptions(),
        limiter: RateLimiter,
        wallClock: @escaping @Sendable () -> Timestamp
    ) {
        let series = SeriesCommands(store: store, zones: zones, catchUp: options.catchUp)
        let tasks = TaskCommands(store: store, zones: zones, horizon: horizon)
        let directory = DirectoryLookup(store: store)
        authenticator = TokenAuthenticator(tokens: tokens)
        recurringTasks = RecurringTaskResource(
            commands: series,
            zones: zones,
            directory: directory
        )
        contactTasks = ContactTaskResource(commands: tasks, directory: directory)
        search = TaskSearchResource(
            commands: tasks,
            directory: directory,
            status: options.searchStatus
        )
        people = DirectoryResource(store: store, directory: directory)
        keyed = KeyedAnswers(store: store)
        self.limiter = limiter
        self.zones = zones
        self.clock = clock
        self.wallClock = wallClock
        self.options = options
    }

    /// Answers a request; every failure is answered in NestJS's form.
    package func respond(to request: Request, context: Context) async throws -> Response {
        let traceID = TraceID()
        var rateFields: HTTPFields = [:]
        var response: Response
        do {
            let route = try route(of: request)
            let principal = try await principal(of: request)
            let verdict = limiter.admit(principal.locationID, at: wallClock())
            rateFields = HTTPFields(verdict, of: limiter.limits)
            if let seconds = verdict.retryAfterSeconds {
                throw HighLevelError.tooManyRequests(retryAfterSeconds: seconds)
            }
            try check(request, for: route, by: principal)
            let now = clock.now
            response = try await keyed.answer(
                request,
                by: principal,
                bodyLimit: HighLevelCall.bodyLimit,
                at: now
            ) { request in
                let call = HighLevelCall(
                    request: request,
                    locationID: principal.locationID,
                    zone: try zones.zone(named: principal.timeZone),
                    now: now,
                    traceID: traceID
                )
                return try await answer(call, at: route)
            }
        } catch {
            let answer = HighLevelError(describing: error)
            if answer.kind == .internalError || error is UnknownZone {
                context.logger.error(
                    "Failed to answer",
                    metadata: ["error": "\(error)", "trace.id": "\(traceID.text)"]
                )
            }
            response = answer.response(traceID: traceID, options)
        }
        response.headers.append(contentsOf: rateFields)
        return response
    }

    private func route(of request: Request) throws(HighLevelError) -> HighLevelRoute {
        let route = HighLevelRoute(request.method, RequestPath(request).parts)
        guard let route else { throw .noRoute(request.method.rawValue, request.uri.string) }
        return route
    }

    private func principal(of request: Request) async throws -> Principal {
        do {
            let principal = try await authenticator.principal(of: request, at: clock.now)
            guard principal.userID == nil else { throw HighLevelError.notALocationsToken }
            return principal
        } catch let failure as AuthenticationFailure {
            throw HighLevelError(failure, of: request)
        }
    }

    /// Refuses a request that has no valid version, is for another location, or lacks a scope.
    private func check(
        _ request: Request,
        for route: HighLevelRoute,
        by principal: Principal
    ) throws(HighLevelError) {
        _ = try HighLevelVersion(of: request.headers)
        if let name = route.locationName, name != principal.locationID.rawValue {
            throw .foreignLocation
        }
        if let scope = route.scope(options), !principal.allows(scope.rawValue) {
            throw .insufficientScope
        }
    }

    private func answer(
        _ call: HighLevelCall,
        at route: HighLevelRoute
    ) async throws -> Response {
        switch route {
        case .recurringTasks(let operation, _):
            try await recurringTasks.answer(call, operation)
        case .taskSearch:
            try await search.answer(call)
        case .taskList:
            try await search.list(call)
        case .contactTasks(let operation, let name):
            try await contactTasks.answer(call, operation, ofContactNamed: name)
        case .location:
            try await people.location(call)
        case .contacts:
            try await people.contacts(call)
        case .contact(let name):
            try await people.contact(call, named: name)
        case .users:
            try await people.users(call)
        case .user(let name):
            try await people.user(call, named: name)
        }
    }
}
