import HTTPTypes
import JSON
import Recurrence
import Tasks
import Wording

/// What a link does to a task, and what is said of it.
struct LinkedTask: Sendable {
    let visit: LinkVisit

    private var say: ReaderLocale { visit.say }
    private var path: String { "/tasks/\(visit.link.taskID?.rawValue ?? 0)" }

    func page() async throws -> LinkPage {
        let task: ShownTask
        do {
            let record = try await visit.api.get(path).record("task")
            guard let shown = record.flatMap({ ShownTask($0, in: visit.zone) }) else { return gone }
            task = shown
        } catch let refusal as Refusal where refusal.status == 404 {
            return gone
        }
        switch task.state {
        case .complete: return over(task, .doneAlready)
        case .skipped: return over(task, .skippedAlready)
        case .deleted: return gone
        case .open: break
        }
        // Who has not seen where a task was moved to is shown it first.
        let isSeen = !hasMoved(task) || visit.form["state"] != nil
        guard !visit.isReading, isSeen, let deed = chosenDeed else { return question(task) }
        do {
            return try await carryOut(deed, task)
        } catch let refusal as Refusal where refusal.status == 412 {
            return try await afterChange()
        } catch let refusal as Refusal where refusal.status == 404 {
            return gone
        } catch let refusal as Refusal where refusal.status < 500 && refusal.status != 429 {
            let reasons = refusal.reasons.joined(separator: "; ")
            let reason = refusal.status == 403 ? say(.forbidden) : reasons
            return visit.page(
                .refusedTitle,
                "\(facts(task))<p>\(reason.capitalizedFirst)</p>\(wayToTask)",
                status: .conflict
            )
        }
    }

    // MARK: Before

    /// What is asked of who follows the link.
    private func question(_ task: ShownTask, isChanged: Bool = false) -> LinkPage {
        let deeds: [ReminderLink.Deed] =
            visit.link.deed == .choose
            ? [.complete, .snoozeHour, .snoozeTomorrow] + (task.seriesID == nil ? [] : [.skip])
            : [visit.link.deed]
        let buttons = deeds.map { deed -> HTML in
            let name: HTML =
                visit.link.deed == .choose ? #" name="do" value="\#("\(deed)")""# : ""
            return """
                <button\(#" class="main""#, if: deed == deeds.first)\(name)>\(label(deed))</button>
                """
        }
        var told: HTML = ""
        if isChanged {
            told = #"<p class="told">\#(say(.taskChanged))</p>"#
        } else if hasMoved(task) {
            told = #"<p class="told">\#(say(.taskMoved(when(task))))</p>"#
        }
        let state = task.record.text("etag")
        return visit.page(
            deeds.count == 1 ? question(of: deeds[0]) : .whatToDo,
            """
            \(facts(task))\(told)
            \(visit.form(#"<input type="hidden" name="state" value="\#(state)">\#(buttons)"#))
            \(wayToTask)
            """
        )
    }

    private func afterChange() async throws -> LinkPage {
        let record = try await visit.api.get(path).record("task")
        guard let task = record.flatMap({ ShownTask($0, in: visit.zone) }), task.state == .open
        else { return gone }
        return question(task, isChanged: true)
    }

    private func question(of deed: ReminderLink.Deed) -> Phrase {
        switch deed {
        case .choose, .refuseMail: .whatToDo
        case .complete: .isItDone
        case .snoozeHour, .snoozeTomorrow: .remindLater
        case .skip: .skipIt
        }
    }

    private func label(_ deed: ReminderLink.Deed) -> String {
        switch deed {
        case .choose, .refuseMail: say(.save)
        case .complete: say(.complete)
        case .snoozeHour: say(.remindInAnHour)
        case .snoozeTomorrow: say(.remindAt(visit.when(tomorrowAtNine)))
        case .skip: say(.skipThisTime)
        }
    }

    /// What is to be done: what the link says, or what was chosen where it leaves the choice.
    private var chosenDeed: ReminderLink.Deed? {
        guard visit.link.deed == .choose else { return visit.link.deed }
        let deeds: [ReminderLink.Deed] = [.complete, .snoozeHour, .snoozeTomorrow, .skip]
        return deeds.first { "\($0)" == visit.form["do"] }
    }

    // MARK: Doing

    private func carryOut(_ deed: ReminderLink.Deed, _ task: ShownTask) async throws -> LinkPage {
        switch deed {
        case .choose, .refuseMail: return question(task)
        case .complete:
            let answer = try await post("complete")
            return visit.page(.doneTitle, "\(facts(task))\(next(answer))\(wayToTask)")
        case .skip:
            let answer = try await post("skip")
            return visit.page(.skippedTitle, "\(facts(task))\(next(answer))\(wayToTask)")
        case .snoozeHour:
            return snoozed(task, try await post("snooze", ["for": "PT1H"]))
        case .snoozeTomorrow:
            let time = visit.zone.timestamp(of: tomorrowAtNine)
            let text = time.text(in: .extended, fraction: .milliseconds)
            return snoozed(task, try await post("snooze", ["until": .string(text)]))
        }
    }

    private func post(_ action: String, _ body: JSONObject = [:]) async throws -> Record {
        try await visit.api.post("\(path)/\(action)", body, ifMatch: visit.form.said("state"))
    }

    private func snoozed(_ task: ShownTask, _ answer: Record) -> LinkPage {
        let local = answer.instant("snoozedUntil").map { visit.zone.localDateTime(at: $0) }
        return visit.page(
            .snoozedTitle,
            """
            \(facts(task))
            <p>\(say(.remindedAt(local.map { visit.when($0) } ?? "")))</p>\(wayToTask)
            """
        )
    }

    private var tomorrowAtNine: LocalDateTime {
        LocalDateTime(visit.localNow.date.advanced(byDays: 1), secondOfDay: 9 * 3600)
    }

    // MARK: Words

    private func facts(_ task: ShownTask) -> HTML {
        """
        <div><p><strong>\(String(task.title.prefix(300)))</strong></p>
        <p class="muted">\(when(task).capitalizedFirst)</p></div>
        """
    }

    private func when(_ task: ShownTask) -> String {
        task.isAllDay
            ? say.nearDay(task.due.date, from: visit.localNow.date) : visit.when(task.due)
    }

    /// Whether a task is due at another time than the reminder told.
    private func hasMoved(_ task: ShownTask) -> Bool {
        guard let told = visit.link.dueLocal else { return false }
        let seconds = task.due.secondsSince1970 - told.secondsSince1970
        return !(0..<60).contains(seconds)
    }

    private func next(_ answer: Record) -> HTML {
        guard let time = answer.record("next")?.instant("at") else { return "" }
        return "<p>\(say(.nextOne(visit.when(visit.zone.localDateTime(at: time)))))</p>"
    }

    private func over(_ task: ShownTask, _ phrase: Phrase) -> LinkPage {
        let time = task.record.instant("completedAt").map { visit.zone.localDateTime(at: $0) }
        let when = time.map { say(.since(visit.when($0))) } ?? ""
        return visit.page(
            phrase,
            """
            <div><p><strong>\(String(task.title.prefix(300)))</strong></p>
            <p class="muted">\(when)</p></div><p>\(say(.nothingToDo))</p>\(wayToTask)
            """
        )
    }

    private var gone: LinkPage {
        visit.page(
            .taskGoneTitle,
            #"<p>\#(say(.taskGone))</p><p><a href="/">\#(say(.openPage))</a></p>"#,
            status: .gone
        )
    }

    private var wayToTask: HTML { #"<p><a href="\#(path)">\#(say(.openTask))</a></p>"# }
}
