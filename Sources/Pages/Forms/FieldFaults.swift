import Wording

/// What is wrong with the fields of a form, to be told beside each.
struct FieldFaults: Sendable {
    private var reasons: [(name: String, reason: String)] = []

    static let none = FieldFaults()

    init() {}

    /// The faults that the API found, by the names of its members.
    init(_ refusal: Refusal) {
        for fault in refusal.problem.records("errors") {
            let place = fault.optional("pointer") ?? fault.optional("parameter") ?? ""
            let parts = place.split(separator: "/").map(String.init)
            // The parts of quiet hours have fields of their own.
            let isOfHours = parts.first == "quietHours" && parts.count > 1
            let member =
                isOfHours ? "quiet" + parts[1].capitalizedFirst : parts.first ?? ""
            let reason = fault.text("reason")
            let isMissing = reason == "is shorter than 1 characters"
            reasons.append((member, isMissing ? "is required" : reason))
        }
        if reasons.isEmpty { reasons.append(("", refusal.problem.text("detail"))) }
    }

    var isEmpty: Bool { reasons.isEmpty }

    mutating func note(_ name: String, _ reason: String) { reasons.append((name, reason)) }

    /// What is wrong with a field.
    func reason(of name: String) -> String? { reasons.first { $0.name == name }?.reason }

    /// Whether a field is the first that something is wrong with.
    func begin(with name: String) -> Bool { reasons.first?.name == name }

    /// What is wrong with nothing that the form has a field for.
    func others(than names: [String]) -> [String] {
        reasons.filter { !names.contains($0.name) }.map { fault in
            fault.name.isEmpty ? fault.reason : "\(fault.name) \(fault.reason)"
        }
    }
}

/// The fields of a form, each with its label, what it is for, and what is wrong with it.
struct FormFields {
    let say: ReaderLocale
    /// What tells the form's elements from those of others on the page.
    let name: String
    var faults = FieldFaults.none
    /// What was sent, and is shown again because of the faults.
    var sent: Form?

    /// What a field holds: what was sent, or else what is stored.
    func value(_ field: String, or stored: String) -> String {
        sent.map { $0[field] ?? "" } ?? stored
    }

    /// A field, with its label above it and a hint below, whose control is made of attributes that begin
    /// with a space.
    func field(
        _ field: String,
        _ label: Phrase,
        hint: HTML = .none,
        isWhole: Bool = false,
        _ control: (HTML) -> HTML
    ) -> HTML {
        let id = "\(name)-\(field)"
        let reason = faults.reason(of: field)
        var described: [String] = []
        if reason != nil { described.append("\(id)-fault") }
        if !hint.isEmpty { described.append("\(id)-hint") }
        let descriptions: HTML =
            described.isEmpty
            ? .none : #" aria-describedby="\#(described.joined(separator: " "))""#
        let isFirst = faults.begin(with: field)
        let attributes: HTML = """
             id="\(id)" name="\(field)"\(#" aria-invalid="true""#, if: reason != nil)\
            \(" autofocus", if: isFirst)\(descriptions)
            """
        let told: HTML =
            reason.map { reason -> HTML in
                #"<p class="fault" role="alert" id="\#(id)-fault">\#(words(of: reason))</p>"#
            } ?? .none
        let note: HTML = hint.isEmpty ? .none : #"<p class="hint" id="\#(id)-hint">\#(hint)</p>"#
        return """
            <div class="field\(" whole", if: isWhole)"><label for="\(id)">\(say(label))</label>\
            \(control(attributes))\(told)\(note)</div>
            """
    }

    /// A field of one line of text.
    func text(
        _ field: String,
        _ label: Phrase,
        _ stored: String = "",
        type: String = "text",
        limit: Int = 200,
        isRequired: Bool = false,
        hint: HTML = .none,
        isWhole: Bool = false
    ) -> HTML {
        self.field(field, label, hint: hint, isWhole: isWhole) { attributes in
            """
            <input type="\(type)"\(attributes) value="\(value(field, or: stored))" \
            maxlength="\(limit)"\(" required", if: isRequired)>
            """
        }
    }

    /// A field of which one of several values is chosen.
    func choice(
        _ field: String,
        _ label: Phrase,
        _ stored: String,
        among options: [(value: String, text: String)],
        hint: HTML = .none
    ) -> HTML {
        self.field(field, label, hint: hint) { attributes in
            "<select\(attributes)>\(self.options(field, stored, options))</select>"
        }
    }

    /// The options of a choice; what is stored and not among them stays chosen.
    func options(
        _ field: String,
        _ stored: String,
        _ options: [(value: String, text: String)]
    ) -> HTML {
        let chosen = value(field, or: stored)
        let isKnown = options.contains { $0.value == chosen }
        let all = isKnown || chosen.isEmpty ? options : [(chosen, chosen)] + options
        return HTML(
            all.map { option -> HTML in
                """
                <option value="\(option.value)"\(" selected", if: option.value == chosen)>\
                \(option.text)</option>
                """
            }
        )
    }

    /// Boxes that are ticked, each by itself; those of a group have one name and fault.
    func boxes(
        _ field: String,
        _ label: Phrase,
        _ stored: Set<String>,
        among options: [(value: String, text: String)],
        hint: HTML = .none
    ) -> HTML {
        let ticked = sent.map { Set($0.all(field)) } ?? stored
        let id = "\(name)-\(field)"
        let items = options.map { option -> HTML in
            """
            <label class="tick"><input type="checkbox" name="\(field)" value="\(option.value)"\
            \(" checked", if: ticked.contains(option.value))> \(option.text)</label>
            """
        }
        let told: HTML =
            faults.reason(of: field).map { reason -> HTML in
                #"<p class="fault" role="alert" id="\#(id)-fault">\#(words(of: reason))</p>"#
            } ?? .none
        let note: HTML = hint.isEmpty ? .none : #"<p class="hint">\#(hint)</p>"#
        let described: HTML =
            told.isEmpty ? .none : #" aria-describedby="\#(id)-fault""#
        return """
            <fieldset class="field whole"\(described)><legend>\(say(label))</legend>\
            <div class="ticks">\(items)</div>\(told)\(note)</fieldset>
            """
    }

    private func words(of reason: String) -> String { say.fault(reason).capitalizedFirst }

    /// What is wrong beside the fields that the form has.
    func told(besides names: [String]) -> HTML {
        HTML(
            faults.others(than: names).map { reason -> HTML in
                #"<p class="fault" role="alert">\#(words(of: reason))</p>"#
            }
        )
    }
}
