import Hummingbird
import JSON
import Recurrence
import RecurrenceWords
import Tasks

extension TaskWrites {
    /// Carries out an action, and tells what comes next in the task's series.
    func carryOut(_ action: TaskAction, _ call: APICall, _ text: String) async throws -> Response {
        let isTrial = try call.isTrial()
        let address = try TaskAddress(text)
        var reader = MemberReader(try await call.body())
        let edit: TaskEdit
        switch action {
        case .complete: edit = TaskEdit(state: .set(.completed))
        case .reopen, .unskip, .restore: edit = TaskEdit(state: .set(.open))
        case .skip:
            let reason = reader.text("reason", lengths: 0...2000, isNullable: true).value
            edit = TaskEdit(state: .set(.deleted), skip: .set(Skip(because: reason ?? "")))
        case .postpone: edit = try await postponement(call, address, &reader)
        case .snooze: return try await snooze(call, address, &reader, isTrial: isTrial)
        }
        try reader.finish()
        let outcome = try await commands.update(
            address.id,
            with: edit,
            extent: .thisOne,
            seenBy: call.viewer,
            under: terms(of: address, call, isTrial: isTrial, for: .action(action)),
            by: call.actor,
            at: call.now
        )
        let next = try await next(after: outcome.entry.task, call)
        return response(to: call, outcome) { json in
            json.name("next")
            if let next { json.write(next.shown) } else { json.writeNull() }
        }
    }

    private func next(after task: TaskInstance, _ call: APICall) async throws -> PlannedOccurrence?
    {
        guard let slot = task.slot else { return nil }
        return try await browsing.next(after: slot, in: call.locationID, at: call.now)
    }

    /// Keeps until when the caller wants no reminder of a task: for a while, or until an instant.
    private func snooze(
        _ call: APICall,
        _ address: TaskAddress,
        _ reader: inout MemberReader,
        isTrial: Bool
    ) async throws -> Response {
        let length = reader.duration("for", in: 60...Reminder.secondsLimit).value
        let until = reader.instant("until").value
        let isSaid = reader.hasOneOf("for", "until")
        if let until, until <= call.now { reader.note("until", "is past") }
        try reader.finish()
        let time = until ?? length.map { call.now.advanced(by: .seconds($0)) }
        guard isSaid, let time else { throw Problem(.internalError, "A fault was not told.") }
        let entry = try await store.snooze(
            address.id,
            until: time,
            seenBy: call.viewer,
            under: terms(of: address, call, isTrial: isTrial, for: .action(.snooze)),
            by: call.actor,
            at: call.now
        )
        guard let entry else { throw TaskRefusal.notFound }
        let next = try await next(after: entry.task, call)
        let effect = ChangeEffect(of: ChangePlan(.updated), reaching: 1)
        let outcome = WriteOutcome(entry: entry, effect: effect, changeNumber: nil)
        return response(to: call, outcome) { json in
            json.name("next")
            if let next { json.write(next.shown) } else { json.writeNull() }
            json.write("snoozedUntil", time)
        }
    }

    /// Reads to when a task is put off: a local time or an instant (`to`), or words.
    private func postponement(
        _ call: APICall,
        _ address: TaskAddress,
        _ reader: inout MemberReader
    ) async throws -> TaskEdit {
        let entry = try await records.task(at: address, call)
        let zone = try zones.zone(named: entry.task.due.timeZone)
        let moments = MomentReader(zones: zones, zone: zone, now: call.now)
        let time = moments.read(from: &reader, standardTime: entry.task.due.local)
        try reader.finish()
        guard let time else { throw Problem(.internalError, "A fault was not told.") }
        return TaskEdit(due: .set(time))
    }
}

/// Reads a point in time as a body says it.
struct MomentReader<Zones: ZoneSource> {
    let zones: Zones
    /// The zone where none is said.
    let zone: Zone
    let now: Timestamp

