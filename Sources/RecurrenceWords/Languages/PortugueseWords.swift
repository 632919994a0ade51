import Recurrence

extension PortugueseGrammar {
    /// The words that are understood.
    static let words: Vocabulary = {
        var words = Vocabulary()
        words.add(periods)
        words.add(joints)
        words.add(times)
        words.add(phrases)
        words.add([
            "segunda feira, segundas feiras, seg",
            "terca feira, tercas feiras, terca, "
                + "tercas, ter", "quarta feira, quartas feiras, qua",
            "quinta feira, quintas feiras, qui",
            "sexta feira, sextas feiras, sex", "sabado, sabados, sab",
            "domingo, domingos, dom",
        ]) { .weekdays(1 << UInt8($0)) }
        for (index, name) in ["segunda", "", "quarta", "quinta", "sexta"].enumerated()
        where !name.isEmpty {
            words.add(name, [.weekdayOrOrdinal(index + 2)])
            words.add("\(name)s", [.weekdayOrOrdinal(index + 2)])
        }
        words.addAlternating(
            [
                .unit(.daily): "dia", .weekdays(1): "segunda", .weekdays(2): "terca",
                .weekdays(4): "quarta",
                .weekdays(8): "quinta", .weekdays(16): "sexta", .weekdays(32): "sabado",
                .weekdays(64): "domingo", .unit(.weekly): "semana",
            ],
            "sim",
            "nao"
        )
        words.add([
            "janeiro, jan", "fevereiro, fev", "marco, mar", "abril, abr", "maio, mai",
            "junho, jun", "julho, jul", "agosto, ago", "setembro, set", "outubro, out",
            "novembro, nov", "dezembro",
        ]) { .month($0 + 1) }
        words.add([
            "um, uma", "dois, duas", "tres", "quatro", "cinco", "seis", "sete", "oito", "nove",
            "dez", "onze", "doze", "treze", "catorze, quatorze", "quinze",
            "dezesseis, dezasseis", "dezessete, dezassete", "dezoito", "dezenove, dezanove",
            "vinte",
        ]) { .number($0 + 1) }
        words.addNumbers(
            tens: ["vinte", "trinta", "quarenta", "cinquenta"],
            digits: [
                "um, uma", "dois, duas", "tres", "quatro", "cinco", "seis", "sete", "oito",
                "nove",
            ]
        ) { _ in " e " }
        words.add([
            "primeiro, primeira, primeiros, primeiras", "", "terceiro, terceira", "quarto",
            "quinto", "sexto", "setimo, setima", "oitavo, oitava", "nono, nona",
            "decimo, decima",
        ]) { .ordinal($0 + 1) }
        return words
    }()

    private static let periods: [WordToken.Kind: String] = [
        .every:
            "cada, a cada, todo, toda, todos, todas, todo o, toda a, todos os, todas as",
        .other: "outro, outra",
        .second: "segundo",
        .unit(.secondly): "segundos",
        .unit(.minutely): "minuto, minutos, min, mins",
        .unit(.hourly): "hora, horas, hs, hrs, hr",
        .unit(.daily): "dia, dias",
        .unit(.weekly): "semana, semanas",
        .unit(.monthly): "mes, meses",
        .unit(.yearly): "ano, anos",
        .cycle(.daily, 1): "diario, diaria, diariamente",
        .cycle(.weekly, 1): "semanal, semanalmente",
        .cycle(.monthly, 1): "mensal, mensalmente",
        .cycle(.monthly, 2): "bimestral, bimestralmente, bimestre, bimestres",
        .cycle(.monthly, 3): "trimestral, trimestralmente, trimestre, trimestres",
        .cycle(.monthly, 6): "semestral, semestralmente, semestre, semestres",
        .cycle(.yearly, 1): "anual, anualmente",
        .ambiguous(.fortnight): "quinzenal, quinzenalmente",
        .ambiguous(.halfMonth): "quinzena",
        .ambiguous(.bimonthly): "bimensal, bimensalmente",
        .ambiguous(.biweekly): "bissemanal, bissemanalmente",
        .ambiguous(.fifteenDays): "quinze dias",
        .ambiguous(.eightDays): "oito dias",
        .weekdays(.workdays):
            "dia util, dias uteis, durante a semana, dia de semana, dias de semana",
        .weekend: "fim de semana, fins de semana",
        .last: "ultimo, ultima, ultimos, ultimas",
        .fromEnd: "a contar do fim, contando do fim",
        .ordinal(-2): "penultimo, penultima",
        .ordinal(-3): "antepenultimo, antepenultima",
        .times: "vez, vezes, x",
        .count(1): "uma vez",
    ]

