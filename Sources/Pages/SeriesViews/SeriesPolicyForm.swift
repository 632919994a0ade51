import JSON
import Wording

/// The policies of a series, each in a sentence.
struct SeriesPolicyForm {
    let visit: Visit

    private typealias Choice = (value: String, phrase: Phrase)

    private static let monthEnds: [Choice] = [
        ("skip", .monthEndSkip), ("lastDay", .monthEndLast), ("nextDay", .monthEndNext),
    ]
    private static let countings: [Choice] = [
        ("onSchedule", .onSchedule), ("afterCompletion", .afterCompletion),
    ]
    private static let missed: [Choice] = [
        ("all", .missedAll), ("latest", .missedLatest), ("none", .missedNone),
    ]
    private static let overdue: [Choice] = [
        ("create", .overdueCreate), ("skip", .overdueSkip), ("rollForward", .overdueRoll),
    ]
    private static let daysOff: [Choice] = [
        ("keep", .dayOffKeep), ("before", .dayOffBefore), ("after", .dayOffAfter),
        ("skip", .dayOffSkip),
    ]

    func markup(_ series: Record, path: String, calendars: [Record]) -> HTML {
        let say = visit.say
        let dayOff = series.record("dayOff")
        let names = calendars.map { calendar -> HTML in
            let isChosen = calendar.text("id") == dayOff?.text("calendarId")
            return """
                <option value="\(calendar.text("id"))"\(" selected", if: isChosen)>\
                \(calendar.text("name"))</option>
                """
        }
        return """
            <details class="card fold"><summary>\(say(.policies))</summary>
            <form class="edit" method="post" action="\(path)/policies" \
            hx-post="\(path)/policies">\(visit.formFields(back: path))
            <div class="sentences">
            \(sentence(.monthEnd, "monthEnd", Self.monthEnds, series.text("monthEnd")))
            \(sentence(.counting, "repeats", Self.countings, series.text("repeats")))
            \(sentence(.missed, "missed", Self.missed, series.text("missed")))
            \(sentence(.whileOverdue, "whileOverdue", Self.overdue, series.text("whileOverdue")))
            <p class="row"><label>\(say(.dayOff)) <select name="calendar">
            <option value="">\(say(.noCalendar))</option>\(names)</select></label>
            \(select("then", Self.daysOff, dayOff?.text("then") ?? "keep", label: .dayOff))</p>
            </div>
            <p class="row end"><button class="main">\(say(.save))</button></p></form></details>
            """
    }

    private func sentence(
        _ phrase: Phrase,
        _ name: String,
        _ choices: [Choice],
        _ chosen: String
    ) -> HTML {
        """
        <p class="row"><label>\(visit.say(phrase)) \(select(name, choices, chosen))</label></p>
        """
    }

    private func select(
        _ name: String,
        _ choices: [Choice],
        _ chosen: String,
        label: Phrase? = nil
    ) -> HTML {
        let options = choices.map { choice -> HTML in
            """
            <option value="\(choice.value)"\(" selected", if: choice.value == chosen)>\
            \(visit.say(choice.phrase))</option>
            """
        }
        let name: HTML =
            label.map { label -> HTML in
                #"name="\#(name)" aria-label="\#(visit.say(label))""#
            } ?? #"name="\#(name)""#
        return "<select \(name)>\(options)</select>"
    }

    /// The request that the form stands for.
    var members: JSONObject {
        var members: JSONObject = [:]
        for name in ["monthEnd", "repeats", "missed", "whileOverdue"] {
            if let value = visit.form.said(name) { members[name] = .string(value) }
        }
        // The others need tasks that are made when they come.
        if members["whileOverdue"] != .string("create"), members["whileOverdue"] != nil {
            members["make"] = "whenDue"
        }
        if let calendar = visit.form.said("calendar") {
            members["dayOff"] = .object([
                "calendarId": .string(calendar),
                "then": .string(visit.form.said("then") ?? "keep"),
            ])
        } else {
            members["dayOff"] = .null
        }
        return members
    }
}
