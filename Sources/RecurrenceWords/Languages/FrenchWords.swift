import Recurrence

extension FrenchGrammar {
    /// The words that are understood.
    static let words: Vocabulary = {
        var words = Vocabulary()
        words.add(periods)
        words.add(joints)
        words.add(times)
        words.add(phrases)
        words.add([
            "lundi, lundis, lun", "mardi, mardis", "mercredi, mercredis, mer",
            "jeudi, jeudis, jeu", "vendredi, vendredis, ven", "samedi, samedis, sam",
            "dimanche, dimanches, dim",
        ]) { .weekdays(1 << UInt8($0)) }
        let months = [
            "janvier, janv", "fevrier, fev", "mars", "avril, avr", "mai", "juin",
            "juillet, juil", "aout", "septembre", "octobre, oct", "novembre, nov",
            "decembre, dec",
        ]
        words.add(months) { .month($0 + 1) }
        for (month, name) in [(4, "davril"), (8, "daout"), (10, "doctobre")] {
            words.add(name, [.of, .month(month)])
        }
        words.add([
            "un, une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf",
            "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix sept",
            "dix huit", "dix neuf", "vingt",
        ]) { .number($0 + 1) }
        words.addNumbers(
            tens: ["vingt", "trente", "quarante", "cinquante"],
            digits: ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"]
        ) { $0 == 1 ? " et " : " " }
        words.add([
            "premier, premiere, premiers, premieres", "deuxieme, deuxiemes, second",
            "troisieme, troisiemes", "quatrieme, quatriemes", "cinquieme", "sixieme",
            "septieme", "huitieme", "neuvieme", "dixieme",
        ]) { .ordinal($0 + 1) }
        return words
    }()

    private static let periods: [WordToken.Kind: String] = [
        .every: "tous, toutes, chaque, tout, toute",
        .other: "autre",
        .outOf(2): "sur deux",
        .outOf(3): "sur trois",
        .second: "seconde",
        .unit(.secondly): "secondes",
        .unit(.minutely): "minute, minutes, min",
        .unit(.hourly): "heure, heures",
        .unit(.daily): "jour, jours",
        .unit(.weekly): "semaine, semaines, sem",
        .unit(.monthly): "mois",
        .unit(.yearly): "an, ans, annee, annees, lannee, lan",
        .cycle(.daily, 1): "quotidien, quotidienne, quotidiennement, journalier",
        .cycle(.weekly, 1): "hebdomadaire, hebdomadairement, hebdo",
        .cycle(.monthly, 1): "mensuel, mensuelle, mensuellement",
        .cycle(.monthly, 2): "bimestriel, bimestrielle, bimestre",
        .cycle(.monthly, 3):
            "trimestriel, trimestrielle, trimestriellement, trimestre, trimestres",
        .cycle(.monthly, 6): "semestriel, semestrielle, semestriellement, semestre, semestres",
        .cycle(.yearly, 1): "annuel, annuelle, annuellement",
        .ambiguous(.timesAPeriod(2, .monthly)): "bimensuel, bimensuelle",
        .ambiguous(.halfMonth): "quinzaine",
        .ambiguous(.timesAPeriod(2, .weekly)): "bihebdomadaire",
        .ambiguous(.biannually): "bisannuel, bisannuelle",
        .ambiguous(.fifteenDays): "quinze jours",
        .ambiguous(.eightDays): "huit jours",
        .ambiguous(.openDays): "jour ouvrable, jours ouvrables",
        .weekdays(.workdays):
            "jour ouvre, jours ouvres, en semaine, jour de semaine, jours de semaine, "
            + "jour de travail, jours de travail",
        .weekend: "week end, week ends, weekend, weekends",
        .last: "dernier, derniere, derniers, dernieres",
        .fromEnd: "en partant de la fin, a partir de la fin, avant la fin",
        .ordinal(-2):
            "avant dernier, avant derniere, lavant dernier, lavant derniere, penultieme",
        .times: "fois, x",
        .count(1): "une fois",
    ]

    private static let joints: [WordToken.Kind: String] = [
        .and: "et", .or: "ou",
        .of: "de, du, des, en, au mois de, au mois d", .per: "par",
        .during: "pendant, durant", .lasting: "pour",
        .atOrTo: "a", .at: "vers",
        .to: "au",
        .from: "a partir de, a partir du, a compter de, a compter du, des le, debutant le",
        .between: "entre",
        .until(.unclear): "jusqua, jusquau, jusquen, jusqu a, jusqu au, jusqu en",
        .only:
            "seulement, uniquement, mais seulement, mais uniquement, si, si cest, si cest un, "
            + "sil tombe",
        .except:
            "sauf, excepte, hormis, hors, sans, mais pas, pas, sauf en, a lexception de, "
            + "a lexception du, a lexception des",
        .today(0): "aujourdhui", .today(1): "demain", .today(2): "apres demain", .now: "maintenant",
        .minus: "moins",
        .next: "prochain, prochaine",
        .before(includingDay: false): "avant",
        .after(includingDay: false): "apres",
        .completion:
            "apres achevement, apres lachevement, apres execution, apres lavoir termine, "
            + "apres lavoir terminee, une fois termine, une fois terminee",
        .inexpressible: "ferie, feries, jour ferie, jours feries",
        .filler: "le, la, les, l, repeter, sil vous plait, sil te plait, svp, stp",
    ]

    private static let times: [WordToken.Kind: String] = [
        .time(43_200): "midi",
        .time(0): "minuit",
        .hourMark: "h",
        .minutesBehind(15): "et quart",
        .minutesBehind(30): "et demie, et demi",
        .minutesBehind(-15): "moins le quart",
        .dayPart(.beforeNoon): "am, a m",
        .dayPart(.afterNoon): "pm, p m",
        .dayPart(.morning): "matin, matins, du matin",
        .dayPart(.afternoon): "apres midi, apres midis, de lapres midi, lapres midi, aprem",
        .dayPart(.evening): "soir, soirs, du soir",
        .dayPart(.night): "nuit, nuits, de la nuit",
        .monthDay(month: 12, day: 25): "noel",
        .monthDay(month: 12, day: 31): "saint sylvestre",
        .monthDay(month: 1, day: 1): "nouvel an",
        .weekStart: "semaines commencant le",
        .note(.shorterMonths): "en sautant les mois plus courts",
        .note(.otherYears): "en sautant les annees sans ce jour",
        .note(.dayBefore): "ou le jour davant sil nexiste pas, ou le jour davant",
        .note(.dayAfter): "ou le jour dapres sil nexiste pas, ou le jour dapres",
    ]

    private static let phrases: [String: [WordToken.Kind]] = [
        "des demain": [.from, .today(1)],
        "a partir daujourdhui, des aujourdhui": [.from, .today(0)],
        "tlj": [.every, .unit(.daily)],
        "debut de mois, debut du mois, en debut de mois, au debut du mois":
            [.ordinal(1), .unit(.daily), .of, .unit(.monthly)],
        "debut de chaque mois, au debut de chaque mois":
            [.ordinal(1), .unit(.daily), .of, .every, .unit(.monthly)],
        "debut de trimestre, debut du trimestre":
            [.ordinal(1), .unit(.daily), .of, .cycle(.monthly, 3)],
        "toutes les demi heures, toutes les demies heures, chaque demi heure":
            [.every, .number(30), .unit(.minutely)],
        "fin de, fin du, fin, a la fin du, a la fin de": [.last, .unit(.daily), .of],
        "fin de mois, fin du mois, en fin de mois, a la fin du mois":
            [.last, .unit(.daily), .of, .unit(.monthly)],
    ]
}
