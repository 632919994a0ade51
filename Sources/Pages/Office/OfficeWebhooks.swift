import JSON
import Recurrence
import Wording

/// The webhooks: which other systems are told what, and what became of it.
struct OfficeWebhooks: OfficePage {
    let visit: Visit
    var area: OfficeArea { .webhooks }

    private static let forms: [(value: String, events: [String])] = [
        (
            "standard",
            [
                "task.created", "task.changed", "task.completed", "task.reopened", "task.skipped",
                "task.deleted", "series.created", "series.changed", "series.deleted",
            ]
        ),
        ("highlevel", ["TaskCreate", "TaskComplete", "TaskDelete"]),
    ]

    // MARK: Ways

    func view(_ parts: [String]) async throws -> Outcome {
        switch parts.count {
        case 0: return .view(try await list())
        case 1: return try await OneWebhook(visit: visit, id: parts[0]).view()
        default: return visit.nothingHere
        }
    }

    func act(_ parts: [String]) async throws -> Outcome {
        guard let id = parts.first else { return try await add() }
        return try await OneWebhook(visit: visit, id: id).act(parts.dropFirst().first)
    }

    private func add() async throws -> Outcome {
        let form = visit.form
        var body: JSONObject = ["url": .string(form.said("url") ?? "")]
        let kind = form.said("form") ?? "standard"
        body["form"] = .string(kind)
        let known = Self.forms.first { $0.value == kind }?.events ?? []
        let events = form.all("events").filter(known.contains)
        if !events.isEmpty { body["events"] = .array(events.map { .string($0) }) }
        do {
            let answer = try await visit.keyless.post("/webhooks", body)
            let id = answer.record("webhook")?.text("id") ?? ""
            return try await OneWebhook(visit: visit, id: id).view(showing: answer)
        } catch let refusal as Refusal where [403, 409, 422].contains(refusal.status) {
            let fields = FormFields(
                say: say,
                name: "webhook",
                faults: FieldFaults(refusal),
                sent: form
            )
            return .view(try await list(fields))
        }
    }

    // MARK: Showing

    private func list(_ fields: FormFields? = nil) async throws -> View {
        let webhooks = try await visit.api.get("/webhooks?limit=200").records("webhooks")
        let lines = webhooks.map { webhook -> HTML in
            let state = WebhookState(webhook)
            let events = webhook.texts("events")
            let told = events.isEmpty ? say(.allEvents) : events.joined(separator: ", ")
            return """
                <li><div><a class="title" href="\(area.path)/\(webhook.text("id"))">\
                \(webhook.text("url"))</a><p class="muted">\(told)</p></div>\
                \(state.chip(say))</li>
                """
        }
        let all: HTML =
            lines.isEmpty
            ? empty(.noWebhooks) : card(nil, #"<ul class="lines">\#(lines)</ul>"#)
        return area.page(visit, "\(all)\(card(.addWebhook, addForm(fields)))")
    }

    private func addForm(_ fields: FormFields?) -> HTML {
        let fields = fields ?? FormFields(say: say, name: "webhook")
        let own = Self.forms[0].events.map { (value: $0, text: say(.event($0))) }
        let url = fields.text(
            "url",
            .address,
            type: "url",
            limit: 2048,
            isRequired: true,
            hint: "\(say(.addressOfHook))",
            isWhole: true
        )
        let kind = fields.choice(
            "form",
            .formOfEvents,
            "standard",
            among: [("standard", "Standard Webhooks"), ("highlevel", "HighLevel")]
        )
        return form(
            "",
            kind: "edit",
            """
            \(fields.told(besides: ["url", "form", "events"]))
            <div class="fields">\(url)\(kind)
            \(fields.boxes("events", .eventsToTell, [], among: own, hint: "\(say(.noneMeansAll))"))
            </div><p class="row end"><button class="main">\(say(.add))</button></p>
            """
        )
    }
}

/// How a webhook does.
enum WebhookState {
    case active
    case failing
    case paused

