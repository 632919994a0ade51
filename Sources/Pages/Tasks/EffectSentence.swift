import Wording

/// What a write does, or would do, in a sentence.
struct EffectSentence {
    let effect: Record

    init?(_ answer: Record) {
        guard let effect = answer.record("effect") else { return nil }
        self.effect = effect
    }

    func text(_ say: ReaderLocale) -> String {
        let moved = effect.number("moved")
        // What moves is counted among what changes, too.
        let changed = max(effect.number("changed") - moved, 0)
        let counts: [(Int, (Int) -> Phrase)] = [
            (effect.number("created"), Phrase.effectCreated),
            (moved, Phrase.effectMoved),
            (changed, Phrase.effectChanged),
            (effect.number("removed"), Phrase.effectRemoved),
            (effect.number("kept"), Phrase.effectKept),
        ]
        let parts = counts.filter { $0.0 > 0 }.map { say($0.1($0.0)) }
        if effect.number("created") + moved + changed + effect.number("removed") == 0 {
            return say(.noEffect)
        }
        return parts.joined(separator: ", ").capitalizedFirst + "."
    }
}

/// How far a change of a task reaches.
enum TaskScope: String, CaseIterable, Sendable {
    case this
    case following
    case all

    var phrase: Phrase {
        switch self {
        case .this: .onlyThis
        case .following: .thisAndFollowing
        case .all: .allOfThem
        }
    }

    /// The choice as radio buttons.
    static func radios(
        _ chosen: TaskScope,
        _ say: ReaderLocale,
        notes: [TaskScope: String] = [:]
    ) -> HTML {
        let buttons = allCases.map { scope -> HTML in
            let note: HTML =
                notes[scope].map { note -> HTML in
                    #" <span class="muted">\#(note)</span>"#
                } ?? .none
            let id = "scope-\(scope.rawValue)"
            return """
                <p class="row"><input type="radio" name="scope" value="\(scope.rawValue)" id="\(id)"\
                \(" checked", if: scope == chosen)> <label for="\(id)">\(say(scope.phrase))</label>\
                \(note)</p>
                """
        }
        return #"<fieldset class="scopes"><legend>\#(say(.scope))</legend>\#(buttons)</fieldset>"#
    }
}
