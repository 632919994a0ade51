import RecurrenceWords

/// Phrases as people type them in a hurry, and the rules that they mean with the start Friday
/// 27 November 2026, 10:00.
enum ShortPhrases {
    typealias Row = (language: RecurrenceLanguage, phrase: String, rule: String)

    static let all: [Row] = counts + openPeriods + weekdays + times + days + ranges + words

    /// A number with "times" behind "every" is an end, if nobody could mean it of each day.
    private static let counts: [Row] = [
        (.english, "every day 10 times", "FREQ=DAILY;COUNT=10"),
        (.english, "every 2 weeks 12 times", "FREQ=WEEKLY;INTERVAL=2;COUNT=12"),
        (.english, "every Monday 8 times", "FREQ=WEEKLY;COUNT=8;BYDAY=MO"),
        (.english, "every day 10x", "FREQ=DAILY;COUNT=10"),
        (.english, "every day at 9 10 times", "FREQ=DAILY;COUNT=10;BYHOUR=9;BYMINUTE=0"),
        (.english, "first Monday of the month 12 times", "FREQ=MONTHLY;COUNT=12;BYDAY=1MO"),
        (.spanish, "todos los días 10 veces", "FREQ=DAILY;COUNT=10"),
        (.spanish, "cada semana 12 veces", "FREQ=WEEKLY;COUNT=12"),
        (.french, "tous les jours 10 fois", "FREQ=DAILY;COUNT=10"),
        (.french, "chaque lundi 10 fois", "FREQ=WEEKLY;COUNT=10;BYDAY=MO"),
        (.german, "jeden Tag 10 Mal", "FREQ=DAILY;COUNT=10"),
        (.german, "jede Woche zehn mal", "FREQ=WEEKLY;COUNT=10"),
        (.portuguese, "todo dia 10 vezes", "FREQ=DAILY;COUNT=10"),
        (.portuguese, "toda semana 12 vezes", "FREQ=WEEKLY;COUNT=12"),
    ]

