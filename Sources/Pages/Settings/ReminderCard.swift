import JSON
import Recurrence
import Wording

/// When a user is reminded: what goes for tasks that say nothing, and when they are left alone.
struct ReminderCard {
    /// A reminder in a form: whether it is before or after, how long, and how often again.
    private struct Moment: Hashable {
        let value: String
        let phrase: Phrase
    }

    let visit: Visit

    private var say: ReaderLocale { visit.say }
    private static let path = "/settings/reminders"
    private static let names = ["reminders", "quietFrom", "quietTo", "digest"]
    /// How many rows the form has, at least one more than there are reminders.
    private static let rowLimit = 20

    private static let moments = [
        Moment(value: "before PT0S", phrase: Phrase("when it is due", "cuando vence")),
        Moment(value: "before PT10M", phrase: Phrase("10 minutes before", "10 minutos antes")),
        Moment(value: "before PT30M", phrase: Phrase("30 minutes before", "30 minutos antes")),
        Moment(value: "before PT1H", phrase: Phrase("an hour before", "una hora antes")),
        Moment(value: "before PT2H", phrase: Phrase("2 hours before", "2 horas antes")),
        Moment(value: "before P1D", phrase: Phrase("a day before", "un día antes")),
        Moment(value: "before P2D", phrase: Phrase("2 days before", "2 días antes")),
        Moment(value: "before P7D", phrase: Phrase("a week before", "una semana antes")),
        Moment(
            value: "after PT1H",
            phrase: Phrase(
                "an hour after, if it is still open",
                "una hora después, si sigue pendiente"
            )
        ),
        Moment(
            value: "after P1D",
            phrase: Phrase("a day after, if it is still open", "un día después, si sigue pendiente")
        ),
        Moment(
            value: "after P1D P1D",
            phrase: Phrase(
                "every day after, while it is open",
                "cada día después, mientras siga pendiente"
            )
        ),
    ]
    private static let channels: [(value: String, phrase: Phrase)] = [
        ("email", Phrase("by e-mail", "por correo")), ("sms", Phrase("by SMS", "por SMS")),
        ("page", Phrase("on this page", "en esta página")),
        ("webhook", Phrase("to other systems", "a otros sistemas")),
    ]

    // MARK: Actions

    /// Saves the form.
    ///
    /// - Throws: ``Refusal``; of faults with the status 422.
    func save() async throws {
        try await visit.api.patch("/users/\(visit.userID)", body(of: visit.form))
    }

    private func body(of form: Form) -> JSONObject {
        var body: JSONObject = ["refusesMail": .bool(form.has("refusesMail"))]
        body["digest"] = form.said("digest").map { .string($0) } ?? .null
        switch (form.said("quietFrom"), form.said("quietTo")) {
        case (nil, nil): body["quietHours"] = .null
        case (let from, let to):
            var hours: JSONObject = [:]
            hours["from"] = from.map { .string($0) }
            hours["to"] = to.map { .string($0) }
            body["quietHours"] = .object(hours)
        }
        switch form.said("which") {
        case "none": body["reminders"] = .array([])
        case "own":
            let rows = zip(form.all("moment"), form.all("channel")).prefix(Self.rowLimit)
            body["reminders"] = .array(rows.compactMap { Self.reminder($0, $1) })
        default: body["reminders"] = .null
        }
        return body
    }

    /// A reminder as the API has it; nothing of a row that says none.
    private static func reminder(_ moment: String, _ channel: String) -> JSONValue? {
        let parts = moment.split(separator: " ").map(String.init)
        guard parts.count > 1 else { return nil }
        var reminder: JSONObject = ["channel": .string(channel)]
        reminder[parts[0]] = .string(parts[1])
        if parts.count > 2 { reminder["repeat"] = .string(parts[2]) }
        return .object(reminder)
    }

    /// Makes a task of which the user is reminded at once.
    func test() async throws -> Outcome {
        let channel = visit.form.said("channel") ?? "email"
        // A moment ahead, since nothing is planned for the past.
        let due = visit.now.advanced(by: .seconds(5))
        let answer = try await visit.api.post(
            "/tasks",
            [
                "title": .string(say(.testReminder)), "dueAt": .string(due.shown),
                "assigneeId": .string(visit.userID),
                "reminders": .array([
                    .object(["before": "PT0S", "channel": .string(channel)])
                ]),
            ]
        )
        return .seeOther(
            "/settings",
            Notice(
                text: say(.testReminderComes),
                changeNumbers: answer.optionalNumber("changeNumber").map { [$0] } ?? []
            )
        )
    }

    // MARK: Showing

