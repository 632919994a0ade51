import Foundation
import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// A dry run tells what the write does that follows it.
@Suite struct DryRunTests {
    /// How many edits are made; a long test makes 10,000.
    private static let editCount =
        ProcessInfo.processInfo.environment["PERENNIAL_DRY_RUNS"].flatMap { Int($0) } ?? 180

    @Test(.server, arguments: 1...12)
    func `the effect of a dry run is the effect of the write`(seed: Int) async throws {
        let server = try TestServer.current
        var edits = RandomEdits(seed: UInt64(seed))
        let calendar = try await server.prepare(PolicyYear.all[0])
        for _ in 0..<max(1, Self.editCount / 12) {
            if edits.hasEnough || edits.series.isEmpty {
                let answer = try await server.post(
                    "/series",
                    edits.newSeries(calendar),
                    as: .office
                )
                #expect(answer.status == 201, "\(answer.text)")
                edits.series.append(answer.record("series").text("id"))
            }
            let id = edits.anySeries()
            let tasks = try await server.get("/tasks?series=\(id)&limit=40", as: .office).ids(
                "tasks"
            )
            let edit = edits.edit(of: id, tasks, calendar)
            let mark = edit.path.contains("?") ? "&" : "?"
            let trial = try await server.send(
                edit.method,
                "\(edit.path)\(mark)dryRun=true",
                as: .office,
                [:],
                edit.body.members.isEmpty ? [] : edit.body.bytes
            )
            let done = try await server.send(
                edit.method,
                edit.path,
                as: .office,
                [:],
                edit.body.members.isEmpty ? [] : edit.body.bytes
            )
            let comment = Comment("\(edit.method) \(edit.path) \(edit.body)")
            #expect(trial.status == done.status, comment)
            #expect(done.status != 500 && trial.status != 500, comment)
            guard done.status < 300 else { continue }
            #expect(trial.counts == done.counts, comment)
            #expect(trial.samples == done.samples, comment)
            #expect(trial.shownTask == done.shownTask, comment)
            for sample in done.rawSamples.prefix(3) {
                let after = sample.object("after")
                let read = try await server.get("/tasks/\(after.text("id"))", as: .office)
                #expect(read.record("task").text("dueAt") == after.text("dueAt"), comment)
                #expect(read.record("task").text("title") == after.text("title"), comment)
                #expect(read.record("task").text("state") == after.text("state"), comment)
            }
        }
    }
}

/// Random edits of random series, from a seed.
private struct RandomEdits {
    struct Edit {
        var method: HTTPRequest.Method
        var path: String
        var body: JSONObject = [:]
    }

    var series: [String] = []
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// Whether it is time for another series.
    var hasEnough: Bool {
        mutating get { series.count < 12 && Int.random(in: 0..<4, using: &generator) == 0 }
    }

    mutating func anySeries() -> String { generator.pick(series) }

    private static let rules = [
        "FREQ=YEARLY", "FREQ=DAILY;COUNT=10", "FREQ=WEEKLY;BYDAY=MO,WE,FR",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=20",
        "FREQ=DAILY;INTERVAL=5;COUNT=30",
    ]

