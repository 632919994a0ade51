import RecurrenceWords

/// Phrases that were once guessed wrong or refused without need, and the rules that they mean with the
/// start Monday 30 November 2026, 10:00.
enum FoundPhrases {
    typealias Phrase = (language: RecurrenceLanguage, phrase: String, rule: String)

    static let all = anyDay + ofToday

    /// Phrases that mean another date when said on another day, or nothing.
    private static let ofToday: [Phrase] =
        [
            (.english, "every Monday starting next week", "FREQ=WEEKLY;BYDAY=MO"),
            (.english, "every day until 2027/03/01", "FREQ=DAILY;UNTIL=20270301"),
            (.english, "every day until 20270301", "FREQ=DAILY;UNTIL=20270301"),
        ]

    static let anyDay: [Phrase] =
        [
            (.english, "between March and May every Monday", "FREQ=WEEKLY;BYMONTH=3,4,5;BYDAY=MO"),
            (.spanish, "entre marzo y mayo cada lunes", "FREQ=WEEKLY;BYMONTH=3,4,5;BYDAY=MO"),
            (.french, "entre mars et mai tous les lundis", "FREQ=WEEKLY;BYMONTH=3,4,5;BYDAY=MO"),
            (.german, "zwischen März und Mai jeden Montag", "FREQ=WEEKLY;BYMONTH=3,4,5;BYDAY=MO"),
            (.portuguese, "entre março e maio toda segunda", "FREQ=WEEKLY;BYMONTH=3,4,5;BYDAY=MO"),
            (
                .english, "every Monday between November and February",
                "FREQ=WEEKLY;BYMONTH=1,2,11,12;BYDAY=MO"
            ),
            (
                .english, "between January and June on the 1st",
                "FREQ=YEARLY;BYMONTH=1,2,3,4,5,6;BYMONTHDAY=1"
            ),
            (.english, "between tomorrow and Friday every day", "FREQ=DAILY;UNTIL=20261204"),
            (.english, "between tomorrow and Friday every hour", "FREQ=HOURLY;UNTIL=20261204"),
            (.spanish, "entre mañana mismo y viernes cada día", "FREQ=DAILY;UNTIL=20261204"),
            (.spanish, "entre el 1 de marzo y el 5 de marzo cada día", "FREQ=DAILY;UNTIL=20270305"),
            (.french, "entre demain et vendredi tous les jours", "FREQ=DAILY;UNTIL=20261204"),
            (.german, "jeden Tag zwischen 1. März und 5. März", "FREQ=DAILY;UNTIL=20270305"),
            (.portuguese, "entre amanhã e sexta todos os dias", "FREQ=DAILY;UNTIL=20261204"),
            (.english, "every day between March 1 and March 15", "FREQ=DAILY;UNTIL=20270315"),
            (.english, "every day between Dec 1 and the 24th", "FREQ=DAILY;UNTIL=20261224"),
            (
                .english, "every hour between 9 and 17",
                "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0"
            ),
            (.portuguese, "todas as segundas terças do mês", "FREQ=MONTHLY;BYDAY=2TU"),
            (.portuguese, "todas as segundas terças-feiras de cada mês", "FREQ=MONTHLY;BYDAY=2TU"),
            (.portuguese, "todas as segundas quartas do mês", "FREQ=MONTHLY;BYDAY=2WE"),
            (
                .portuguese, "todas as segundas e quartas terças do mês",
                "FREQ=MONTHLY;BYDAY=2TU,4TU"
            ),
            (.portuguese, "todas as segundas e quartas", "FREQ=WEEKLY;BYDAY=MO,WE"),
            (
                .portuguese, "segundas, quartas e sextas às 9",
                "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=9;BYMINUTE=0"
            ),
            (.english, "every second in March", "FREQ=SECONDLY;BYMONTH=3"),
            (.english, "every day for the next week", "FREQ=DAILY;UNTIL=20261206"),
            (.english, "every day for a week", "FREQ=DAILY;UNTIL=20261206"),
            (.english, "every day for a fortnight", "FREQ=DAILY;UNTIL=20261213"),
            (.english, "every day for a quarter", "FREQ=DAILY;UNTIL=20270227"),
            (
                .english, "every day until Dec 25 at 9",
                "FREQ=DAILY;UNTIL=20261225;BYHOUR=9;BYMINUTE=0"
            ),
            (
                .english, "every day at noon until Dec 25, 2027 at 17:00",
                "FREQ=DAILY;UNTIL=20271225T170000;BYHOUR=12;BYMINUTE=0"
            ),
            (.english, "every day starting tomorrow for 5 days", "FREQ=DAILY;UNTIL=20261204"),
            (.english, "daily starting 1 March for 3 days", "FREQ=DAILY;UNTIL=20261202"),
            (.german, "jeden Tag ab morgen für 10 Mal", "FREQ=DAILY;COUNT=10"),
            (
                .portuguese, "todos os dias a partir de amanhã às 9",
                "FREQ=DAILY;BYHOUR=9;BYMINUTE=0"
            ),
            (
                .portuguese, "todos os dias a partir de 5 de janeiro às 9",
                "FREQ=DAILY;BYHOUR=9;BYMINUTE=0"
            ),
            (.french, "tous les jours à partir de demain à 9 h", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0"),
            (.english, "every Wednesday starting Wednesday", "FREQ=WEEKLY;BYDAY=WE"),
            (.english, "every 2 weekends", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU"),
            (.english, "every 3 weekends", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SA,SU"),
            (.english, "every first day of the month", "FREQ=MONTHLY;BYMONTHDAY=1"),
            (.english, "every 1st day of January", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1"),
            (.english, "every day ends after 5 occurrences", "FREQ=DAILY;COUNT=5"),
            (.english, "every day ending after 5 times", "FREQ=DAILY;COUNT=5"),
            (.english, "every half year", "FREQ=MONTHLY;INTERVAL=6"),
            (.german, "14-tägig", "FREQ=WEEKLY;INTERVAL=2"),
            (.german, "vierzehntägig", "FREQ=WEEKLY;INTERVAL=2"),
            (.german, "jedes Vierteljahr", "FREQ=MONTHLY;INTERVAL=3"),
            (.german, "jedes halbe Jahr", "FREQ=MONTHLY;INTERVAL=6"),
            (.german, "Montag in KW 20", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"),
            (.german, "jeweils montags", "FREQ=WEEKLY;BYDAY=MO"),
            (.german, "immer am 15.", "FREQ=MONTHLY;BYMONTHDAY=15"),
            (.german, "am 1.und 15.", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
            (.german, "am 1.Montag im Monat", "FREQ=MONTHLY;BYDAY=1MO"),
            (
                .german, "am 1. und 15. bis Ende Januar",
                "FREQ=MONTHLY;UNTIL=20270131;BYMONTHDAY=1,15"
            ),
            (
                .portuguese, "nos dias 1 e 15 até o fim de janeiro",
                "FREQ=MONTHLY;UNTIL=20270131;BYMONTHDAY=1,15"
            ),
            (.portuguese, "todos os dias às nove e um quarto", "FREQ=DAILY;BYHOUR=9;BYMINUTE=15"),
            (
                .portuguese, "todos os dias às dez menos um quarto",
                "FREQ=DAILY;BYHOUR=9;BYMINUTE=45"
            ),
            (.portuguese, "dias de semana", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            (.portuguese, "dia sim, dia não", "FREQ=DAILY;INTERVAL=2"),
            (.portuguese, "segunda sim, segunda não", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
            (.portuguese, "dias alternados", "FREQ=DAILY;INTERVAL=2"),
            (.portuguese, "toda 2.ª feira", "FREQ=WEEKLY;BYDAY=MO"),
            (.spanish, "a principios de mes", "FREQ=MONTHLY;BYMONTHDAY=1"),
            (.spanish, "un día sí, un día no", "FREQ=DAILY;INTERVAL=2"),
            (.spanish, "en días alternos", "FREQ=DAILY;INTERVAL=2"),
            (.french, "tous les jours hors week-end", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
            (
                .french, "tous les mois hors août le 1",
                "FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYMONTHDAY=1"
            ),
            (
                .french, "tous les jours à l'exception du lundi",
                "FREQ=DAILY;BYDAY=TU,WE,TH,FR,SA,SU"
            ),
            (
                .spanish, "todos los días a excepción del lunes",
                "FREQ=DAILY;BYDAY=TU,WE,TH,FR,SA,SU"
            ),
            (
                .portuguese, "todos os dias com exceção de domingo",
                "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR,SA"
            ),
            (.german, "jeden Tag mit Ausnahme von Montag", "FREQ=DAILY;BYDAY=TU,WE,TH,FR,SA,SU"),
            (
                .english, "every day with the exception of Monday",
                "FREQ=DAILY;BYDAY=TU,WE,TH,FR,SA,SU"
            ),
            (.english, "every day apart from Monday", "FREQ=DAILY;BYDAY=TU,WE,TH,FR,SA,SU"),
        ]
}
