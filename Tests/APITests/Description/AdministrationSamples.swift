import HTTPTypes
import JSON

extension DescriptionTests {
    private static let stale: HTTPFields = [.ifMatch: "\"x\""]

    /// The requests of those who administer.
    static var administration: [Sample] {
        settings + reminders + records("/users", ["name": "Gina"])
            + records("/teams", ["name": "Closers"])
            + records("/contacts", ["lastName": "Ortiz"])
            + records("/categories", ["name": "Viewing"]) + webhooks
    }

    private static let webhooks: [Sample] = [
        sample(.get, "/webhooks"), sample(.get, "/webhooks", query: "?limit=1"),
        sample(.get, "/webhooks", query: "?limit=0", status: 400),
        Sample(method: .get, path: "/webhooks", status: 403),
        sample(
            .post,
            "/webhooks",
            query: "?dryRun=true",
            ["url": "https://example.com/", "form": "highlevel"],
            status: 201
        ),
        sample(.post, "/webhooks", [:], status: 422),
        sample(.post, "/webhooks", ["url": "https://refused.test/"], status: 422),
        sample(.get, "/webhooks/{id}"),
        sample(.get, "/webhooks/{id}", fields: [.ifNoneMatch: "*"], status: 304),
        Sample(method: .get, path: "/webhooks/{id}", caller: .elsewhere, status: 404),
        sample(.patch, "/webhooks/{id}", ["events": .array(["task.completed"])]),
        sample(.patch, "/webhooks/{id}", ["events": .array(["TaskUpdate"])], status: 422),
        sample(.patch, "/webhooks/{id}", ["paused": .bool(true)], fields: stale, status: 412),
        sample(.delete, "/webhooks/{id}", fields: stale, status: 412),
        sample(.delete, "/webhooks/{id}"),
        sample(.post, "/webhooks/{id}/rotate"),
        sample(.post, "/webhooks/{id}/rotate", query: "?dryRun=true"),
        sample(.post, "/webhooks/{id}/replay", ["since": "2026-11-30T07:00:00Z"]),
        sample(.post, "/webhooks/{id}/replay", ["since": "2027-11-30T07:00:00Z"], status: 422),
        sample(.post, "/webhooks/{id}/test"),
        sample(.post, "/webhooks/{id}/test", query: "?dryRun=true"),
        sample(.get, "/webhooks/{id}/deliveries"),
        sample(.get, "/webhooks/{id}/deliveries", query: "?cursor=x", status: 400),
    ]

    private static let reminders: [Sample] = [
        sample(.get, "/reminders"),
        sample(.get, "/reminders", query: "?user=1&channel=email&state=waiting&limit=1"),
        sample(.get, "/reminders", query: "?state=lost", status: 400),
        Sample(method: .get, path: "/reminders", caller: .powerless, status: 403),
        sample(
            .patch,
            "/users/{id}",
            [
                "reminders": .array([.object(["before": "PT1H", "channel": "email"])]),
                "quietHours": .object(["from": "21:00", "to": "07:00"]), "digest": "07:30",
            ]
        ),
        sample(.patch, "/location", ["reminders": .array([])]),
    ]

    private static let settings: [Sample] = [
        sample(.get, "/location"), sample(.patch, "/location", ["name": "Acme"]),
        sample(.patch, "/location", ["name": "Acme"], fields: stale, status: 412),
        sample(.patch, "/location", ["name": .null], status: 422),
        sample(.get, "/tokens"), sample(.get, "/tokens", query: "?limit=1"),
        sample(.post, "/tokens", ["userId": "1"], status: 201),
        sample(.post, "/tokens", status: 201),
        sample(.post, "/tokens", ["userId": "99"], status: 422),
        sample(.get, "/tokens/{id}"),
        sample(.delete, "/tokens/{id}", fields: stale, status: 412),
        sample(.post, "/tokens/{id}/rotate", status: 201),
        sample(.post, "/tokens/{id}/rotate", query: "?dryRun=true", status: 201),
        sample(.delete, "/tokens/{id}", query: "?dryRun=true"),
        sample(.post, "/directory/import", ["users": .array([])]),
        sample(.post, "/directory/import", ["people": .array([])], status: 422),
        sample(.get, "/directory/export"), sample(.get, "/audit"),
        sample(.get, "/audit", query: "?limit=1"),
    ]

    private static func records(_ path: String, _ body: JSONObject) -> [Sample] {
        [
            sample(.get, path), sample(.get, "\(path)/{id}"),
            sample(.post, path, body, status: 201),
            sample(.post, path, query: "?dryRun=true", body, status: 201),
            sample(.post, path, ["x": "x"], status: 422),
            sample(.patch, "\(path)/{id}", body),
            sample(.patch, "\(path)/{id}", body, fields: stale, status: 412),
            sample(.delete, "\(path)/{id}", query: "?dryRun=true"),
            Sample(method: .post, path: path, body: body, status: 403),
            Sample(method: .delete, path: "\(path)/{id}", caller: .elsewhere, status: 404),
        ]
    }

    private static func sample(
        _ method: HTTPRequest.Method,
        _ path: String,
        query: String = "",
        _ body: JSONObject? = nil,
        fields: HTTPFields = [:],
        status: Int = 200
    ) -> Sample {
        Sample(
            method: method,
            path: path,
            query: query,
            body: body,
            caller: .adam,
            fields: fields,
            status: status
        )
    }
}
