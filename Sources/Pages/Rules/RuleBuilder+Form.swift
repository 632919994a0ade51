import Recurrence
import Wording

extension RuleBuilder {
    /// The form's parts of a rule; one that has others is kept as it is.
    func form(_ choice: RuleChoice?, kept: String?) -> HTML {
        let shown = choice ?? RuleChoice(on: start.date)
        let keptField: HTML =
            kept.map { kept -> HTML in
                """
                <p><code>\(kept)</code></p>
                <input type="hidden" name="rule-kept" value="\(kept)">
                """
            } ?? .none
        return """
            <div class="parts unit-\(shown.unit.rawValue.lowercased())">\(keptField)
            \(unit(shown))
            \(weekdays(shown))
            \(monthDay(shown))
            \(ending(shown))
            </div>
            """
    }

    private func unit(_ choice: RuleChoice) -> HTML {
        let say = visit.say
        let units: [(RuleChoice.Unit, Phrase)] = [
            (.days, .days), (.weeks, .weeks), (.months, .months), (.years, .years),
        ]
        let options = units.map { unit, phrase -> HTML in
            """
            <option value="\(unit.rawValue)"\(" selected", if: unit == choice.unit)>\
            \(say(phrase))</option>
            """
        }
        return """
            <p class="row"><span>\(say(.every))</span>
            <input type="number" name="rule-interval" id="rule-interval" min="1" max="999" class="short" \
            value="\(choice.interval)" aria-label="\(say(.interval))">
            <select name="rule-unit" id="rule-unit" aria-label="\(say(.frequency))">\(options)</select></p>
            """
    }

    private func weekdays(_ choice: RuleChoice) -> HTML {
        let say = visit.say
        let boxes = say.weekdays.map { day -> HTML in
            """
            <label class="day"><input type="checkbox" name="rule-day" id="rule-day-\(day)" \
            value="\(day)"\
            \(" checked", if: choice.weekdays.contains(day)) \
            aria-label="\(say.weekday(day, short: false))"><span aria-hidden="true">\
            \(say.weekday(day, short: true))</span></label>
            """
        }
        return """
            <fieldset class="of-weekly"><legend>\(say(.onWeekdays))</legend>
            <p class="row days">\(boxes)</p></fieldset>
            """
    }

    private func monthDay(_ choice: RuleChoice) -> HTML {
        let say = visit.say
        var (day, ordinal, weekday, way) = (start.date.components.day, 1, start.date.weekday, "day")
        switch choice.monthDay {
        case .day(let number): day = number
        case .last: way = "last"
        case .weekday(let number, let name): (ordinal, weekday, way) = (number, name, "weekday")
        }
        let ordinals = [1, 2, 3, 4, 5, -1, -2].map { number -> HTML in
            """
            <option value="\(number)"\(" selected", if: number == ordinal)>\
            \(say(.ordinal(number)))</option>
            """
        }
        let weekdays = say.weekdays.map { number -> HTML in
            """
            <option value="\(number)"\(" selected", if: number == weekday)>\
            \(say.weekday(number, short: false))</option>
            """
        }
        let months = (1...12).map { number -> HTML in
            """
            <option value="\(number)"\(" selected", if: number == choice.month)>\
            \(say.monthName(number))</option>
            """
        }
        func radio(_ value: String, _ phrase: Phrase) -> HTML {
            """
            <label><input type="radio" name="rule-month-way" \
            id="rule-month-way-\(value)" value="\(value)"\
            \(" checked", if: value == way)> \(say(phrase))</label>
            """
        }
        return """
            <div class="of-monthly"><p class="row of-yearly"><label>\(say(.inMonth)) \
            <select name="rule-month" id="rule-month">\(months)</select></label></p>
            <p class="row">\(radio("day", .onDay)) <input type="number" name="rule-month-day" \
            id="rule-month-day" \
            min="1" max="31" class="short" value="\(day)" aria-label="\(say(.onDay))"></p>
            <p class="row">\(radio("weekday", .onThe)) <select name="rule-ordinal" \
            id="rule-ordinal" \
            aria-label="\(say(.onThe))">\(ordinals)</select> <select name="rule-weekday" \
            id="rule-weekday" \
            aria-label="\(say(.onWeekdays))">\(weekdays)</select></p>
            <p class="row">\(radio("last", .onLastDay))</p></div>
            """
    }

    private func ending(_ choice: RuleChoice) -> HTML {
        let say = visit.say
        var (way, until, count) = ("never", "", "10")
        switch choice.ending {
        case .never: break
        case .on(let date): (way, until) = ("on", date.shown)
        case .after(let number): (way, count) = ("after", "\(number)")
        }
        func radio(_ value: String, _ phrase: Phrase) -> HTML {
            """
            <label><input type="radio" name="rule-end" \
            id="rule-end-\(value)" value="\(value)"\
            \(" checked", if: value == way)> \(say(phrase))</label>
            """
        }
        return """
            <fieldset><legend>\(say(.ends))</legend>
            <p class="row">\(radio("never", .endsNever))</p>
            <p class="row">\(radio("on", .endsOn)) <input type="date" name="rule-until" \
            id="rule-until" \
            value="\(until)" aria-label="\(say(.ends))"></p>
            <p class="row">\(radio("after", .endsAfter)) <input type="number" name="rule-count" \
            id="rule-count" \
            min="1" max="9999" class="short" value="\(count)" aria-label="\(say(.times))"> \
            \(say(.times))</p></fieldset>
            """
    }
}
