import Recurrence

extension SpanishGrammar {
    /// The words that are understood.
    static let words: Vocabulary = {
        var words = Vocabulary()
        for (phrase, kind) in structure { words.add(phrase, kind) }
        words.add(units)
        words.add(
            [
                ["lunes", "lun"], ["martes", "mar"], ["miercoles", "mie"], ["jueves", "jue"],
                ["viernes", "vie"], ["sabado", "sabados", "sab"], ["domingo", "domingos", "dom"],
            ]
        ) { .weekdays(1 << UInt8($0)) }
        words.add(
            [
                ["enero", "ene"], ["febrero", "feb"], ["marzo"], ["abril", "abr"], ["mayo"],
                ["junio", "jun"], ["julio", "jul"], ["agosto", "ago"],
                ["septiembre", "setiembre", "sep", "sept"], ["octubre", "oct"],
                ["noviembre", "nov"], ["diciembre", "dic"],
            ]
        ) { .month($0 + 1) }
        words.add(
            [
                ["un", "una", "uno"], ["dos"], ["tres"], ["cuatro"], ["cinco"], ["seis"],
                ["siete"], ["ocho"], ["nueve"], ["diez"], ["once"], ["doce"], ["trece"],
                ["catorce"], ["quince"], ["dieciseis"], ["diecisiete"], ["dieciocho"],
                ["diecinueve"], ["veinte"], ["veintiuno"], ["veintidos"], ["veintitres"],
                ["veinticuatro"], ["veinticinco"], ["veintiseis"], ["veintisiete"],
                ["veintiocho"], ["veintinueve"], ["treinta"], ["treinta y uno"],
            ]
        ) { .number($0 + 1) }
        words.add(
            [
                ["primer", "primero", "primera", "primeros"], ["segunda"],
                ["tercer", "tercero", "tercera"],
                ["cuarto", "cuarta"], ["quinto", "quinta"], ["sexto", "sexta"],
                ["septimo", "septima"], ["octavo", "octava"], ["noveno", "novena"],
                ["decimo", "decima"],
            ]
        ) { .ordinal($0 + 1) }
        return words
    }()

    private static let units: [WordToken.Kind: [String]] = [
        .second: ["segundo"],
        .unit(.secondly): ["segundos"],
        .unit(.minutely): ["minuto", "minutos", "min"],
        .unit(.hourly): ["hora", "horas"],
        .unit(.daily): ["dia", "dias", "al dia"],
        .unit(.weekly): ["semana", "semanas", "a la semana"],
        .unit(.monthly): ["mes", "meses", "al mes"],
        .unit(.yearly): ["ano", "anos", "al ano"],
        .cycle(.daily, 1): ["diario", "diaria", "diariamente", "a diario"],
        .cycle(.weekly, 1): ["semanal", "semanalmente"],
        .cycle(.monthly, 1): ["mensual", "mensualmente"],
        .cycle(.monthly, 2): ["bimestral", "bimestralmente", "bimestre"],
        .cycle(.monthly, 3): ["trimestral", "trimestralmente", "trimestre"],
        .cycle(.monthly, 6): ["semestral", "semestralmente", "semestre"],
        .cycle(.yearly, 1): ["anual", "anualmente"],
        .ambiguous: ["quincenal", "quincenalmente", "bimensual", "bisemanal"],
    ]

    private static let structure: [String: WordToken.Kind] = [
        "cada": .every, "todo": .every, "toda": .every, "todos": .every, "todas": .every,
        "otro": .other, "otra": .other, "ultimo": .last, "ultima": .last, "ultimos": .last,
        "penultimo": .ordinal(-2), "penultima": .ordinal(-2),
        "antepenultimo": .ordinal(-3), "antepenultima": .ordinal(-3),
        "contando desde el final": .fromEnd, "desde el final": .fromEnd,
        "por el final": .fromEnd, "empezando por el final": .fromEnd,
        "dia laborable": .weekdays(.workdays), "dias laborables": .weekdays(.workdays),
        "dia habil": .weekdays(.workdays), "dias habiles": .weekdays(.workdays),
        "laborable": .weekdays(.workdays), "laborables": .weekdays(.workdays),
        "entre semana": .weekdays(.workdays),
        "fin de semana": .weekend, "fines de semana": .weekend,
        "y": .and, "e": .and, "o": .or, "u": .or,
        "de": .of, "del": .of, "en": .of, "durante": .of, "por": .of,
        "a las": .at, "a la": .at, "a": .to, "al": .to, "hasta": .until,
        "desde": .from, "entre": .from, "a partir de": .from, "a partir del": .from,
        "empezando": .from, "comenzando": .from,
        "vez": .times, "veces": .times, "una vez": .count(1),
        "mediodia": .time(43_200), "a mediodia": .time(43_200), "al mediodia": .time(43_200),
        "medianoche": .time(0), "a medianoche": .time(0),
        "am": .meridiem(isAfternoon: false), "a m": .meridiem(isAfternoon: false),
        "pm": .meridiem(isAfternoon: true), "p m": .meridiem(isAfternoon: true),
        "de la manana": .meridiem(isAfternoon: false),
        "de la tarde": .meridiem(isAfternoon: true),
        "de la noche": .meridiem(isAfternoon: true),
        "semanas que empiezan en": .weekStart, "semanas que empiezan el": .weekStart,
        "se omiten los meses mas cortos": .note(.shorterMonths),
        "se omiten los anos sin ese dia": .note(.otherYears),
        "o el dia anterior si no existe": .note(.dayBefore),
        "o el dia anterior": .note(.dayBefore),
        "o el dia siguiente si no existe": .note(.dayAfter),
        "o el dia siguiente": .note(.dayAfter),
        "el": .filler, "la": .filler, "los": .filler, "las": .filler, "pero": .filler,
        "solo": .only, "solamente": .only, "si": .only, "cuando": .only, "es": .filler,
        "cae": .filler, "h": .filler, "repetir": .filler,
    ]
}
