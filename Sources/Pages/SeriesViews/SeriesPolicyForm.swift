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
        return """
            <details class="card fold"><summary>\(say(.policies))</summary>
            <form class="edit" method="post" action="\(path)/policies" \
            hx-post="\(path)/policies">\(visit.formFields(back: path))
            \(sentences(of: series, calendars: calendars))
            <p class="row end"><button class="main">\(say(.save))</button></p></form></details>
            """
    }

    /// The policies of a series that is not made yet, folded away.
    func fold(calendars: [Record]) -> HTML {
        let isSaid = !creationMembers.members.isEmpty
        return """
            <details class="fold" id="policies"\(" open", if: isSaid)>\
            <summary>\(visit.say(.policies))</summary>
            \(sentences(of: Record(said), calendars: calendars))</details>
            """
    }

    /// What the form says, in the words of a series.
    private var said: JSONObject {
        var said = Self.standard
        for member in members.members where member.value != .null {
            said[member.name] = member.value
        }
        return said
    }

    /// What holds of a series of which nothing is said.
    private static var standard: JSONObject {
        [
            "monthEnd": "skip", "repeats": "onSchedule", "missed": "all", "whileOverdue": "create",
        ]
    }

    /// What the form says otherwise than the standard.
    var creationMembers: JSONObject {
        var changed: JSONObject = [:]
        for member in members.members
        where member.value != .null && Self.standard[member.name] != member.value {
            changed[member.name] = member.value
        }
        return changed
    }

    private func sentences(of series: Record, calendars: [Record]) -> HTML {
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
            <div class="sentences">
            \(sentence(.monthEnd, "monthEnd", Self.monthEnds, series.text("monthEnd")))
            \(sentence(.counting, "repeats", Self.countings, series.text("repeats")))
            \(sentence(.missed, "missed", Self.missed, series.text("missed")))
            \(sentence(.whileOverdue, "whileOverdue", Self.overdue, series.text("whileOverdue")))
            <p class="row"><label>\(say(.dayOff)) <select name="calendar">
            <option value="">\(say(.noCalendar))</option>\(names)</select></label>
            \(select("then", Self.daysOff, dayOff?.text("then") ?? "keep", label: .dayOff))</p>
            </div>
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
