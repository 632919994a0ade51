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
        let outcome = try await store.snooze(
            address.id,
            until: time,
            seenBy: call.viewer,
            under: terms(of: address, call, isTrial: isTrial, for: .action(.snooze)),
            by: call.actor,
            at: call.now
        )
        guard let outcome else { throw TaskRefusal.notFound }
        let next = try await next(after: outcome.entry.task, call)
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
        let moments = MomentReader(
            zones: zones,
            zone: zone,
            now: call.now,
            language: call.language
        )
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
    /// The language of words where none is said.
    let language: Language

    /// Reads `to`, a local time with a zone or an instant, or `words` such as "tomorrow at 9".
    ///
    /// - Parameters:
    ///   - reader: The reader of the body.
    ///   - standardTime: Whose time of day is meant where words say none.
    /// - Returns: Nothing if there is a fault, which the reader has noted.
    func read(from reader: inout MemberReader, standardTime: LocalDateTime) -> WallClockTime? {
        let language = reader.language("locale", else: language)
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
            time = moment(words, language, standardTime, &reader)
        }
        guard let time else { return nil }
        if time.isWithinCalendar { return time }
        reader.note(reader.has("to") ? "to" : "words", "is beyond the years 1 to 9999")
        return nil
    }

    private func moment(
        _ words: String,
        _ language: Language,
        _ standardTime: LocalDateTime,
        _ reader: inout MemberReader
    ) -> WallClockTime? {
        let now = zone.localDateTime(at: now)
        do throws(SpokenMoment.Refusal) {
            let moment = try SpokenMoment(words, language, now: now, standardTime: standardTime)
            return WallClockTime(local: moment.time, zone: zone)
        } catch {
            reader.note("words", error.reason)
            return nil
        }
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

    /// Why words are not understood, as it is told to their writer.
    struct Refusal: Error {
        let reason: String
    }

    /// Understands words such as "tomorrow at 9", "next Monday", "at 5 pm", "3 March".
    ///
    /// They are understood as the first day of a recurrence is, which has the same words.
    ///
    /// - Throws: ``Refusal`` where they are not understood, have more than one meaning, or are past.
    init(
        _ words: String,
        _ language: Language,
        now: LocalDateTime,
        standardTime: LocalDateTime
    ) throws(Refusal) {
        // The fault of the reading that went furthest says most.
        var fault: SpokenRecurrence.ParseError?
        for prefix in language.prefixesOfFirstDays {
            do throws(SpokenRecurrence.ParseError) {
                let spoken = try SpokenRecurrence(
                    words: prefix + words,
                    language: language.language,
                    dateOrder: language.dateOrder,
                    now: now
                )
                if let moment = SpokenMoment(spoken, now: now, standardTime: standardTime) {
                    self = moment
                    return
                }
            } catch {
                let error = error.without(prefix)
                if error.offset > fault?.offset ?? -1 { fault = error }
            }
        }
        throw Refusal(
            reason: fault?.description
                ?? "are no day and time that is understood, as \"tomorrow at 9\""
        )
    }

    /// The first day and time of a recurrence; nothing if it says neither, or more than one time.
    private init?(_ spoken: SpokenRecurrence, now: LocalDateTime, standardTime: LocalDateTime) {
        guard !spoken.repeatsAfterCompletion, spoken.times.count <= 1 else { return nil }
        let base = LocalDateTime(now.date, secondOfDay: standardTime.secondOfDay)
        var start = spoken.start(default: base)
        let other = LocalDateTime(now.date, secondOfDay: (base.secondOfDay + 3600) % 86_400)
        let isTimeSaid = spoken.start(default: other).secondOfDay == start.secondOfDay
        guard spoken.firstDay != nil || isTimeSaid else { return nil }
        // "At 9" said at ten means tomorrow.
        if spoken.firstDay == nil, start <= now { start = start.advanced(bySeconds: 86_400) }
        time = start
        saysTime = isTimeSaid
    }
}

extension Language {
    /// What stands before words to make a recurrence of them whose first day, or else whose time,
    /// they are.
    fileprivate var prefixesOfFirstDays: [String] {
        let daily: (every: String, from: String) =
            switch language {
            case .english: ("daily", "from")
            case .spanish: ("cada d\u{ed}a", "desde")
            case .french: ("tous les jours", "\u{e0} partir de")
            case .german: ("t\u{e4}glich", "ab")
            case .portuguese: ("todos os dias", "a partir de")
            }
        return ["\(daily.every) \(daily.from) ", "\(daily.every) "]
    }
}