    /// Reads `to`, a local time with a zone or an instant, or `words` such as "tomorrow at 9".
    ///
    /// - Parameters:
    ///   - reader: The reader of the body.
    ///   - standardTime: Whose time of day is meant where words say none.
    /// - Returns: Nothing if there is a fault, which the reader has noted.
    func read(from reader: inout MemberReader, standardTime: LocalDateTime) -> WallClockTime? {
        let language = reader.language("locale")
        let words = reader.text("words", lengths: 1...SpokenMoment.lengthLimit).value
        let time: WallClockTime?
        switch (reader.has("to"), reader.has("words")) {
        case (true, true):
            reader.note("words", "stands beside `to`: say it in one way")
            return nil
        case (false, false):
            reader.note("to", "is required, or `words`")
            return nil
        case (true, false): time = wallClock(from: &reader)
        case (false, true):
            guard let words else { return nil }
            let local = SpokenMoment(
                words,
                language,
                now: zone.localDateTime(at: now),
                standardTime: standardTime
            )
            guard let local else {
                reader.note("words", "are no day and time that is understood, as \"tomorrow at 9\"")
                return nil
            }
            time = WallClockTime(local: local.time, zone: zone)
        }
        guard let time else { return nil }
        if time.isWithinCalendar { return time }
        reader.note(reader.has("to") ? "to" : "words", "is beyond the years 1 to 9999")
        return nil
    }

    private func wallClock(from reader: inout MemberReader) -> WallClockTime? {
        if reader.isText("to") {
            return reader.instant("to").value.map { WallClockTime(at: $0, in: zone) }
        }
        return reader.object("to") { reader -> WallClockTime? in
            let local = reader.localTime("local")
            let zone = reader.zone("timeZone", from: zones).value ?? zone
            reader.require("local")
            return local.value.map { WallClockTime(local: $0, zone: zone) }
        }.value
    }
}

/// A day and a time of day that somebody says in words.
struct SpokenMoment {
    let time: LocalDateTime
    /// Whether a time of day was said.
    let saysTime: Bool

    static let lengthLimit = 200

    /// Understands words such as "tomorrow at 9", "next Monday", "at 5 pm", "3 March".
    ///
    /// They are understood as the first day of a recurrence is, which has the same words.
    ///
    /// - Returns: Nothing where they are not understood, or are past.
    init?(_ words: String, _ language: Language, now: LocalDateTime, standardTime: LocalDateTime) {
        for phrase in language.firstDays(of: words) {
            let spoken = try? SpokenRecurrence(
                words: phrase,
                language: language.language,
                dateOrder: language.dateOrder,
                now: now
            )
            guard let spoken, !spoken.repeatsAfterCompletion, spoken.times.count <= 1 else {
                continue
            }
            let base = LocalDateTime(now.date, secondOfDay: standardTime.secondOfDay)
            var start = spoken.start(default: base)
            let other = LocalDateTime(now.date, secondOfDay: (base.secondOfDay + 3600) % 86_400)
            let isTimeSaid = spoken.start(default: other).secondOfDay == start.secondOfDay
            guard spoken.firstDay != nil || isTimeSaid else { continue }
            // "At 9" said at ten means tomorrow.
            if spoken.firstDay == nil, start <= now { start = start.advanced(bySeconds: 86_400) }
            time = start
            saysTime = isTimeSaid
            return
        }
        return nil
    }
}

extension Language {
    /// Phrases of a recurrence whose first day and time the words are.
    fileprivate func firstDays(of words: String) -> [String] {
        let daily: (every: String, from: String) =
            switch language {
            case .english: ("daily", "from")
            case .spanish: ("cada d\u{ed}a", "desde")
            case .french: ("tous les jours", "\u{e0} partir de")
            case .german: ("t\u{e4}glich", "ab")
            case .portuguese: ("todos os dias", "a partir de")
            }
        return ["\(daily.every) \(daily.from) \(words)", "\(daily.every) \(words)"]
    }
}
