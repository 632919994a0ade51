import Recurrence

extension SpanishGrammar {
    /// The words that are understood.
    static let words: Vocabulary = {
        var words = Vocabulary()
        words.add(periods)
        words.add(joints)
        words.add(times)
        words.add(phrases)
        words.add([
            "lunes, lun", "martes, mar", "miercoles, mie", "jueves, jue", "viernes, vie",
            "sabado, sabados, sab", "domingo, domingos, dom",
        ]) { .weekdays(1 << UInt8($0)) }
        words.add([
            "enero, ene", "febrero, feb", "marzo", "abril, abr", "mayo", "junio, jun",
            "julio, jul", "agosto, ago", "septiembre, setiembre, sep, sept", "octubre, oct",
            "noviembre, nov", "diciembre, dic",
        ]) { .month($0 + 1) }
        words.add([
            "un, una, uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve",
            "diez", "once", "doce", "trece", "catorce", "quince", "dieciseis", "diecisiete",
            "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidos", "veintitres",
            "veinticuatro", "veinticinco", "veintiseis", "veintisiete", "veintiocho",
            "veintinueve", "treinta", "treinta y uno",
        ]) { .number($0 + 1) }
        words.addAlternating(
            [.unit(.daily): "dia", .unit(.weekly): "semana"],
            "si",
            "no"
        )
        words.addAlternating([.unit(.daily): "un dia", .unit(.weekly): "una semana"], "si", "no")
        words.addNumbers(
            tens: ["treinta", "cuarenta", "cincuenta"],
            from: 30,
            digits: [
                "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve",
            ]
        ) { _ in " y " }
        words.add([
            "primer, primero, primera, primeros", "segunda", "tercer, tercero, tercera",
            "cuarto, cuarta", "quinto, quinta", "sexto, sexta", "septimo, septima",
            "octavo, octava", "noveno, novena", "decimo, decima",
        ]) { .ordinal($0 + 1) }
        return words
    }()

    private static let periods: [WordToken.Kind: String] = [
        .every: "cada, todo, toda, todos, todas",
        .other: "otro, otra",
        .outOf(2): "de cada dos",
        .second: "segundo",
        .unit(.secondly): "segundos",
        .unit(.minutely): "minuto, minutos, min, mins",
        .unit(.hourly): "hora, horas, hs, hrs, hr",
        .unit(.daily): "dia, dias",
        .unit(.weekly): "semana, semanas, sem",
        .unit(.monthly): "mes, meses",
        .unit(.yearly): "ano, anos",
        .cycle(.daily, 1): "diario, diaria, diariamente, a diario",
        .cycle(.weekly, 1): "semanal, semanalmente",
        .cycle(.monthly, 1): "mensual, mensualmente",
        .cycle(.monthly, 2): "bimestral, bimestralmente, bimestre, bimestres",
        .cycle(.monthly, 3): "trimestral, trimestralmente, trimestre, trimestres",
        .cycle(.monthly, 6): "semestral, semestralmente, semestre, semestres",
        .cycle(.yearly, 1): "anual, anualmente",
        .ambiguous(.fortnight): "quincenal, quincenalmente",
        .ambiguous(.halfMonth): "quincena",
        .ambiguous(.bimonthly): "bimensual, bimensualmente",
        .ambiguous(.biweekly): "bisemanal, bisemanalmente",
        .ambiguous(.fifteenDays): "quince dias",
        .ambiguous(.eightDays): "ocho dias",
        .weekdays(.workdays):
            "dia laborable, dias laborables, dia habil, dias habiles, laborable, laborables, "
            + "entre semana",
        .weekend: "fin de semana, fines de semana",
        .last: "ultimo, ultima, ultimos",
        .fromEnd: "contando desde el final, desde el final, por el final, empezando por el final",
        .ordinal(-2): "penultimo, penultima",
        .ordinal(-3): "antepenultimo, antepenultima",
        .times: "vez, veces, ocasiones, x",
        .count(1): "una vez",
    ]

