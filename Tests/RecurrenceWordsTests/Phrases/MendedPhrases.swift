import RecurrenceWords

/// Phrases of kinds that are easily understood wrong: each has its rule, or the problem for which it
/// is refused.
enum MendedPhrases {
    typealias Problem = SpokenRecurrence.ParseError.Problem

    static let english: [(phrase: String, rule: String)] = [
        (
            "every month but December on the 1st",
            "FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11;BYMONTHDAY=1"
        ),
        ("every weekday for 2 weeks", "FREQ=WEEKLY;UNTIL=20270315;BYDAY=MO,TU,WE,TH,FR"),
        ("every day at 9 for 7 days", "FREQ=DAILY;UNTIL=20270308"),
        ("every day for a month", "FREQ=DAILY;UNTIL=20270401"),
        ("every week for the next 2 years", "FREQ=WEEKLY;UNTIL=20290301"),
        ("every Monday at 9.05", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=5"),
        ("every day at half past nine", "FREQ=DAILY;BYHOUR=9;BYMINUTE=30"),
        ("every day at quarter to 5", "FREQ=DAILY;BYHOUR=4;BYMINUTE=45"),
        ("every day at 9 o'clock", "FREQ=DAILY"),
        ("each quarter on the last day", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        ("end of each quarter", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        ("2nd Tuesday of the quarter", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYDAY=2TU"),
        (
            "last business day of the quarter",
            "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
        ),
        ("mon - fri at 9", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("every day except weekends", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
        ("every weekday except Friday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"),
        ("every Tuesday but not in August", everyTuesdayButAugust),
        ("every day until christmas", "FREQ=DAILY;UNTIL=20271225"),
        ("every day until Dec 25", "FREQ=DAILY;UNTIL=20271225"),
        ("every day until the end of June", "FREQ=DAILY;UNTIL=20270630"),
        ("every day through June", "FREQ=DAILY;UNTIL=20270630"),
        ("every day until June", "FREQ=DAILY;UNTIL=20270531"),
        ("every day until Friday", "FREQ=DAILY;UNTIL=20270305"),
        ("every day until next Monday", "FREQ=DAILY;UNTIL=20270308"),
        ("every day until 12/31/2027", "FREQ=DAILY;UNTIL=20271231"),
        ("every morning at 8", "FREQ=DAILY;BYHOUR=8;BYMINUTE=0"),
        ("every evening at 8", "FREQ=DAILY;BYHOUR=20;BYMINUTE=0"),
        ("every night at 9", "FREQ=DAILY;BYHOUR=21;BYMINUTE=0"),
        ("every night at 2", "FREQ=DAILY;BYHOUR=2;BYMINUTE=0"),
        ("every afternoon at 3:30", "FREQ=DAILY;BYHOUR=15;BYMINUTE=30"),
        ("Monday mornings at 10", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=10;BYMINUTE=0"),
        ("everyday at 9", "FREQ=DAILY"),
        ("M/W/F", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("Tue/Thu", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("every day @ 9am", "FREQ=DAILY"),
        ("end of month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("end of February", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        (
            "the last Friday before the 15th",
            "FREQ=MONTHLY;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=FR"
        ),
        (
            "the last workday before the 15th",
            "FREQ=MONTHLY;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
        ),
        (
            "the first Monday on or after the 15th of June",
            "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15,16,17,18,19,20,21;BYDAY=MO"
        ),
        (
            "every hour from 9 to 5 on weekdays",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0"
        ),
        (
            "every hour from 9 to 5pm",
            "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0"
        ),
        ("every christmas", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"),
        ("every other weekend", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU"),
        ("only on Mondays", "FREQ=WEEKLY;BYDAY=MO"),
    ]

    private static let everyTuesdayButAugust =
        "FREQ=WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=TU"

    static let englishRefusals: [(phrase: String, problem: Problem, word: String)] = [
        ("every Monday but the 1st Monday", .inexpressible, "1st"),
        ("every 1.5 weeks", .outOfRange, "1.5"),
        ("every 1,5 weeks", .outOfRange, "1,5"),
        ("every -2 months", .unexpectedWord, "-"),
        ("every 2-3 days", .unexpectedWord, "2"),
        ("every other workday", .inexpressible, "workday"),
        ("every other weekend day", .inexpressible, "weekend day"),
        ("every 2 workdays", .inexpressible, "2"),
        ("the 15th and every Tuesday", .secondRule, "Tuesday"),
        ("every Tuesday and the 15th", .secondRule, "15th"),
        ("every Tuesday, the 15th", .secondRule, "Tuesday"),
        ("Mondays at 8 and Wednesdays at 10", .secondRule, "Wednesdays"),
        ("at 8 on Monday and at 10 on Tuesday", .secondRule, "at"),
        ("every other Monday and every Tuesday", .secondRule, "Tuesday"),
        ("every Monday and every other Tuesday", .secondRule, "Tuesday"),
        ("every 2 days and every Monday", .secondRule, "Monday"),
        ("every day and every hour", .secondRule, "hour"),
        ("every Monday and Friday the 13th", .secondRule, "Monday"),
        ("the 1st of each month and the 2nd of June", .secondRule, "June"),
        ("every 2 days on Monday", .ambiguous, "Monday"),
        ("the 30th of February", .never, "30th"),
        ("the 31st of April and June", .never, "31st"),
        ("every December except December", .inexpressible, "December"),
        ("every day! at 9", .unexpectedWord, "!"),
        ("every Monday 9", .ambiguous, "9"),
        ("every day at 9 15", .ambiguous, "15"),
        ("every day at 8 and 10 pm", .ambiguous, "8"),
        ("every hour from 1 to 5pm", .ambiguous, "1"),
        ("every morning", .incomplete, "morning"),
        ("every morning at 17:00", .outOfRange, "17:00"),
        ("every month except weekends", .inexpressible, "weekends"),
        ("every Monday except Friday", .unexpectedWord, "Friday"),
        ("every day except holidays", .inexpressible, "holidays"),
        ("every Monday until Friday", .ambiguous, "Friday"),
        ("every day until 3/4/2027", .ambiguous, "3/4/2027"),
        ("every day from next Friday", .ambiguous, "Friday"),
        ("every day until March", .ambiguous, "March"),
        ("quarterly on the 15th", .ambiguous, "quarterly"),
        ("2 June and July", .ambiguous, "June"),
        ("every June and July 4th", .ambiguous, "4th"),
        ("10 days", .unexpectedWord, "10"),
        ("every 2 hours for 3 hours", .inexpressible, "hours"),
        ("every Monday and and Tuesday", .unexpectedWord, "and"),
        ("Monday, Monday", .unexpectedWord, "Monday"),
        ("every day at 9 and 9", .unexpectedWord, "9"),
        ("T/S", .unknownWord, "S"),
        ("twice a month", .ambiguous, "twice"),
        ("biweekly", .ambiguous, "biweekly"),
        ("every 2 hours after completion", .inexpressible, "after completion"),
        ("the last Friday before the 5th", .inexpressible, "5th"),
        ("Friday before the 15th", .ambiguous, "before"),
    ]

    static let spanish: [(phrase: String, rule: String)] = [
        (
            "cada mes menos diciembre el 1",
            "FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11;BYMONTHDAY=1"
        ),
        (
            "todos los días laborables durante 2 semanas",
            "FREQ=WEEKLY;UNTIL=20270315;BYDAY=MO,TU,WE,TH,FR"
        ),
        ("todos los días a las 9 por 7 días", "FREQ=DAILY;UNTIL=20270308"),
        ("todos los lunes a las 9.05", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=5"),
        ("todos los días a las 9h30", "FREQ=DAILY;BYHOUR=9;BYMINUTE=30"),
        ("todos los días a las 9 y cuarto", "FREQ=DAILY;BYHOUR=9;BYMINUTE=15"),
        ("todos los días a las nueve y media", "FREQ=DAILY;BYHOUR=9;BYMINUTE=30"),
        ("todos los días a las 10 menos cuarto", "FREQ=DAILY;BYHOUR=9;BYMINUTE=45"),
        ("todos los días a las 9 y a las 15", "FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0"),
        ("cada trimestre el último día", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        (
            "último día hábil del trimestre",
            "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
        ),
        (
            "cada 2 semanas los lunes, martes, miércoles, jueves, viernes, sábados y domingos",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR,SA,SU"
        ),
        ("todos los días excepto los fines de semana", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
        ("todos los días hasta navidad", "FREQ=DAILY;UNTIL=20271225"),
        ("todos los días hasta el 25 de diciembre", "FREQ=DAILY;UNTIL=20271225"),
        ("todos los días hasta el 31/12/2027", "FREQ=DAILY;UNTIL=20271231"),
        ("todas las mañanas a las 8", "FREQ=DAILY;BYHOUR=8;BYMINUTE=0"),
        ("cada tarde a las 5", "FREQ=DAILY;BYHOUR=17;BYMINUTE=0"),
        ("todas las noches a las 9", "FREQ=DAILY;BYHOUR=21;BYMINUTE=0"),
        ("L/X/V", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("mar/jue", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("fin de mes", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("fin de febrero", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("el último viernes antes del 15", "FREQ=MONTHLY;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=FR"),
        (
            "cada hora de 9 a 5 los días laborables",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0"
        ),
        ("un lunes de cada dos", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("cada 15 días", "FREQ=DAILY;INTERVAL=15"),
    ]

    static let spanishRefusals: [(phrase: String, problem: Problem, word: String)] = [
        ("todos los lunes menos el primer lunes", .inexpressible, "primer"),
        ("todos los días a las 9 y 15", .ambiguous, "15"),
        ("cada 1,5 semanas", .outOfRange, "1,5"),
        ("cada -2 meses", .unexpectedWord, "-"),
        ("cada 2 días laborables", .inexpressible, "2"),
        ("el 15 y todos los martes", .secondRule, "martes"),
        ("los lunes a las 8 y los miércoles a las 10", .secondRule, "miércoles"),
        ("el 30 de febrero", .never, "30"),
        ("dos veces al mes", .ambiguous, "dos"),
        ("cada quince días", .ambiguous, "quince días"),
        ("cada ocho días", .ambiguous, "ocho días"),
        ("todos los días hasta marzo", .ambiguous, "marzo"),
        ("todas las mañanas", .incomplete, "mañanas"),
        ("trimestralmente el 15", .ambiguous, "trimestralmente"),
        ("todos los lunees", .unknownWord, "lunees"),
    ]
}
