import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/webhooks`: the subscriptions of other systems, and what became of their events.
struct WebhookResource<Store: WebhookStore>: Sendable {
    let commands: WebhookCommands<Store>

    init(store: Store, office: any WebhookOffice) {
        commands = WebhookCommands(store: store, office: office)
    }

    /// Answers a call; nil where its route is another part's.
    func answer(_ call: APICall, at route: APIRoute) async throws -> Response? {
        do {
            switch (route, call.method) {
            case (.webhooks, .get): return try await list(call)
            case (.webhooks, _): return try await create(call)
            case (.webhook(let id), .get): return try await get(call, id)
            case (.webhook(let id), .patch): return try await change(call, id)
            case (.webhook(let id), _): return try await remove(call, id)
            case (.webhookRotation(let id), _): return try await rotate(call, id)
            case (.webhookReplay(let id), _): return try await replay(call, id)
            case (.webhookTest(let id), _): return try await test(call, id)
            case (.webhookDeliveries(let id), _): return try await deliveries(call, id)
            default: return nil
            }
        } catch let refusal as WebhookRefusal {
            throw Problem(refusal)
        }
    }

    private func list(_ call: APICall) async throws -> Response {
        var parameters = try call.parameters()
        let limit = parameters.limit()
        let fingerprint = call.fingerprint("webhooks")
        let place = try parameters.place(in: fingerprint, keyCount: 1)
        try parameters.finish()
        // A location has few.
        let webhooks = try await commands.webhooks(in: call.locationID)
            .filter { $0.id.rawValue > place?[0] ?? 0 }
        let page = webhooks.prefix(limit)
        let next = webhooks.count > limit ? page.last : nil
        return call.response(
            "webhooks",
            page,
            next: next.map { Cursor(query: fingerprint, place: [$0.id.rawValue]) }
        )
    }

    private func get(_ call: APICall, _ text: String) async throws -> Response {
        try call.expectNoParameters()
        let webhook = try await commands.webhook(try identifier(text), in: call.locationID)
        guard let webhook else { throw Problem.noRecord }
        return call.response("webhook", webhook)
    }

    private func create(_ call: APICall) async throws -> Response {
        try call.expectNoKey()
        let isTrial = try call.isTrial()
        var reader = MemberReader(try await call.body())
        let url = reader.url("url").value
        reader.require("url")
        let forms: KeyValuePairs = ["standard": WebhookForm.standard, "highlevel": .highLevel]
        let form = reader.choice("form", among: forms).value ?? .standard
        let events = reader.events("events", of: [form]).value
        try reader.finish()
        let (outcome, secret) = try await commands.add(
            url: url ?? "",
            form: form,
            events: events,
            in: call.locationID,
            under: call.webhookTerms(isTrial: isTrial),
            at: call.now
        )
        var response = response(to: outcome, showing: secret, isTrial: isTrial, .created)
        if !isTrial {
            response.headers[.location] = "/v1/webhooks/\(outcome.webhook.id.rawValue)"
        }
        return response
    }

    private func change(_ call: APICall, _ text: String) async throws -> Response {
        let isTrial = try call.isTrial()
        let id = try identifier(text)
        var reader = MemberReader(try await call.body())
        let url = reader.url("url").value
        let events = reader.events("events", of: WebhookForm.allCases).update
        let isPaused = reader.flag("paused").value
        try reader.finish()
        let outcome = try await commands.change(
            id,
            in: call.locationID,
            url: url,
            events: events,
            isPaused: isPaused,
            under: call.webhookTerms(isTrial: isTrial),
            at: call.now
        )
        guard let outcome else { throw Problem.noRecord }
        return response(to: outcome)
    }

    private func remove(_ call: APICall, _ text: String) async throws -> Response {
        let isTrial = try call.isTrial()
        let outcome = try await commands.remove(
            try identifier(text),
            in: call.locationID,
            under: call.webhookTerms(isTrial: isTrial),
            at: call.now
        )
        guard let outcome else { throw Problem.noRecord }
        return response(to: outcome)
    }

    private func rotate(_ call: APICall, _ text: String) async throws -> Response {
        try call.expectNoKey()
        let isTrial = try call.isTrial()
        try MemberReader(try await call.body()).finish()
        let rotated = try await commands.rotate(
            try identifier(text),
            in: call.locationID,
            under: call.webhookTerms(isTrial: isTrial),
            at: call.now
        )
        guard let rotated else { throw Problem.noRecord }
        return response(to: rotated.outcome, showing: rotated.secret, isTrial: isTrial)
    }

    private func replay(_ call: APICall, _ text: String) async throws -> Response {
        let isTrial = try call.isTrial()
        let id = try identifier(text)
        var reader = MemberReader(try await call.body())
        let since = reader.instant("since", isNullable: true).value
        if let since, since > call.now { reader.note("since", "is in the future") }
        try reader.finish()
        let outcome = try await commands.replay(
            id,
            since: since,
            in: call.locationID,
            under: call.webhookTerms(isTrial: isTrial),
            at: call.now
        )
        guard let outcome else { throw Problem.noRecord }
        return response(to: outcome)
    }

    /// Answers with what the receiver answered; one that is only tried is sent nothing.
    private func test(_ call: APICall, _ text: String) async throws -> Response {
        let isTrial = try call.isTrial()
        let id = try identifier(text)
        try MemberReader(try await call.body()).finish()
        guard let webhook = try await commands.webhook(id, in: call.locationID) else {
            throw Problem.noRecord
        }
        let answer =
            isTrial ? nil : try await commands.test(webhook.id, in: call.locationID, at: call.now)
        var json = JSONWriter()
        json.beginObject()
        json.write("arrived", answer?.isSuccess ?? false)
        json.write("answer", answer?.text)
        json.endObject()
        return .json(json.bytes)
    }

    private func deliveries(_ call: APICall, _ text: String) async throws -> Response {
        var parameters = try call.parameters()
        let limit = parameters.limit()
        let fingerprint = call.fingerprint("deliveries", [text])
        let place = try parameters.place(in: fingerprint, keyCount: 2)
        try parameters.finish()
        let found = try await commands.deliveries(
            of: try identifier(text),
            in: call.locationID,
            before: place.map { (changeNumber: $0[0], recordNumber: $0[1]) },
            limit: limit + 1
        )
        guard let (webhook, deliveries) = found else { throw Problem.noRecord }
        let page = deliveries.prefix(limit)
        var json = JSONWriter()
        json.beginObject()
        json.name("deliveries")
        json.beginArray()
        for delivery in page { json.write(delivery, of: webhook) }
        json.endArray()
        if deliveries.count > limit, let last = page.last {
            let place = [last.changeNumber, Int64(last.recordNumber)]
            json.write("nextCursor", Cursor(query: fingerprint, place: place).text)
        }
        json.endObject()
        return .json(json.bytes)
    }

    // MARK: - Parts

    private func identifier(_ text: String) throws(Problem) -> Identifier<Webhook> {
        guard let id = Identifier<Webhook>(digits: text) else { throw .noRecord }
        return id
    }

    /// Answers with the webhook, what was done to it, and its secret where it has a new one.
    private func response(
        to outcome: WebhookOutcome,
        showing secret: NewWebhookSecret? = nil,
        isTrial: Bool = false,
        _ status: HTTPResponse.Status = .ok
    ) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.name("webhook")
        let tag = outcome.webhook.write(to: &json)
        if let secret {
            json.write("secret", isTrial ? nil : secret.secret)
            json.write("publicKey", isTrial ? nil : secret.publicKey)
        }
        json.name("effect")
        json.write(outcome)
        json.name("auditNumber")
        if let number = outcome.auditNumber { json.write(number) } else { json.writeNull() }
        json.endObject()
        var response = Response.json(json.bytes, status: status, headers: [.eTag: tag.text])
        if secret != nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}

extension APICall {
    /// The terms of a write: the webhook is as the client has it.
    fileprivate func webhookTerms(isTrial: Bool) -> WebhookTerms {
        let tags = entityTags(.ifMatch)
        return WebhookTerms(author: author, isTrial: isTrial) { webhook in
            guard let tags, !tags.contains(webhook.tag) else { return }
            var problem = Problem(
                .changedMeanwhile,
                "The webhook is not as you have it; `webhook` is how it is now."
            )
            var json = JSONWriter()
            webhook.write(to: &json)
            problem.members["webhook"] = try? JSONValue(parsing: json.bytes)
            throw problem
        }
    }
}

extension MemberReader {
    /// Reads a URL, which is looked at later.
    fileprivate mutating func url(_ name: String) -> Given<String> {
        label(name, lengths: 1...2048)
    }

    /// Reads the names of events of some forms; null stands for all.
    fileprivate mutating func events(_ name: String, of forms: [WebhookForm]) -> Given<[String]> {
        let names = Set(forms.flatMap(\.knownNames))
        let events = texts(
            name,
            atMost: names.count,
            isNullable: true,
            where: names.contains,
            or: "is no event of the form"
        )
        if events == .value([]) { note(name, "is empty") }
        return events
    }
}

extension Problem {
    fileprivate init(_ refusal: WebhookRefusal) {
        switch refusal {
        case .noSecretKey:
            self.init(
                .conflict,
                "The server has no key by which secrets are kept: `serve --secret-key-file`."
            )
        case .address(let reason):
            self.init(.invalidBody, faults: [Fault(.pointer("/url"), reason)])
        case .unknownEvent(let form):
            let names = form.eventNames.joined(separator: ", ")
            let reason = "are not all of the form's, which are \(names)"
            self.init(.invalidBody, faults: [Fault(.pointer("/events"), reason)])
        case .tooMany(let limit):
            self.init(.quotaExceeded, "The location has \(limit) webhooks, which is all it may.")
        }
    }
}
