import Hummingbird
import JSON
import Recurrence
import Wording

/// The rule builder: presets, a form and a line of words, which say the same at any moment, with the
/// next ten dates.
struct RuleBuilder {
    let visit: Visit
    /// The first date, on the clocks of the task's zone.
    let start: LocalDateTime
    let timeZone: String
    var assigneeID: String?
    /// What the policies beside it say, for the dates.
    var policies: JSONObject = [:]

    /// A rule as it stands in the builder.
    struct State: Sendable {
        /// Nothing where the task does not repeat.
        var rule: String?
        /// The first date of a rule that was changed; nothing where it is the task's own.
        var start: LocalDateTime?
        /// The words that were written and are not understood, with the reasons.
        var misunderstood: (words: String, reasons: [String])?
    }

    /// What the API tells of a rule.
    private struct Outlook {
        var words = ""
        var dates: [Record] = []
        var notes: [String] = []
        var load: [String: Int] = [:]
        var faults: [String] = []
    }

    private var say: ReaderLocale { visit.say }

    // MARK: Reading

    /// Reads which of the three was changed since the builder was shown, and what it says now.
    ///
    /// A rule that was changed begins on the first date that it has from the task's on.
    func state(of form: Form) async throws -> State {
        var state = try await said(by: form)
        if let rule = state.rule, state.start == nil, rule != form["rule-shown"] {
            state.start = firstDate(of: rule)
        }
        return state
    }

    private func firstDate(of rule: String) -> LocalDateTime? {
        guard let rule = try? RecurrenceRule(parsing: rule) else { return nil }
        let set = RecurrenceSet(start: start, zone: nil, rule: rule)
        return set.occurrence(at: 0)?.recurrenceID
    }

    private func said(by form: Form) async throws -> State {
        let words = form.said("rule-words") ?? ""
        if words != (form["rule-words-shown"] ?? "") {
            return words.isEmpty ? State() : try await state(ofWords: words)
        }
        let preset = form["rule-preset"].flatMap { RulePreset(rawValue: $0) } ?? .none
        if preset.rawValue != form["rule-preset-shown"] {
            switch preset {
            case .none: return State()
            case .custom: return State(rule: RuleChoice(form, from: start.date).rule)
            default: return State(rule: preset.rule(on: start.date))
            }
        }
        if preset == .none { return State() }
        // A rule with parts that the form does not have stays as it is.
        if let rule = form.said("rule-kept") { return State(rule: rule) }
        let shownDate = form.said("rule-date").flatMap { CivilDate(shown: $0) } ?? start.date
        let choice = RuleChoice(form, from: shownDate)
        if let shown = form.said("rule-shown"), RuleChoice(shown, from: shownDate) == choice {
            // The preset of a new task goes along with its date.
            let isNew = !form.has("etag")
            return State(rule: isNew ? preset.rule(on: start.date) ?? shown : shown)
        }
        return State(rule: RuleChoice(form, from: start.date).rule)
    }

    private func state(ofWords words: String) async throws -> State {
        do {
            let answer = try await visit.api.post(
                "/recurrence/preview",
                [
                    "words": .string(words), "count": .integer(1),
                    "start": .string(start.text(in: .extended)),
                    "timeZone": .string(timeZone),
                    "locale": .string(say.language.rawValue),
                ]
            )
            return State(rule: answer.optional("rule"), start: answer.local("start"))
        } catch let refusal as Refusal where refusal.status == 422 {
            return State(misunderstood: (words, refusal.reasons))
        }
    }

    // MARK: Showing