    private static let joints: [WordToken.Kind: String] = [
        .and: "e", .or: "ou",
        .of: "de, do, da, dos, das, em", .per: "por, ao",
        .during: "durante", .lasting: "pelos proximos, pelas proximas",
        .atOrTo: "a, as",
        .from: "desde, a partir de, a partir do, a partir da, comecando, comecando em",
        .between: "entre",
        .until(.unclear): "ate, ate o, ate ao, ate a",
        .only: "so, somente, apenas, mas so, mas somente, mas apenas, se, se for, quando for",
        .except: "exceto, salvo, sem, mas, mas nao, nao, exceto em, exceto aos, com excecao de, "
            + "com excecao do, com excecao da, com excecao dos, com excecao das, a excecao de, "
            + "a excecao do, a excecao da, a excecao dos, a excecao das",
        .today(0): "hoje", .today(1): "amanha", .today(2): "depois de amanha", .now: "agora",
        .minus: "menos",
        .next: "proximo, proxima",
        .before(includingDay: false): "antes do, antes de",
        .after(includingDay: false): "depois do, depois de, apos o",
        .completion:
            "depois de concluir, apos concluir, apos a conclusao, depois da conclusao, "
            + "depois de concluida, depois de concluido",
        .inexpressible: "feriado, feriados",
        .filler: "o, os, no, nos, na, nas, aos, repetir, por favor",
    ]

    private static let times: [WordToken.Kind: String] = [
        .time(43_200): "meio dia, ao meio dia",
        .time(0): "meia noite, a meia noite",
        .hourMark: "h, em ponto",
        .minutesBehind(15): "e um quarto, e quarto",
        .minutesBehind(30): "e meia",
        .minutesBehind(-15): "menos um quarto, menos quarto",
        .minutesTo: "para as, para a",
        .dayPart(.beforeNoon): "am, a m",
        .dayPart(.afterNoon): "pm, p m",
        .dayPart(.morning): "manha, manhas, da manha, de manha, pela manha",
        .dayPart(.afternoon): "tarde, tardes, da tarde, a tarde, de tarde",
        .dayPart(.night): "noite, noites, da noite, a noite, de noite",
        .dayPart(.smallHours): "madrugada, da madrugada, de madrugada",
        .monthDay(month: 12, day: 25): "natal",
        .monthDay(month: 12, day: 24): "vespera de natal",
        .monthDay(month: 1, day: 1): "ano novo",
        .weekStart: "semanas que comecam na, semanas que comecam no",
        .note(.shorterMonths): "saltando os meses mais curtos",
        .note(.otherYears): "saltando os anos sem esse dia",
        .note(.dayBefore): "ou no dia anterior se nao existir, ou no dia anterior",
        .note(.dayAfter): "ou no dia seguinte se nao existir, ou no dia seguinte",
    ]

    private static let phrases: [String: [WordToken.Kind]] = [
        "fim de, fim do, final de, final do, no fim do, no final do":
            [.last, .unit(.daily), .of],
        "fim de mes, fim do mes, final de mes, final do mes":
            [.last, .unit(.daily), .of, .unit(.monthly)],
        "inicio do mes, inicio de mes, comeco do mes, comeco de mes":
            [.ordinal(1), .unit(.daily), .of, .unit(.monthly)],
        "inicio de cada mes, comeco de cada mes":
            [.ordinal(1), .unit(.daily), .of, .every, .unit(.monthly)],
        "um dia sim outro nao, um dia sim e outro nao":
            [.every, .other, .unit(.daily)],
        "dias alternados, em dias alternados": [.every, .other, .unit(.daily)],
        "uma semana sim outra nao": [.every, .other, .unit(.weekly)],
        "de hora em hora": [.every, .unit(.hourly)],
        "a cada meia hora, cada meia hora": [.every, .number(30), .unit(.minutely)],
    ]
}
