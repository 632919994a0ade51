package import HTTPServing
import HTTPTypes
package import Hummingbird
import Logging
package import Recurrence
package import Tasks

/// Perennial's own API, version 1.
///
/// A request is made with the token of a user or of a location, and reaches the records of that
/// location only: those that the user may see, or all of them.
package struct PerennialAPI<
    Store: BatchStore & BrowsingStore & CalendarStore & CategoryStore & ChangeFeedStore
        & DirectoryNames & HistoryStore & PeopleStore & PolicyStore & ReminderLedger & SeriesStore
        & SnoozeStore & TaskStore & WebhookStore,
    Tokens: AdministrationStore & DirectoryStore & TokenStore,
    Zones: ZoneSource,
    C: Clock & Sendable
>: HTTPResponder
where C.Instant == Timestamp, C.Duration == Duration {
    package typealias Context = BasicRequestContext

    /// The first part of the paths that are answered, also of those that do not exist.
    package static var prefix: [String] { ["v1"] }

    private let authenticator: TokenAuthenticator<Tokens>
    private let limiter: RateLimiter
    private let wallClock: @Sendable () -> Timestamp
    let store: Store
    private let tasks: TaskRecords<Store, Zones>
    private let writes: TaskWrites<Store, Zones>
    private let series: SeriesRecords<Store, Zones>
    private let seriesWrites: SeriesWrites<Store, Zones>
    private let calendars: CalendarRecords<Store, Zones>
    private let changes: ChangeRecords<Store, Zones>
    private let history: HistoryRecords<Store, Zones>
    private let why: WhyRecords<Store, Zones>
    private let preview: RecurrencePreview<Store, Zones>
    private let directory: DirectoryRecords<Store, Tokens>
    private let administration: Administration<Store, Tokens, Zones>
    private let webhooks: WebhookResource<Store>
    private let reminders: ReminderRecords<Store>
    private let keyed: KeyedAnswers<Store>
    private let zones: Zones
    private let clock: C

    /// Creates the API.
    ///
    /// - Parameters:
    ///   - store: Where tasks, series and the directory are.
    ///   - tokens: Where tokens are looked up, and the directory is administered.
    ///   - format: How documents of the directory are read and written.
    ///   - webhooks: Makes the secrets of webhooks, and checks their addresses.
    ///   - zones: Where time zones are looked up.
    ///   - clock: The time at which tasks are worked on. It may stand still.
    ///   - horizon: How far ahead the tasks of series are stored.
    ///   - limiter: Counts the requests of each location.
    ///   - wallClock: The time by which requests are counted. It never stands still.
    ///   - time: By which answers are held and streams go on.
    package init(
        store: Store,
        tokens: Tokens,
        format: any DirectoryFormat,
        webhooks: any WebhookOffice,
        zones: Zones,
        clock: C,
        horizon: Horizon = Horizon(),
        limiter: RateLimiter,
        wallClock: @escaping @Sendable () -> Timestamp,
        time: FollowingTime
    ) {
        self.store = store
        let commands = TaskCommands(store: store, zones: zones, horizon: horizon)
        let browsing = BrowsingCommands(store: store, zones: zones)
        tasks = TaskRecords(commands: commands, browsing: browsing, zones: zones)
        writes = TaskWrites(
            store: store,
            commands: commands,
            browsing: browsing,
            records: tasks,
            series: SeriesCommands(store: store, zones: zones),
            zones: zones,
            horizon: horizon
        )
        changes = ChangeRecords(store: store, browsing: browsing, zones: zones, time: time)
        history = HistoryRecords(store: store, records: tasks)
        why = WhyRecords(
            store: store,
            browsing: browsing,
            records: tasks,
            zones: zones
        )
        preview = RecurrencePreview(store: store, zones: zones)
        series = SeriesRecords(store: store, browsing: browsing)
        seriesWrites = SeriesWrites(
            commands: SeriesCommands(store: store, zones: zones),
            browsing: browsing,
            zones: zones,
            horizon: horizon
        )
        calendars = CalendarRecords(
            commands: CalendarCommands(store: store, zones: zones, horizon: horizon)
        )
        authenticator = TokenAuthenticator(tokens: tokens)
        directory = DirectoryRecords(store: store, administration: tokens)
        administration = Administration(
            store: store,
            directory: tokens,
            format: format,
            zones: zones
        )
        self.webhooks = WebhookResource(store: store, office: webhooks)
        reminders = ReminderRecords(store: store)
        keyed = KeyedAnswers(store: store)
        self.zones = zones
        self.clock = clock
        self.limiter = limiter
        self.wallClock = wallClock
    }

    /// Answers a request; every failure is answered as a problem (RFC 9457).
    package func respond(to request: Request, context: Context) async throws -> Response {
        let traceID = TraceID()
        do {
            return try await answer(request, traceID).compressed(for: request)
        } catch {
            let problem = Problem(describing: error)
            if problem.kind == .internalError || error is UnknownZone {
                context.logger.error(
                    "Failed to answer",
                    metadata: ["error": "\(error)", "trace.id": "\(traceID.text)"]
                )
            }
            return try await problem.response(traceID: traceID).compressed(for: request)
        }
    }

    /// Answers a request of somebody who came in by another way than with a token, and whose requests
    /// are counted there.
    ///
    /// - Parameters:
    ///   - request: A GET, POST, PATCH, PUT or DELETE of one of the paths.
    ///   - principal: Who asks.
    /// - Returns: What a token's holder would be answered, uncompressed.
    /// - Throws: What writing a refusal throws; each other failure is answered as a problem.
    package func answer(_ request: Request, by principal: Principal) async throws -> Response {
        let traceID = TraceID()
        do {
            let path = RequestPath(request).parts.dropFirst(Self.prefix.count)
            guard let route = APIRoute(path.map(String.init)) else { throw Problem.noRoute }
            guard route.has(request.method) else {
                throw Problem.methodNotAllowed(allowing: route.allowedMethods)
            }
            return try await answer(request, by: principal, at: route, clock.now, traceID)
        } catch {
            return Problem(describing: error).response(traceID: traceID)
        }
    }

    private func answer(_ request: Request, _ traceID: TraceID) async throws -> Response {
        let path = RequestPath(request).parts.dropFirst(Self.prefix.count)
        guard let route = APIRoute(path.map(String.init)) else { throw Problem.noRoute }
        let method = request.method == .head ? .get : request.method
        if method == .options {
            return Response(status: .noContent, headers: [.allow: route.allowedMethods])
        }
        guard route.has(method) else {
            throw Problem.methodNotAllowed(allowing: route.allowedMethods)
        }
        let now = clock.now
        let principal = try await authenticator.principal(of: request, at: now)
        try count(principal)
        return try await answer(request, by: principal, at: route, now, traceID)
    }

    private func answer(
        _ request: Request,
        by principal: Principal,
        at route: APIRoute,
        _ now: Timestamp,
        _ traceID: TraceID
    ) async throws -> Response {
        let method = request.method == .head ? .get : request.method
        try route.checkScope(of: principal, for: method)
        let zone = try zones.zone(named: principal.timeZone)
        return try await keyed.answer(
            request,
            by: principal,
            bodyLimit: APICall.bodyLimit,
            at: now
        ) { request in
            let call = APICall(
                request: request,
                method: method,
                principal: principal,
                zone: zone,
                now: now,
                traceID: traceID
            )
            return try await answer(call, at: route)
        }
    }

    /// Answers a request, or an operation of a batch.
    ///
    /// - Throws: The refusal of a write that does not say which state of its record it means where the
    ///   location asks for that; what answering throws.
    func answer(_ call: APICall, at route: APIRoute) async throws -> Response {
        if call.principal.requiresMatch, route.changesRecord, call.method != .get,
            call.header(.ifMatch) == nil
        {
            throw Problem.preconditionRequired
        }
        if let response = try await administration.answer(call, at: route) { return response }
        if let response = try await webhooks.answer(call, at: route) { return response }
        return try await answerRecords(call, at: route)
    }

    private func answerRecords(_ call: APICall, at route: APIRoute) async throws -> Response {
        switch route {
        case .me: try await directory.me(call)
        case .tasks where call.method == .post: try await writes.create(call)
        case .tasks: try await tasks.list(call)
        case .task(let id): try await answer(call, atTask: id)
        case .action(let action, let id): try await writes.carryOut(action, call, id)
        case .batch: try await answerBatch(call)
        case .whyTask(let id): try await why.ofTask(call, id)
        case .whySeries(let id): try await why.ofSeries(call, id)
        case .taskHistory(let id): try await history.ofTask(call, id)
        case .seriesHistory(let id): try await history.ofSeries(call, id)
        case .undoing(let number): try await history.undo(call, number)
        case .series where call.method == .post: try await seriesWrites.create(call)
        case .series: try await series.list(call)
        case .oneSeries(let id): try await answer(call, atSeries: id)
        case .pausing(let id): try await seriesWrites.pause(call, id)
        case .resuming(let id): try await seriesWrites.resume(call, id)
        case .ending(let id): try await seriesWrites.end(call, id)
        case .adherence(let id): try await series.adherence(call, id)
        case .calendars where call.method == .post: try await calendars.create(call)
        case .calendars: try await calendars.list(call)
        case .calendar(let id): try await answer(call, atCalendar: id)
        case .absences(let id) where call.method == .put:
            try await calendars.setAbsences(call, id)
        case .absences(let id): try await answer(call, atAbsencesOf: id)
        case .occurrences(let id): try await series.occurrences(call, id)
        case .changes: try await changes.list(call)
        case .events: try await changes.events(call)
        case .preview: try await preview.answer(call)
        case .reminders: try await reminders.list(call)
        case .users: try await directory.users(call)
        case .user(let id): try await directory.user(call, id)
        case .contacts: try await directory.contacts(call)
        case .contact(let id): try await directory.contact(call, id)
        case .categories: try await directory.categories(call)
        case .category(let id): try await directory.category(call, id)
        case .location, .teams, .team, .tokens, .token, .rotation, .directoryImport,
            .directoryExport, .audit, .webhooks, .webhook, .webhookRotation, .webhookReplay,
            .webhookTest, .webhookDeliveries:
            throw Problem.noRoute
        }
    }

    private func answer(_ call: APICall, atTask id: String) async throws -> Response {
        switch call.method {
        case .patch: try await writes.update(call, id)
        case .delete: try await writes.delete(call, id)
        default: try await tasks.get(call, id)
        }
    }

    private func answer(_ call: APICall, atSeries id: String) async throws -> Response {
        switch call.method {
        case .patch: try await seriesWrites.update(call, id)
        case .delete: try await seriesWrites.delete(call, id)
        default: try await series.get(call, id)
        }
    }

    /// Answers with the absences of a user whom the caller sees.
    private func answer(_ call: APICall, atAbsencesOf id: String) async throws -> Response {
        _ = try await directory.user(call, id)
        return try await calendars.absences(call, id)
    }

    private func answer(_ call: APICall, atCalendar id: String) async throws -> Response {
        switch call.method {
        case .patch: try await calendars.update(call, id)
        case .delete: try await calendars.delete(call, id)
        default: try await calendars.get(call, id)
        }
    }

    /// Counts a request, and refuses it if it is one too many.
    private func count(_ principal: Principal) throws(Problem) {
        if limiter.limits.admitAll { return }
        let verdict = limiter.admit(principal.locationID, at: wallClock())
        if let seconds = verdict.retryAfterSeconds {
            throw Problem(
                .tooManyRequests,
                "The location has made as many requests as it may.",
                retryAfter: seconds
            )
        }
    }
}