    /// The builder's markup.
    func markup(_ state: State) async throws -> HTML {
        var outlook = Outlook()
        if let rule = state.rule { outlook = try await self.outlook(rule) }
        let choice = state.rule.flatMap { RuleChoice($0, from: start.date) }
        let preset = RulePreset(of: state.rule, on: start.date)
        let isOpen = preset == .custom
        return """
            <fieldset class="builder" id="rule-builder" hx-post="/rule" \
            hx-trigger="change, change from:#due, change from:#policies" hx-target="this" hx-select="unset" \
            hx-select-oob="unset" hx-swap="outerHTML" hx-include="closest form" \
            hx-sync="this:replace">
            <legend>\(say(.repetition))</legend>
            <input type="hidden" name="rule-shown" value="\(state.rule ?? "")">
            <input type="hidden" name="rule-date" value="\(start.date.shown)">
            <div class="fields">
            \(presets(preset))
            \(line(outlook.words, state))
            </div>
            <details class="fold"\(" open", if: isOpen)><summary>\(say(.customRule))</summary>
            \(self.form(choice, kept: choice == nil ? state.rule : nil))
            </details>
            \(dates(outlook, of: state))
            <p class="unscripted"><button class="plain" name="show" value="dates" \
            formaction="\(visit.placeOfForm)">\(say(.showDates))</button></p>
            </fieldset>
            """
    }

    private func outlook(_ rule: String) async throws -> Outlook {
        var body: JSONObject = [
            "rule": .string(rule), "start": .string(start.text(in: .extended)),
            "timeZone": .string(timeZone), "count": .integer(10),
        ]
        for member in policies.members { body[member.name] = member.value }
        if let assigneeID { body["assigneeId"] = .string(assigneeID) }
        do {
            let answer = try await visit.api.post("/recurrence/preview", body)
            var load: [String: Int] = [:]
            for day in answer.records("load") { load[day.text("date")] = day.number("count") }
            return Outlook(
                words: answer.text("words"),
                dates: answer.records("occurrences"),
                notes: answer.texts("notes"),
                load: load
            )
        } catch let refusal as Refusal where refusal.status == 422 {
            return Outlook(faults: refusal.reasons)
        }
    }

    private func presets(_ chosen: RulePreset) -> HTML {
        let options = RulePreset.allCases.map { preset -> HTML in
            """
            <option value="\(preset.rawValue)"\(" selected", if: preset == chosen)>\
            \(say(preset.phrase(on: start.date)))</option>
            """
        }
        return """
            <label>\(say(.preset)) <select name="rule-preset" id="rule-preset">\(options)</select>\
            </label><input type="hidden" name="rule-preset-shown" value="\(chosen.rawValue)">
            """
    }

    private func line(_ words: String, _ state: State) -> HTML {
        let text = state.misunderstood?.words ?? words
        let faults = state.misunderstood?.reasons.map { reason -> HTML in
            #"<p class="fault">\#(say(.notUnderstood)): \#(reason)</p>"#
        }
        return """
            <label class="grow">\(say(.inWords)) <input name="rule-words" id="rule-words" \
            value="\(text)" placeholder="\(say(.wordsExample))" autocomplete="off" \
            maxlength="300"></label>
            <input type="hidden" name="rule-words-shown" value="\(words)">\(faults ?? [])
            """
    }

    private func dates(_ outlook: Outlook, of state: State) -> HTML {
        guard state.rule != nil else { return .none }
        let faults = outlook.faults.map { fault -> HTML in #"<p class="fault">\#(fault)</p>"# }
        let items = outlook.dates.compactMap { date -> HTML? in
            guard let at = date.instant("at") else { return nil }
            let local = visit.zone.localDateTime(at: at)
            let count = outlook.load[local.date.shown] ?? 0
            let load: HTML =
                count == 0 ? .none : #"<span class="load">\#(say(.loadOfDay(count)))</span>"#
            let note = date.optional("note").map { note -> HTML in
                #"<span class="note">\#(note)</span>"#
            }
            return """
                <li><span>\(say.day(local.date, besides: visit.today))</span> \
                <span class="muted">\(say.time(local))</span> \(load)\(note)</li>
                """
        }
        let notes = outlook.notes.map { note -> HTML in "<li>\(note)</li>" }
        let list: HTML =
            items.isEmpty
            ? (faults.isEmpty ? "<p>\(say(.noDates))</p>" : .none)
            : """
            <p class="label" id="rule-dates">\(say(.nextDates))</p>
            <ol class="dates" aria-labelledby="rule-dates">\(items)</ol>
            """
        return """
            <div class="outlook" role="status">\(faults)\(list)\
            <ul class="notes">\(notes)</ul></div>
            """
    }
}

extension Visit {
    /// Where the form that is shown leads.
    var placeOfForm: String { request.uri.path }
}