    /// The form of what a user's record says, or of what was sent and is faulty.
    func markup(_ user: Record, _ faulty: (sent: Form, faults: FieldFaults)?) -> HTML {
        let fields = FormFields(
            say: say,
            name: "reminders",
            faults: faulty?.faults ?? .none,
            sent: faulty?.sent
        )
        let hours = user.record("quietHours")
        let isRefusing = faulty.map { $0.sent.has("refusesMail") } ?? user.flag("refusesMail")
        return """
            <form method="post" action="\(Self.path)" hx-post="\(Self.path)">\
            \(visit.formFields(back: "/settings"))\
            \(which(user, faulty?.sent, fields))
            <div class="fields">
            \(fields.text("quietFrom", .quietFrom, hours?.text("from") ?? "", type: "time"))
            \(fields.text("quietTo", .quietTo, hours?.text("to") ?? "", type: "time"))
            \(fields.text(
                "digest",
                .digestAt,
                user.text("digest"),
                type: "time",
                hint: "\(say(.digestHint))"
            ))
            <label class="check"><input type="checkbox" name="refusesMail" value="1"\
            \(" checked", if: isRefusing)> \(say(.noMails))</label></div>
            \(fields.told(besides: Self.names))
            <p class="row end"><button class="main">\(say(.save))</button></p></form>
            \(testForm)
            """
    }

    private var testForm: HTML {
        """
        <form class="row" method="post" action="\(Self.path)/test" hx-post="\(Self.path)/test">\
        \(visit.formFields(back: "/settings"))<label>\(say(.way)) <select name="channel">\
        \(options(Self.channels.map { ($0.value, say($0.phrase)) }, "email"))</select></label>\
        <button>\(say(.sendTestReminder))</button></form>
        """
    }

    /// Whether tasks without a word have the office's reminders, none, or the user's own, which follow.
    private func which(_ user: Record, _ sent: Form?, _ fields: FormFields) -> HTML {
        let stored = user.records("reminders").map(Self.row)
        let isNull = user.members["reminders"] == .null || user.members["reminders"] == nil
        let chosen = sent?.said("which") ?? (isNull ? "office" : stored.isEmpty ? "none" : "own")
        let ways: [(String, Phrase)] = [
            ("office", .remindersOfOffice), ("none", .remindersNone), ("own", .remindersOwn),
        ]
        let radios = ways.map { value, phrase -> HTML in
            """
            <p class="row"><input type="radio" name="which" value="\(value)" id="which-\(value)"\
            \(" checked", if: value == chosen)> <label for="which-\(value)">\(say(phrase))</label></p>
            """
        }
        var rows = stored
        if let sent {
            rows = Array(zip(sent.all("moment"), sent.all("channel")).prefix(Self.rowLimit))
        }
        let empty = max(3 - rows.count, 1)
        rows += Array(repeating: ("", "email"), count: min(empty, Self.rowLimit - rows.count))
        let lines = rows.enumerated().map { place, row in line(row, number: place + 1) }
        let told: HTML =
            fields.faults.reason(of: "reminders").map { reason -> HTML in
                #"<p class="fault" role="alert">\#(say.fault(reason).capitalizedFirst)</p>"#
            } ?? .none
        return """
            <fieldset class="field reminders"><legend>\(say(.remindersOfTasks))</legend>\(radios)\
            <ol class="rows">\(lines)</ol>\(told)</fieldset>
            """
    }

    private func line(_ row: (moment: String, channel: String), number: Int) -> HTML {
        var moments = [("", "–")] + Self.moments.map { ($0.value, say($0.phrase)) }
        if !moments.contains(where: { $0.0 == row.moment }) {
            moments.append((row.moment, row.moment))
        }
        return """
            <li class="row"><select name="moment" aria-label="\(say(.reminderNumbered(number)))">\
            \(options(moments, row.moment))</select>\
            <select name="channel" aria-label="\(say(.wayOfReminder(number)))">\
            \(options(Self.channels.map { ($0.value, say($0.phrase)) }, row.channel))</select></li>
            """
    }

    private func options(_ options: [(String, String)], _ chosen: String) -> HTML {
        HTML(
            options.map { value, text -> HTML in
                #"<option value="\#(value)"\#(" selected", if: value == chosen)>\#(text)</option>"#
            }
        )
    }

    /// A reminder of the API as a row of the form.
    private static func row(_ reminder: Record) -> (moment: String, channel: String) {
        let channel = reminder.text("channel")
        if let before = reminder.optional("before") { return ("before \(before)", channel) }
        let again = reminder.optional("repeat").map { " \($0)" } ?? ""
        return ("after \(reminder.text("after"))\(again)", channel)
    }
}