    /// The days that are said tell what "twice a week" leaves open.
    private static let openPeriods: [Row] = [
        (.english, "twice a week on Monday and Thursday", "FREQ=WEEKLY;BYDAY=MO,TH"),
        (.english, "3x per week mon wed fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        (.english, "twice daily at 8am and 6pm", "FREQ=DAILY;BYHOUR=8,18;BYMINUTE=0"),
        (.english, "twice a month on the 1st and 15th", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        (.english, "twice a month on the 1st and 3rd Monday", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
        (.english, "biweekly on Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        (.english, "every 14 days on Monday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        (.english, "once per quarter", "FREQ=MONTHLY;INTERVAL=3"),
        (.spanish, "dos veces por semana lunes y jueves", "FREQ=WEEKLY;BYDAY=MO,TH"),
        (.spanish, "dos veces al día a las 9 y a las 17", "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0"),
        (.spanish, "quincenal los viernes", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        (.spanish, "quincenal el 1 y el 15", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        (.spanish, "una vez por trimestre", "FREQ=MONTHLY;INTERVAL=3"),
        (.french, "deux fois par semaine lundi et jeudi", "FREQ=WEEKLY;BYDAY=MO,TH"),
        (.french, "2 fois par mois le 1er et le 15", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        (.french, "une fois par trimestre", "FREQ=MONTHLY;INTERVAL=3"),
        (.german, "zweimal pro Woche mo und do", "FREQ=WEEKLY;BYDAY=MO,TH"),
        (.german, "3x täglich um 8, 12 und 18 Uhr", "FREQ=DAILY;BYHOUR=8,12,18;BYMINUTE=0"),
        (.german, "alle 14 Tage montags", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        (.german, "einmal pro Quartal", "FREQ=MONTHLY;INTERVAL=3"),
        (.portuguese, "duas vezes por semana segunda e quinta", "FREQ=WEEKLY;BYDAY=MO,TH"),
        (.portuguese, "quinzenal na sexta", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        (.portuguese, "uma vez por trimestre", "FREQ=MONTHLY;INTERVAL=3"),
    ]

    private static let weekdays: [Row] = [
        (.english, "mon wed fri 9am", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=9;BYMINUTE=0"),
        (.spanish, "lun mie vie 9am", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=9;BYMINUTE=0"),
        (.german, "mo mi fr 9 Uhr", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=9;BYMINUTE=0"),
        // In Portuguese, feminine ordinals are weekdays.
        (.portuguese, "2ª a 6ª 9h", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0"),
        (.portuguese, "3ª e 5ª 15h", "FREQ=WEEKLY;BYDAY=TU,TH;BYHOUR=15;BYMINUTE=0"),
        (.portuguese, "toda 2ª feira", "FREQ=WEEKLY;BYDAY=MO"),
        (.portuguese, "2as e 4as feiras", "FREQ=WEEKLY;BYDAY=MO,WE"),
        (.portuguese, "2ª sexta", "FREQ=MONTHLY;BYDAY=2FR"),
        (.portuguese, "1ª e 3ª sexta do mês", "FREQ=MONTHLY;BYDAY=1FR,3FR"),
        (.portuguese, "primeira e quarta sexta do mês", "FREQ=MONTHLY;BYDAY=1FR,4FR"),
        (.portuguese, "última 6ª do mês", "FREQ=MONTHLY;BYDAY=-1FR"),
    ]

    private static let times: [Row] = [
        // "Às" is never "to" between days.
        (.portuguese, "todo mês no dia 5 às 9", "FREQ=MONTHLY;BYMONTHDAY=5;BYHOUR=9;BYMINUTE=0"),
        (.portuguese, "dia 15 as 10 de cada mês", "FREQ=MONTHLY;BYMONTHDAY=15"),
        (.portuguese, "dias 5 a 9", "FREQ=MONTHLY;BYMONTHDAY=5,6,7,8,9"),
        (.french, "le 5 à 9 heures", "FREQ=MONTHLY;BYMONTHDAY=5;BYHOUR=9;BYMINUTE=0"),
        (.french, "le 20 à 9", "FREQ=MONTHLY;BYMONTHDAY=20;BYHOUR=9;BYMINUTE=0"),
        (.french, "les 5 à 9 du mois", "FREQ=MONTHLY;BYMONTHDAY=5,6,7,8,9"),
        (.french, "lundi à 9h 30", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30"),
        (.english, "every Monday at nine thirty", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30"),
        (.spanish, "lunes a las nueve treinta", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30"),
        (.english, "830am daily", "FREQ=DAILY;BYHOUR=8;BYMINUTE=30"),
        (.english, "0900 daily", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0"),
        (.english, "every noon", "FREQ=DAILY;BYHOUR=12;BYMINUTE=0"),
        (.german, "jeden Mittag", "FREQ=DAILY;BYHOUR=12;BYMINUTE=0"),
        (.german, "montags 9 und 16 Uhr", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9,16;BYMINUTE=0"),
        (.french, "toutes les 4h", "FREQ=HOURLY;INTERVAL=4"),
        (.german, "alle 4 h", "FREQ=HOURLY;INTERVAL=4"),
        (.portuguese, "a cada 4h", "FREQ=HOURLY;INTERVAL=4"),
        (
            .english, "every 2 hours 9am-3pm",
            "FREQ=DAILY;BYHOUR=9,11,13,15;BYMINUTE=0"
        ),
        (.german, "stündlich 9-11 Uhr", "FREQ=DAILY;BYHOUR=9,10,11;BYMINUTE=0"),
    ]

    private static let days: [Row] = [
        (.english, "beginning of the month", "FREQ=MONTHLY;BYMONTHDAY=1"),
        (.english, "start of each quarter", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1"),
        (.spanish, "principio de mes", "FREQ=MONTHLY;BYMONTHDAY=1"),
        (.spanish, "a fin de mes", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        (.french, "en début de mois", "FREQ=MONTHLY;BYMONTHDAY=1"),
        (.german, "Monatsanfang", "FREQ=MONTHLY;BYMONTHDAY=1"),
        (.german, "zum 15. des Monats", "FREQ=MONTHLY;BYMONTHDAY=15"),
        (.portuguese, "início do mês", "FREQ=MONTHLY;BYMONTHDAY=1"),
        (.spanish, "todos los lunes día 9", "FREQ=MONTHLY;BYMONTHDAY=9;BYDAY=MO"),
        (.spanish, "viernes 13", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
        (.portuguese, "toda segunda dia 9", "FREQ=MONTHLY;BYMONTHDAY=9;BYDAY=MO"),
    ]

    private static let ranges: [Row] = [
        (
            .spanish, "cada martes del 5 de enero al 31 de marzo",
            "FREQ=WEEKLY;UNTIL=20270331;BYDAY=TU"
        ),
        (.french, "tous les mardis du 5 janvier au 31 mars", "FREQ=WEEKLY;UNTIL=20270331;BYDAY=TU"),
        (.german, "jeden Dienstag vom 5.1. bis 31.3.", "FREQ=WEEKLY;UNTIL=20270331;BYDAY=TU"),
        (
            .portuguese, "toda terça de 5 de janeiro a 31 de março",
            "FREQ=WEEKLY;UNTIL=20270331;BYDAY=TU"
        ),
        (.french, "du 1er au 3 de chaque mois", "FREQ=MONTHLY;BYMONTHDAY=1,2,3"),
        (.german, "vom 5. bis 7. jedes Monats", "FREQ=MONTHLY;BYMONTHDAY=5,6,7"),
    ]

    /// Abbreviations and other spellings.
    private static let words: [Row] = [
        (.english, "every 6 mos", "FREQ=MONTHLY;INTERVAL=6"),
        (.english, "last biz day of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        (.english, "every day til Dec 15", "FREQ=DAILY;UNTIL=20261215"),
        (.english, "each and every Monday", "FREQ=WEEKLY;BYDAY=MO"),
        (.english, "eom", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        (.spanish, "cada 2 sem", "FREQ=WEEKLY;INTERVAL=2"),
        (.spanish, "cada 4 hs", "FREQ=HOURLY;INTERVAL=4"),
        (.spanish, "día por medio", "FREQ=DAILY;INTERVAL=2"),
        (.french, "hebdo", "FREQ=WEEKLY"),
        (.french, "tous les jours jusqu au 15 decembre", "FREQ=DAILY;UNTIL=20261215"),
        (.german, "taeglich", "FREQ=DAILY"),
        (.german, "woechentl. montags", "FREQ=WEEKLY;BYDAY=MO"),
        (.german, "alle 4 Std", "FREQ=HOURLY;INTERVAL=4"),
        (.portuguese, "semana sim semana não", "FREQ=WEEKLY;INTERVAL=2"),
        (.portuguese, "de hora em hora", "FREQ=HOURLY"),
    ]

    /// Each with the word for which it is refused, because it has two meanings.
    static let ambiguous: [(language: RecurrenceLanguage, phrase: String, word: String)] = [
        (.english, "every day 7 times", "7"), (.english, "daily 10 times", "10"),
        (.english, "10 times daily", "10"), (.english, "every day and 10 times", "10"),
        (.english, "every day, 10 times a day", "10"),
        (.english, "every day ten times daily", "ten"),
        (.german, "täglich 10 Mal", "10"), (.german, "jeden Tag zehnmal", "zehnmal"),
        (.french, "tous les jours 10 fois par jour", "10"), (.spanish, "diario 10 veces", "10"),
        (.portuguese, "todo dia 10 vezes por dia", "10"),
        (.english, "twice a week on Monday", "twice"),
        (.english, "twice a month on Monday", "twice"),
        (.english, "twice a week mon wed fri", "twice"), (.english, "twice a day at 9", "twice"),
        (.english, "biweekly on Monday and Thursday", "biweekly"),
        (.english, "biweekly on the 1st", "biweekly"), (.spanish, "quincenal el 15", "quincenal"),
        (.english, "every 10 days on Monday", "Monday"),
        // In Mexico, each second day.
        (.spanish, "cada tercer día", "tercer"), (.spanish, "cada 3er día", "3er"),
        (.french, "le 5 à 9", "9"), (.french, "lundi 5 à 9", "5"),
        (.spanish, "lunes 9 a 17", "9"), (.spanish, "cada lunes 9", "9"),
        (.portuguese, "toda segunda 9", "9"), (.portuguese, "2ª 4ª 6ª 9h", "2ª"),
        (.portuguese, "toda segunda semana", "segunda"), (.portuguese, "2ª quinzena", "quinzena"),
        (.english, "2nd week", "2nd"), (.german, "2. Woche", "2."),
        (.english, "every year 5", "5"), (.spanish, "cada año el 5", "5"),
    ]
}