    private static let joints: [WordToken.Kind: String] = [
        .and: "y, e", .or: "o, u",
        .of: "de, del, en", .per: "por",
        .during: "durante", .lasting: "para, durante los proximos",
        .at: "a las, a la",
        .to: "a, al",
        .from: "desde, a partir de, a partir del, empezando, comenzando, empezando el",
        .between: "entre",
        .until(.unclear): "hasta",
        .only: "solo, solamente, si, cuando, pero solo, si es, si cae en, cuando es, cuando cae en",
        .except:
            "excepto, salvo, pero, pero no, no, sin, excepto en, a excepcion de, a excepcion del, "
            + "con excepcion de, con excepcion del, con la excepcion de, con la excepcion del",
        .today(0): "hoy", .now: "ahora",
        .today(1): "manana mismo", .today(2): "pasado manana",
        .minus: "menos",
        .next: "proximo, proxima, que viene",
        .before(includingDay: false): "antes del, antes de, anterior al",
        .after(includingDay: false): "despues del, despues de, posterior al",
        .completion:
            "despues de completar, despues de completarla, despues de completarlo, "
            + "tras completar, tras completarla, tras completarlo, despues de terminar, "
            + "despues de terminarla, despues de terminarlo",
        .inexpressible: "festivo, festivos, dias festivos, feriado, feriados",
        .filler: "el, la, los, las, repetir, por favor, porfa",
    ]

    private static let times: [WordToken.Kind: String] = [
        .time(43_200): "mediodia, a mediodia, al mediodia",
        .time(0): "medianoche, a medianoche",
        .hourMark: "h, en punto",
        .minutesBehind(30): "y media",
        .minutesBehind(-15): "menos cuarto",
        .dayPart(.beforeNoon): "am, a m",
        .dayPart(.afterNoon): "pm, p m",
        .dayPart(.morning): "manana, mananas, de la manana, por la manana, por las mananas",
        .dayPart(.afternoon): "tarde, tardes, de la tarde, por la tarde, por las tardes",
        .dayPart(.night): "noche, noches, de la noche, por la noche, por las noches",
        .dayPart(.smallHours): "madrugada, de la madrugada",
        .monthDay(month: 12, day: 25): "navidad, navidades",
        .monthDay(month: 12, day: 24): "nochebuena",
        .monthDay(month: 12, day: 31): "nochevieja",
        .monthDay(month: 1, day: 1): "ano nuevo",
        .weekStart: "semanas que empiezan en, semanas que empiezan el",
        .note(.shorterMonths): "se omiten los meses mas cortos",
        .note(.otherYears): "se omiten los anos sin ese dia",
        .note(.dayBefore): "o el dia anterior si no existe, o el dia anterior",
        .note(.dayAfter): "o el dia siguiente si no existe, o el dia siguiente",
    ]

    private static let phrases: [String: [WordToken.Kind]] = [
        "al dia": [.per, .unit(.daily)],
        "a la semana": [.per, .unit(.weekly)],
        "al mes": [.per, .unit(.monthly)],
        "al ano": [.per, .unit(.yearly)],
        "y las, y a las": [.and, .at],
        "desde manana, a partir de manana, empezando manana, comenzando manana":
            [.from, .today(1)],
        "hasta manana": [.until(.unclear), .today(1)],
        "fin de, el fin de, final de, finales de, fin del, final del":
            [.last, .unit(.daily), .of],
        "fin de mes, finales de mes, final de mes, fin del mes, final del mes, a fin de mes, "
            + "a fines de mes, a final de mes, a finales de mes":
            [.last, .unit(.daily), .of, .unit(.monthly)],
        "inicio de mes, inicio del mes, principios de mes, a principios de mes, principio de mes, principio del mes, comienzo de mes, "
            + "comienzo del mes":
            [.ordinal(1), .unit(.daily), .of, .unit(.monthly)],
        "inicio de cada mes, principio de cada mes, comienzo de cada mes":
            [.ordinal(1), .unit(.daily), .of, .every, .unit(.monthly)],
        "dias alternos, en dias alternos": [.every, .other, .unit(.daily)],
        "dia por medio": [.every, .other, .unit(.daily)],
        "semana por medio, una semana si y otra no":
            [.every, .other, .unit(.weekly)],
        "un dia si y otro no, un dia si y un dia no":
            [.every, .other, .unit(.daily)],
        "cada media hora": [.every, .number(30), .unit(.minutely)],
    ]
}
