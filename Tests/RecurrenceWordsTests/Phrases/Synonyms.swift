/// Words that may be left out, added or exchanged without another meaning.
struct Synonyms {
    /// Fillers, and words that only join or repeat what stands beside them.
    private let optional: Set<String>
    /// Words that may be left out where the others say the same.
    private let removable: Set<String>
    /// Words that may be left out before a time of day: "from" 9:00 to 17:00.
    private static let removableBeforeTimes: Set = ["from", "von"]
    /// Words that may be added where the others say the same, such as "weekly" to "on Monday".
    private let addable: Set<String>
    /// Words of one meaning.
    private let classes: [Set<String>]

    private init(
        optional: String,
        removable: String,
        addable: String,
        numbers: String,
        classes: [String]
    ) {
        func words(_ text: String) -> [String] { text.split(separator: " ").map(Self.bare) }
        self.optional = Set(words(optional))
        self.removable = Set(words(removable))
        self.addable = Set(words(addable))
        self.classes =
            classes.map { Set(words($0)) }
            + words(numbers).enumerated().map { ["\($0 + 1)", $1] }
    }

    /// Whether one word may stand for another; an empty word is one that is left out.
    ///
    /// - Parameters:
    ///   - old: The word that was said.
    ///   - new: The word in its place.
    ///   - next: The word behind it.
    /// - Returns: Whether the phrase may mean the same.
    func allows(_ old: String, for new: String, before next: String = "") -> Bool {
        let (old, new) = (Synonyms.bare(old), Synonyms.bare(new))
        let isBeforeTime = next.contains(":")
        let isLeftOut =
            optional.contains(old) || removable.contains(old) || old.isEmpty
            || isBeforeTime && Self.removableBeforeTimes.contains(old)
        let isAdded = optional.contains(new) || addable.contains(new) || new.isEmpty
        if old == new || isLeftOut && isAdded { return true }
        if min(old.count, new.count) >= 3, old.hasPrefix(new) || new.hasPrefix(old) { return true }
        return classes.contains { $0.contains(old) && $0.contains(new) }
    }

    /// Whether a word may stand anywhere without a meaning of its own.
    func isOptional(_ word: String) -> Bool { optional.contains(Synonyms.bare(word)) }

    /// Whether one of some words says the same noun.
    func repeats(_ noun: String, oneOf words: [String]) -> Bool {
        let noun = Synonyms.bare(noun)
        let alike = classes.filter { $0.contains(noun) && $0.isDisjoint(with: optional) }
        return words.map(Synonyms.bare).contains { word in
            word == noun || noun.count >= 3 && word.hasPrefix(noun)
                || alike.contains { $0.contains(word) }
        }
    }

    /// The word in small letters without marks and endings, and a number without its suffix.
    private static func bare(_ word: some StringProtocol) -> String {
        let word = word.lowercased().replacing("s-", with: "-").filter { !",;()".contains($0) }
        if let number = Int(word.prefix { $0.isNumber }), word.count <= 5 { return "\(number)" }
        return word.count > 3 && word.hasSuffix("s") ? String(word.dropLast()) : word
    }

    static let english = Synonyms(
        optional:
            "the a on and or & + of in at @ day each every only but if repeat during per one 1",
        removable: "year week",
        addable: "for weekly daily monthly yearly everyday morning afternoon evening night "
            + "o'clock hour am once twice week wks starting",
        numbers: "one two three four five six seven eight nine ten eleven twelve "
            + "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
        classes: [
            "but except not without", "to until til and through thru -", "until till til ending",
            "1 first", "2 second other", "3 third", "4 fourth", "5 fifth",
            "weekday workday business", "from starting beginning between", "time occurrence",
            "12:00 noon", "0:00 midnight", "2nd-to-last penultimate", "mo monday", "tu tuesday",
            "we wednesday",
            "th thursday", "fr friday", "sa saturday", "su sunday", "month mos mo", "18:00 6pm",
            "9:30 0930", "other fortnightly fortnight", "0:00 12am", "every 3x",
            "30 thirty", "40 forty", "50 fifty",
        ]
    )