    init(_ webhook: Record) {
        if webhook.text("state") == "paused" {
            self = .paused
        } else {
            self = webhook.optional("failingSince") == nil ? .active : .failing
        }
    }

    func chip(_ say: ReaderLocale) -> HTML {
        switch self {
        case .active: #"<span class="chip when">\#(say(.hookActive))</span>"#
        case .failing: #"<span class="chip warm">\#(say(.hookFailing))</span>"#
        case .paused: #"<span class="chip late">\#(say(.hookPaused))</span>"#
        }
    }
}

/// One webhook, with what became of the last events.
struct OneWebhook: OfficePage {
    let visit: Visit
    let id: String
    var area: OfficeArea { .webhooks }

    private var path: String { "/webhooks/\(id.percentEncoded)" }
    private var ownPath: String { "\(area.path)/\(id.percentEncoded)" }

    // MARK: Actions

    func act(_ action: String?) async throws -> Outcome {
        switch action {
        case "pause":
            try await visit.api.patch(path, ["paused": .bool(true)])
            return told(.webhookPausedNow, at: ownPath)
        case "resume":
            try await visit.api.patch(path, ["paused": .bool(false)])
            return told(.webhookResumed, at: ownPath)
        case "test":
            let answer = try await visit.api.post(path + "/test")
            let said = String(answer.text("answer").prefix(150))
            return .seeOther(
                ownPath,
                answer.flag("arrived")
                    ? Notice(text: say(.testArrived(said)))
                    : Notice(text: say(.testFailed(said)), isFailure: true)
            )
        case "rotate":
            return try await view(showing: try await visit.keyless.post(path + "/rotate"))
        case "replay": return try await replay()
        case "delete":
            try await visit.api.delete(path)
            return told(.webhookRemoved)
        default: return visit.nothingHere
        }
    }

    private func replay() async throws -> Outcome {
        guard let since = visit.form.said("since").flatMap({ LocalDateTime(shown: $0) }) else {
            var faults = FieldFaults()
            faults.note("since", say(.readNoDay))
            return try await view(faults: faults)
        }
        do {
            let time = visit.zone.timestamp(of: since)
            try await visit.api.post(path + "/replay", ["since": .string(time.shown)])
            return told(say(.replayed(moment(time))), at: ownPath)
        } catch let refusal as Refusal where refusal.status == 422 || refusal.status == 409 {
            return try await view(faults: FieldFaults(refusal))
        }
    }

    // MARK: Showing

    func view(showing secret: Record? = nil, faults: FieldFaults = .none) async throws -> Outcome {
        async let answer = visit.api.get(path)
        async let deliveries = visit.api.get("\(path)/deliveries?limit=50\(cursorQuery)")
        guard let webhook = try await answer.record("webhook") else { return visit.nothingHere }
        return .view(
            area.page(
                visit,
                title: webhook.text("url"),
                beside: WebhookState(webhook).chip(say),
                """
                \(secret.map { once($0) } ?? .none)
                \(card(nil, "\(facts(webhook))\(buttons(webhook, faults))"))
                \(card(.deliveries, deliveryList(try await deliveries)))
                """
            )
        )
    }

    private func once(_ answer: Record) -> HTML {
        let secret = answer.optional("secret") ?? answer.text("publicKey")
        let phrase: Phrase = answer.optional("secret") == nil ? .publicKeyOnce : .secretOnce
        return """
            <section class="card once" role="status" data-keep><p><strong>\(say(phrase))</strong></p>
            <p><code class="secret">\(secret)</code></p></section>
            """
    }