    private mutating func policies(_ calendar: String) -> JSONObject {
        var body: JSONObject = [:]
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: body["monthEnd"] = .string(generator.pick(["skip", "lastDay", "nextDay"]))
        case 1:
            let then = generator.pick(["keep", "before", "after", "skip"])
            body["dayOff"] = .object(["calendarId": .string(calendar), "then": .string(then)])
        case 2:
            let by = generator.pick(["occurrence", "day", "week"])
            body["assignment"] = .object(["rotate": .array(["1", "2", "3"]), "by": .string(by)])
        case 3:
            body["pause"] = .object([
                "from": "2027-01-10T00:00:00Z", "until": "2027-02-10T00:00:00Z",
            ])
        case 4: body["pause"] = .null
        case 5: body["make"] = .string(generator.pick(["ahead", "whenDue"]))
        case 6: body["repeats"] = .string(generator.pick(["onSchedule", "afterCompletion"]))
        default: body["dayOff"] = .null
        }
        return body
    }

    mutating func newSeries(_ calendar: String) -> JSONObject {
        var body: JSONObject = ["title": "Call", "body": "By phone"]
        body["recurrence"] = .object([
            "rule": .string(generator.pick(Self.rules)), "start": "2026-12-01T09:00:00",
        ])
        for member in policies(calendar).members { body[member.name] = member.value }
        return body
    }

    mutating func edit(of id: String, _ tasks: [String], _ calendar: String) -> Edit {
        let titles = ["Call", "Write", "Visit"]
        let overrides = generator.pick(["keep", "shift", "drop"])
        let task = tasks.isEmpty ? nil : generator.pick(tasks)
        switch (Int.random(in: 0..<12, using: &generator), task) {
        case (0, _):
            let body: JSONObject = ["title": .string(generator.pick(titles))]
            return Edit(method: .patch, path: "/series/\(id)?overrides=\(overrides)", body: body)
        case (1, _), (2, _):
            let path = "/series/\(id)?overrides=\(overrides)"
            return Edit(method: .patch, path: path, body: policies(calendar))
        case (3, _):
            let rule: JSONObject = ["rule": .string(generator.pick(Self.rules))]
            let path = "/series/\(id)?overrides=\(overrides)"
            return Edit(method: .patch, path: path, body: ["recurrence": .object(rule)])
        case (4, _):
            let verb = generator.pick(["pause", "resume", "end"])
            return Edit(method: .post, path: "/series/\(id)/\(verb)")
        case (5, let task?):
            return Edit(method: .post, path: "/tasks/\(task)/complete")
        case (6, let task?):
            let scope = generator.pick(["this", "following"])
            return Edit(method: .delete, path: "/tasks/\(task)?scope=\(scope)")
        case (7, let task?), (8, let task?):
            let hour = 10 + Int.random(in: 0..<8, using: &generator)
            let due: JSONObject = ["local": .string("2027-01-0\(hour % 9 + 1)T\(hour):00:00")]
            let scope = generator.pick(["this", "this", "following", "all"])
            let path = "/tasks/\(task)?scope=\(scope)&overrides=\(overrides)"
            return Edit(method: .patch, path: path, body: ["due": .object(due)])
        case (_, let task?):
            let scope = generator.pick(["this", "following", "all"])
            let path = "/tasks/\(task)?scope=\(scope)&overrides=\(overrides)"
            return Edit(
                method: .patch,
                path: path,
                body: ["title": .string(generator.pick(titles))]
            )
        default: return Edit(method: .post, path: "/series/\(id)/resume")
        }
    }
}

extension Answer {
    /// The numbers of an effect.
    fileprivate var counts: [String] {
        record("effect").members.compactMap { member in
            if case .integer(let count) = member.value { "\(member.name) \(count)" } else { nil }
        }
    }

    /// The task, without what a dry run cannot know; empty where the answer shows none.
    fileprivate var shownTask: JSONObject {
        var task = record("task")
        for name in ["id", "seriesId", "etag"] { task[name] = nil }
        return task
    }

    fileprivate var rawSamples: [JSONObject] {
        guard case .array(let samples)? = record("effect")["samples"] else { return [] }
        return samples.compactMap(\.object)
    }

    /// The samples, without what a dry run cannot know: the numbers of what is new, and tags.
    fileprivate var samples: [String] {
        rawSamples.map { sample in
            let after = sample.object("after")
            return [
                sample["before"]?.object?.text("id") ?? "new", after.text("slot"),
                after.text("title"), after.text("dueAt"), after.text("state"),
                after["assigneeId"]?.string ?? "nobody",
            ].joined(separator: " ")
        }
    }
}
