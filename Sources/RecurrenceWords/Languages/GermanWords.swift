import Recurrence

extension GermanGrammar {
    /// The words that are understood.
    static let words: Vocabulary = {
        var words = Vocabulary()
        words.add(periods)
        words.add(joints)
        words.add(times)
        words.add(phrases)
        let weekdays = [
            "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
        ]
        let short = ["mo", "di", "mi", "do", "fr", "sa, sonnabend, sonnabends", "so"]
        let parts: [(String, DayPart)] = [
            ("morgen", .morning), ("vormittag", .morning), ("nachmittag", .afternoon),
            ("abend", .evening), ("nacht", .night),
        ]
        for (index, name) in weekdays.enumerated() {
            let kind = WordToken.Kind.weekdays(1 << UInt8(index))
            words.add([kind: "\(name), \(name)s, \(name)e, \(name)en, \(short[index])"])
            for (part, meaning) in parts {
                words.add("\(name)\(part)", [kind, .dayPart(meaning)])
                words.add("\(name)\(part)s", [kind, .dayPart(meaning)])
            }
        }
        words.add([
            "januar, jan, janner", "februar, feb", "marz, maerz", "april, apr", "mai",
            "juni, jun", "juli, jul", "august, aug", "september, sep, sept", "oktober, okt",
            "november, nov", "dezember, dez",
        ]) { .month($0 + 1) }
        words.add([
            "ein, eine, einen, einem, einer, eins", "zwei", "drei", "vier", "funf, fuenf",
            "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwolf", "dreizehn", "vierzehn",
            "funfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn", "zwanzig",
        ]) { .number($0 + 1) }
        let digits = ["ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"]
        for (index, ten) in ["zwanzig", "dreissig", "vierzig", "funfzig"].enumerated() {
            let number = 20 + 10 * index
            if number > 20 { words.add(ten, [.number(number)]) }
            for (digit, name) in digits.enumerated() {
                words.add("\(name)und\(ten)", [.number(number + digit + 1)])
            }
        }
        let ordinals = [
            "erst", "zweit", "dritt", "viert", "funft", "sechst", "siebt", "acht", "neunt",
            "zehnt",
        ]
        for (index, stem) in ordinals.enumerated() {
            for ending in ["e", "en", "er", "es", "em"] {
                words.add(stem + ending, [.ordinal(index + 1)])
            }
        }
        for (stem, kind) in [
            ("letzt", WordToken.Kind.last), ("vorletzt", .ordinal(-2)),
            ("drittletzt", .ordinal(-3)),
        ] {
            for ending in ["e", "en", "er", "es", "em"] { words.add(stem + ending, [kind]) }
        }
        return words
    }()

    private static let periods: [WordToken.Kind: String] = [
        .every: "jede, jeden, jeder, jedes, jedem, alle, allen",
        .other: "andere, anderen",
        .unit(.secondly): "sekunde, sekunden",
        .unit(.minutely): "minute, minuten, min",
        .unit(.hourly): "stunde, stunden, std",
        .unit(.daily): "tag, tage, tagen, tages",
        .unit(.weekly): "woche, wochen, kalenderwoche, kalenderwochen, kw",
        .unit(.monthly): "monat, monate, monaten, monats",
        .unit(.yearly): "jahr, jahre, jahren, jahres",
        .cycle(.hourly, 1): "stundlich, stuendlich",
        .cycle(.daily, 1): "taglich, taeglich, tagl",
        .cycle(.weekly, 1): "wochentlich, woechentlich, wochentl, woechentl",
        .cycle(.weekly, 2): "zweiwochentlich, zweiwoechentlich, vierzehntaglich, "
            + "vierzehntaeglich, vierzehntagig, vierzehntaegig, 14 tagig, 14 taegig",
        .cycle(.monthly, 1): "monatlich, monatl, mtl",
        .cycle(.monthly, 2): "zweimonatlich",
        .cycle(.monthly, 3):
            "vierteljahrlich, vierteljaehrlich, quartalsweise, quartal, quartals, quartale, "
            + "vierteljahr, vierteljahre, vierteljahrs",
        .cycle(.monthly, 6): "halbjahrlich, halbjaehrlich, halbjahr, halbjahrs, halbjahres, "
            + "halbe jahr, halben jahr",
        .cycle(.yearly, 1): "jahrlich, jaehrlich",
        .ambiguous(.timesAPeriod(2, .monthly)): "halbmonatlich",
        .ambiguous(.eightDays): "acht tage",
        .ambiguous(.openDays): "werktag, werktage, werktagen, werktags, wochentags, wochentag",
        .weekdays(.workdays): "arbeitstag, arbeitstage, arbeitstagen, arbeitstags, "
            + "unter der woche, geschaftstag, bankarbeitstag",
        .weekend: "wochenende, wochenenden, wochenends",
        .fromEnd: "vom ende, von hinten",
        .times: "mal, male, x",
        .count(1): "einmal", .count(2): "zweimal", .count(3): "dreimal", .count(4): "viermal",
        .count(5): "funfmal", .count(6): "sechsmal", .count(7): "siebenmal", .count(8): "achtmal",
        .count(9): "neunmal", .count(10): "zehnmal",
    ]