    private func facts(_ webhook: Record) -> HTML {
        let events = webhook.texts("events")
        var facts: [(Phrase, HTML)] = [
            (
                .eventsToTell,
                events.isEmpty
                    ? "\(say(.allEvents))"
                    : "\(events.map { say(.event($0)) }.joined(separator: ", "))"
            ),
            (
                .formOfEvents,
                webhook.text("form") == "highlevel" ? "HighLevel" : "Standard Webhooks"
            ),
            (.toldUpTo, "\(say(.changeNumbered(webhook.number("changeNumber"))))"),
        ]
        if let answer = webhook.optional("answer") {
            facts.append((.lastAnswer, #"<span lang="en">\#(answer)</span>"#))
        }
        if let since = webhook.instant("failingSince") {
            facts.append((.failingSince, "\(moment(since))"))
        }
        if let next = webhook.instant("nextAttemptAt") {
            facts.append((.nextAttempt, "\(moment(next))"))
        }
        if let reason = webhook.optional("reason") {
            facts.append((.pausedBecause, #"<span lang="en">\#(reason)</span>"#))
        }
        let rows = facts.map { name, value -> HTML in
            "<div><dt>\(say(name))</dt><dd>\(value)</dd></div>"
        }
        return #"<dl class="facts">\#(rows)</dl>"#
    }

    private func buttons(_ webhook: Record, _ faults: FieldFaults) -> HTML {
        func button(_ action: String, _ phrase: Phrase, isMain: Bool = false) -> HTML {
            form(
                "/\(id)/\(action)",
                back: ownPath,
                #"<button\#(#" class="main""#, if: isMain)>\#(say(phrase))</button>"#
            )
        }
        let isPaused = webhook.text("state") == "paused"
        let fields = FormFields(
            say: say,
            name: "replay",
            faults: faults,
            sent: faults.isEmpty ? nil : visit.form
        )
        let since = visit.localNow.advanced(bySeconds: -86_400).inputText
        let replay: HTML = """
            \(fields.text("since", .replaySince, since, type: "datetime-local", isRequired: true))
            <button>\(say(.replay))</button>
            """
        return """
            <div class="row">\
            \(isPaused ? button("resume", .resumeHook, isMain: true) : button("pause", .pauseHook))\
            \(button("test", .sendTest))\(confirmed(.rotate, .rotateQuestion, at: "/\(id)/rotate"))\
            \(confirmed(.remove, .removeWebhookQuestion, at: "/\(id)/delete"))</div>
            \(fields.told(besides: ["since"]))
            \(form("/\(id)/replay", kind: "row bottom", back: ownPath, replay))
            """
    }

    private func deliveryList(_ page: Record) -> HTML {
        let deliveries = page.records("deliveries")
        if deliveries.isEmpty { return #"<p class="muted">\#(say(.noDeliveries))</p>"# }
        let rows = deliveries.map { delivery -> HTML in
            let state: (phrase: Phrase, kind: StaticString) =
                switch delivery.text("state") {
                case "sent": (.deliverySent, "when")
                case "waiting": (.deliveryWaiting, "warm")
                default: (.deliveryPassedOver, "")
                }
            let time = delivery.instant("sentAt") ?? delivery.instant("attemptedAt")
            return """
                <tr><td>\(delivery.instant("at").map { moment($0) } ?? "")</td>\
                <th scope="row">\(say(.event(delivery.text("type"))))</th>\
                <td><span class="chip \(state.kind.description)">\(say(state.phrase))</span></td>\
                <td>\(delivery.number("attempts"))</td>\
                <td>\(time.map { moment($0) } ?? "–")</td>\
                <td lang="en">\(delivery.text("answer"))</td></tr>
                """
        }
        let heads: [Phrase] = [
            .changed, .eventName, .state, .attempts, .lastAttempt, .answer,
        ]
        return """
            <div class="scroll plain" tabindex="0" role="region" aria-label="\(say(.deliveries))">\
            <table class="ledger"><thead><tr>\
            \(heads.map { head -> HTML in #"<th scope="col">\#(say(head))</th>"# })</tr></thead>\
            <tbody>\(rows)</tbody></table></div>\(more(page, at: ownPath))
            """
    }
}
