import JSON
import Recurrence
import Wording

/// What the buttons of lists and sheets do.
struct TaskActions {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    /// What a button asks for.
    private enum Action: Hashable {
        case complete
        case reopen
        case skip
        case unskip
        case restore
        case delete
        case snooze
        case postpone(Delay)
        case move
        case give
    }

    /// To when a task is put off.
    private enum Delay: String, CaseIterable {
        case hour
        case evening
        case tomorrow
        case monday
    }

    private static var buttons: [(name: String, action: Action)] {
        [
            ("complete", .complete), ("reopen", .reopen), ("skip", .skip), ("unskip", .unskip),
            ("restore", .restore), ("delete", .delete), ("snooze", .snooze), ("move", .move),
            ("give", .give),
        ] + Delay.allCases.map { ("postpone-\($0.rawValue)", .postpone($0)) }
    }

    /// Does what the pressed button says, to its task or to those that are selected.
    func carryOut() async throws -> Outcome {
        for (name, action) in Self.buttons {
            if let id = visit.form.said(name) {
                return .seeOther(visit.returnPath, try await carryOut(action, id))
            }
        }
        return .seeOther(visit.returnPath, try await carryOutMany())
    }

    /// Undoes changes, the latest first.
    func undo(_ numbers: String) async throws -> Outcome {
        let numbers = numbers.split(separator: "-").compactMap { Int64($0) }.prefix(100)
        var undone: [Int64] = []
        for number in numbers.reversed() {
            let answer = try await visit.api.post("/changes/\(number)/undo")
            if let number = answer.optionalNumber("changeNumber") { undone.append(number) }
        }
        // To undo the undoing does it again.
        return .seeOther(
            visit.returnPath,
            Notice(text: visit.say(.undone), changeNumbers: undone)
        )
    }

    // MARK: One task

    private func carryOut(_ action: Action, _ id: String) async throws -> Notice {
        let path = "/tasks/\(id.percentEncoded)"
        let say = visit.say
        switch action {
        case .complete: return try await told(visit.api.post(path + "/complete")) { .completed($0) }
        case .reopen: return try await told(visit.api.post(path + "/reopen")) { .reopened($0) }
        case .unskip: return try await told(visit.api.post(path + "/unskip")) { .restored($0) }
        case .restore: return try await told(visit.api.post(path + "/restore")) { .restored($0) }
        case .delete: return try await told(visit.api.delete(path)) { .deleted($0) }
        case .skip:
            let reason = visit.form.said("reason")
            let body: JSONObject = reason.map { ["reason": .string($0)] } ?? [:]
            return try await told(visit.api.post(path + "/skip", body)) { .skipped($0) }
        case .snooze:
            let answer = try await visit.api.post(path + "/snooze", ["for": "PT1H"])
            return Notice(text: say(.snoozed(answer.record("task")?.text("title") ?? "")))
        case .give:
            guard let userID = visit.form.said("assignee") else {
                return Notice(text: say(.nothingSelected), isFailure: true)
            }
            return try await given(visit.api.patch(path, ["assigneeId": .string(userID)]), userID)
        case .postpone(let delay):
            let body = delay == .hour ? hourLater : self.body(to: time(of: delay))
            return try await moved(visit.api.post(path + "/postpone", body))
        case .move:
            guard let to = visit.form.said("to").flatMap({ LocalDateTime(shown: $0) }) else {
                return Notice(text: say(.nothingSelected), isFailure: true)
            }
            return try await moved(visit.api.post(path + "/postpone", body(to: to)))
        }
    }

    /// A notice of a change that can be undone.
    private func told(_ answer: Record, _ phrase: (String) -> Phrase) -> Notice {
        let title = String((answer.record("task")?.text("title") ?? "").prefix(80))
        return Notice(
            text: visit.say(phrase(title)),
            changeNumbers: answer.optionalNumber("changeNumber").map { [$0] } ?? []
        )
    }

    private func moved(_ answer: Record) -> Notice {
        let task = answer.record("task").flatMap { ShownTask($0, in: visit.zone) }
        return told(answer) { title in
            guard let task else { return .saved(title) }
            let day = visit.say.nearDay(task.due.date, from: visit.today)
            return .postponed(
                title,
                task.isAllDay ? day : "\(day), \(visit.say.time(task.due))"
            )
        }
    }

    private func given(_ answer: Record, _ userID: String) async throws -> Notice {
        let name = try await visit.api.get("/users/\(userID.percentEncoded)")
            .record("user")?.text("name")
        return told(answer) { .given($0, name ?? "") }
    }

    // MARK: Times

    /// An hour from now, to the minute.
    private var hourLater: JSONObject {
        let now = visit.localNow
        let local = now.advanced(bySeconds: 3600 - Int64(now.secondOfDay % 60))
        return body(to: local)
    }

    /// Until when something is put off; the same day's evening only while it is to come.
    private func time(of delay: Delay) -> LocalDateTime {
        let today = visit.today
        switch delay {
        case .hour: return visit.localNow.advanced(bySeconds: 3600)
        case .evening:
            let evening = LocalDateTime(today, secondOfDay: 18 * 3600)
            return visit.localNow < evening
                ? evening : LocalDateTime(today.advanced(byDays: 1), secondOfDay: 18 * 3600)
        case .tomorrow: return LocalDateTime(today.advanced(byDays: 1), secondOfDay: 9 * 3600)
        case .monday:
            return LocalDateTime(
                today.advanced(byDays: 7 - today.weekday),
                secondOfDay: 9 * 3600
            )
        }
    }

    private func body(to local: LocalDateTime) -> JSONObject {
        [
            "to": .object([
                "local": .string(local.text(in: .extended)),
                "timeZone": .string(visit.zone.identifier),
            ])
        ]
    }

    // MARK: Several tasks

    private func carryOutMany() async throws -> Notice {
        let ids = visit.form.all("id").prefix(200)
        let what = (visit.form["what"] ?? "").split(separator: " ").map(String.init)
        guard !ids.isEmpty, let verb = what.first else {
            return Notice(text: visit.say(.nothingSelected), isFailure: true)
        }
        let operations = ids.map { id -> JSONValue in
            let path = "/tasks/\(id.percentEncoded)"
            var operation: JSONObject = ["method": "POST"]
            switch verb {
            case "give":
                operation["method"] = "PATCH"
                operation["path"] = .string(path)
                operation["body"] = .object(["assigneeId": .string(what.last ?? "")])
            case "postpone":
                let delay = Delay(rawValue: what.last ?? "") ?? .tomorrow
                operation["path"] = .string(path + "/postpone")
                operation["body"] = .object(body(to: time(of: delay)))
            case "skip": operation["path"] = .string(path + "/skip")
            default: operation["path"] = .string(path + "/complete")
            }
            return .object(operation)
        }
        let numbers = try await visit.api.postTogether(operations)
        return Notice(text: visit.say(.changedMany(numbers.count)), changeNumbers: numbers)
    }
}