    static let spanish = Synonyms(
        optional:
            "el la los las y o de en del cada todo toda día dia a al solo pero si sí un una 1 por "
            + "repetir durante @",
        removable: "año semana contando",
        addable:
            "para semanalmente mensualmente diario mañana tarde noche madrugada h hs hora semana sem "
            + "mensual anualmente mes meses mediodía",
        numbers:
            "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
            + "dieciséis diecisiete dieciocho diecinueve veinte",
        classes: [
            "menos pero excepto no salvo sin", "durante para por", "a al hasta y",
            "de desde entre", "1 primer", "2 otro segundo", "3 tercer 3.er", "4 cuarto",
            "5 quinto", "laborable hábil", "12:00 mediodía", "sábado sabado", "vez veces",
            "mes mensualmente", "mes meses", "miércoles mie", "sábado sab", "lunes lun",
            "hora hs h", "1:00 100", "30 treinta", "40 cuarenta",
            "50 cincuenta",
        ]
    )

    static let french = Synonyms(
        optional:
            "le la les l et ou de du des en à a chaque tous toutes tout jour seulement mais si "
            + "un une 1 au h durant pendant",
        removable: "an ans semaine année",
        addable: "pour mois quotidien mensuellement matin soir nuit l'après-midi heure semaine "
            + "fois hebdomadaire hebdo par an ans - jusqu'au",
        numbers: "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze "
            + "quinze seize _ _ _ vingt",
        classes: [
            "décembre decembre", "minutes min",
            "sauf pas hormis hors sans moins", "pendant pour durant", "à au jusqu'à jusqu'au et -",
            "de du entre", "1 premier première", "2 deuxième", "3 troisième", "4 quatrième",
            "5 cinquième", "avant-dernier l'avant-dernier", "an ans année l'année",
            "avril d'avril", "octobre d'octobre", "mois mensuellement", "12:00 midi",
            "0:00 minuit", "août d'août", "1 heure h", "30 trente", "40 quarante",
            "50 cinquante",
        ]
    )

    static let german = Synonyms(
        optional:
            "am an der den die das dem jeweils immer und oder im in des um jeden jede jeder jedes jedem alle "
            + "allen tag tage tagen aber nur wenn ist es ein eine einen 1 zum uhr pro",
        removable: "jahr woche jahre",
        addable:
            "für kw vom während h taeglich täglich monatlich wöchentlich monat monate morgen morgens nachmittag nachmittags abend nacht nachts "
            + "jährlich mal woche wochen stündlich stunde stunden einmal zweimal zweiwöchentlich wöchentl. "
            + "woechentl. std",
        numbers: "eins zwei drei vier fünf sechs sieben acht neun zehn",
        classes: [
            "außer nicht ohne aber", "bis und -", "von ab zwischen", "1 ersten monatsanfang",
            "2 zweiten zweite",
            "2 zweimal", "4 vierten", "vorletzten 2.-letzten", "drittletzten 3.-letzten",
            "mo montag montags", "di dienstag", "mi mittwoch", "do donnerstag", "fr freitag",
            "sa samstag sonnabend", "so sonntag", "0:00 mitternacht", "12:00 mittag", "30 dreißig",
            "40 vierzig", "50 fünfzig",
            "monats monat monate", "jahr jahre jahres", "woche wochen kw", "30 ende", "31 ende",
            "stunde stunden std stündlich h",
        ]
    )

    static let portuguese = Synonyms(
        optional: "o os a as no nos na nas e ou de do da dos das em às à aos cada todo toda todos "
            + "todas dia só mas se um uma 1 por durante ao h",
        removable: "ano semana",
        addable: "diariamente mensalmente semanalmente manhã tarde noite madrugada hora semana",
        numbers: "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze "
            + "dezesseis dezessete dezoito dezenove vinte",
        classes: [
            "menos mas exceto não salvo sem", "a até e às -", "1 primeira primeiro",
            "2 segunda segundo", "2 duas", "4 quarta quarto", "5 quinta",
            "de das desde entre", "mês meses",
            "12:00 meio-dia", "última último últimos", "penúltima penúltimo", "mês mensalmente",
            "ano anualmente",
            "segunda segunda-feira 2ª 2as", "terça-feira 3ª", "quarta-feira 4ª", "quinta-feira 5ª",
            "sexta-feira 6ª",
            "quarta quarta-feira",
            "30 trinta", "40 quarenta", "50 cinquenta", "quinta quinta-feira", "sexta sexta-feira",
            "terça terça-feira",
        ]
    )
}