    private static let joints: [WordToken.Kind: String] = [
        .and: "und", .or: "oder",
        .of: "im, in, in der, des, vom", .per: "pro, je",
        .during: "wahrend", .lasting: "fur, fuer", .lastingBehind: "lang",
        .at: "um, gegen",
        .from: "von, ab, ab dem, beginnend am, beginnend ab", .between: "zwischen",
        .until(.unclear): "bis, bis zum, bis zu",
        .only: "nur, aber nur, wenn, falls, wenn es ein, falls es ein, sofern",
        .except: "ausser, nicht, aber nicht, ohne, bis auf, ausgenommen, ausser am, ausser im, "
            + "mit ausnahme von, mit ausnahme des, mit ausnahme der",
        .today(0): "heute", .today(2): "ubermorgen, uebermorgen", .now: "jetzt",
        .next: "nachste, nachsten, nachster, nachstem, nachstes, naechste, naechsten, kommenden, "
            + "kommende",
        .before(includingDay: false): "vor dem",
        .after(includingDay: false): "nach dem",
        .completion: "nach erledigung, nach abschluss, nach fertigstellung, nach der erledigung",
        .inexpressible: "feiertag, feiertage, feiertagen, feiertags",
        .filler: "ist, jeweils, immer, am, an, den, der, dem, die, das, zum, bitte",
    ]

    private static let times: [WordToken.Kind: String] = [
        .time(43_200): "mittag, mittags",
        .time(0): "mitternacht, mitternachts",
        .hourMark: "uhr, h",
        .minutesBefore(-30): "halb",
        .minutesBefore(15): "viertel nach",
        .minutesBefore(-15): "viertel vor, dreiviertel",
        .minutesBefore(-45): "viertel",
        .minutesPast: "nach", .minutesTo: "vor",
        .dayPart(.morning): "morgen, morgens, vormittag, vormittags",
        .dayPart(.afternoon): "nachmittag, nachmittags",
        .dayPart(.evening): "abend, abends",
        .dayPart(.night): "nacht, nachts, in der nacht",
        .monthDay(month: 12, day: 25): "weihnachten",
        .monthDay(month: 12, day: 24): "heiligabend, heilig abend",
        .monthDay(month: 12, day: 31): "silvester",
        .monthDay(month: 1, day: 1): "neujahr",
        .weekStart: "wochen beginnen am",
        .note(.shorterMonths): "kurzere monate entfallen",
        .note(.otherYears): "jahre ohne diesen tag entfallen",
        .note(.dayBefore): "ersatzweise am tag davor",
        .note(.dayAfter): "ersatzweise am tag danach",
    ]

    private static let phrases: [String: [WordToken.Kind]] = [
        "ab morgen": [.from, .today(1)],
        "alle halbe stunde, jede halbe stunde, alle halben stunden, halbstundlich":
            [.every, .number(30), .unit(.minutely)],
        "bis morgen": [.until(.unclear), .today(1)],
        "jedes monats, eines jeden monats": [.of, .every, .unit(.monthly)],
        "jedes jahres, eines jeden jahres": [.of, .every, .unit(.yearly)],
        "jedes quartals, eines jeden quartals": [.of, .every, .cycle(.monthly, 3)],
        "jedes halbjahrs": [.of, .every, .cycle(.monthly, 6)],
        "ende, ende des": [.last, .unit(.daily), .of],
        "monatsanfang, monatsbeginn, anfang des monats, zu beginn des monats, beginn des monats":
            [.ordinal(1), .unit(.daily), .of, .unit(.monthly)],
        "anfang jedes monats, zu beginn jedes monats":
            [.ordinal(1), .unit(.daily), .of, .every, .unit(.monthly)],
        "quartalsanfang, quartalsbeginn, anfang des quartals":
            [.ordinal(1), .unit(.daily), .of, .cycle(.monthly, 3)],
        "monatsende, zum monatsende": [.last, .unit(.daily), .of, .unit(.monthly)],
        "quartalsende, zum quartalsende": [.last, .unit(.daily), .of, .cycle(.monthly, 3)],
        "jahresende, zum jahresende": [.last, .unit(.daily), .of, .unit(.yearly)],
    ]
}
