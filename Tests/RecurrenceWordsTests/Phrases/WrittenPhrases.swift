/// Phrases as people write them, and the rules that they mean with the start Tuesday 2 March 2027,
/// 9:00.
enum WrittenPhrases {
    static let english: [(phrase: String, rule: String)] = [
        ("every weekday at 9", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("the 31st or the last day", "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD"),
        (
            "the 31st day or the last day of the month",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD"
        ),
        ("2nd and 4th Friday", "FREQ=MONTHLY;BYDAY=2FR,4FR"),
        ("every 3 days", "FREQ=DAILY;INTERVAL=3"),
        ("every other week on monday and thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
        ("last friday of the month", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("monthly on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("first monday in september", "FREQ=YEARLY;BYMONTH=9;BYDAY=1MO"),
        ("daily until 2027-03-03", "FREQ=DAILY;UNTIL=20270303"),
        ("every day 10 times", "FREQ=DAILY;COUNT=10"),
        ("once a month", "FREQ=MONTHLY"),
        ("every other tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every 2nd friday of the month", "FREQ=MONTHLY;BYDAY=2FR"),
        ("every 2nd week", "FREQ=WEEKLY;INTERVAL=2"),
        ("fortnightly on Fri at 5pm", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=17;BYMINUTE=0"),
        ("mon-fri at 9:30am", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=30"),
        ("Monday to Friday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("weekends", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("every weekend at noon", "FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=12;BYMINUTE=0"),
        ("every june 2nd", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=2"),
        ("2 June every year", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=2"),
        ("June 2", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=2"),
        ("every year on June 2 at 10", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=2;BYHOUR=10;BYMINUTE=0"),
        ("1st and 15th of June and July", "FREQ=YEARLY;BYMONTH=6,7;BYMONTHDAY=1,15"),
        ("1st and 15th of every month", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        (
            "the first and last workday of each month",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,1"
        ),
        (
            "last business day of the month at 17:00",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=17;BYMINUTE=0;BYSETPOS=-1"
        ),
        ("second to last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-2"),
        ("2nd-to-last friday", "FREQ=MONTHLY;BYDAY=-2FR"),
        ("penultimate friday of the month", "FREQ=MONTHLY;BYDAY=-2FR"),
        ("every quarter", "FREQ=MONTHLY;INTERVAL=3"),
        ("quarterly on the 1st", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1"),
        ("every 15 minutes", "FREQ=MINUTELY;INTERVAL=15"),
        ("every hour between 9 and 17", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0"),
        ("hourly", "FREQ=HOURLY"),
        ("every hour on monday", "FREQ=HOURLY;BYDAY=MO"),
        ("every friday the 13th", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
        ("friday the 13th", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
        ("on the 13th if it is a friday", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
        ("every day until 3 march 2027 at 9", "FREQ=DAILY;UNTIL=20270303"),
        ("every day at 9 until 3 march 2027 at 17:00", "FREQ=DAILY;UNTIL=20270303T170000"),
        ("every day until march 3rd, 2027", "FREQ=DAILY;UNTIL=20270303"),
        ("every monday from 3 March 2027", "FREQ=WEEKLY;BYDAY=MO"),
        ("every monday starting 2027-03-01, 5 times", "FREQ=WEEKLY;COUNT=5;BYDAY=MO"),
        ("the 100th day of the year", "FREQ=YEARLY;BYYEARDAY=100"),
        ("last day of february", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        (
            "every 4 years on the first tuesday of november",
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=1TU"
        ),
        ("every day in june", "FREQ=DAILY;BYMONTH=6"),
        ("every day for 10 times", "FREQ=DAILY;COUNT=10"),
        ("every monday and friday at 9 and 17", "FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=9,17;BYMINUTE=0"),
        (
            "every monday at 9:00 and 17:30",
            "FREQ=DAILY;BYDAY=MO;BYHOUR=9,17;BYMINUTE=0,30;BYSETPOS=1,4"
        ),
        (
            "15th at 9:00 and 17:30",
            "FREQ=DAILY;BYMONTHDAY=15;BYHOUR=9,17;BYMINUTE=0,30;BYSETPOS=1,4"
        ),
        ("every month", "FREQ=MONTHLY"),
        ("every week", "FREQ=WEEKLY"),
        ("every year", "FREQ=YEARLY"),
        ("Tuesdays and Thursdays at 6:15 p.m.", "FREQ=WEEKLY;BYDAY=TU,TH;BYHOUR=18;BYMINUTE=15"),
        ("EVERY TUE, THU & SAT", "FREQ=WEEKLY;BYDAY=TU,TH,SA"),
        ("the 5th friday", "FREQ=MONTHLY;BYDAY=5FR"),
        ("week 20", "FREQ=YEARLY;BYWEEKNO=20"),
        ("monday of week 20", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"),
        ("at 9", "FREQ=DAILY"),
        ("on the first of the month", "FREQ=MONTHLY;BYMONTHDAY=1"),
        ("twenty first of each month", "FREQ=MONTHLY;BYMONTHDAY=21"),
        ("every three weeks on monday", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO"),
        ("every 1st monday", "FREQ=MONTHLY;BYDAY=1MO"),
        ("every month on the 3rd wednesday", "FREQ=MONTHLY;BYDAY=3WE"),
        ("every month on the 31st", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("every other month on the last friday", "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR"),
        ("every 2 weeks on weekdays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR"),
        ("each tuesday", "FREQ=WEEKLY;BYDAY=TU"),
        ("once every 3 days", "FREQ=DAILY;INTERVAL=3"),
        ("every monday, wednesday and friday", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("every second", "FREQ=SECONDLY"),
        ("every 30 seconds", "FREQ=SECONDLY;INTERVAL=30"),
        ("friday to monday", "FREQ=WEEKLY;BYDAY=MO,FR,SA,SU"),
        ("january to march on the 1st", "FREQ=YEARLY;BYMONTH=1,2,3;BYMONTHDAY=1"),
        ("every day at midnight", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        ("every day at 12am", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        ("every day at 12 pm", "FREQ=DAILY;BYHOUR=12;BYMINUTE=0"),
        ("at 9am, 12pm and 5pm every day", "FREQ=DAILY;BYHOUR=9,12,17;BYMINUTE=0"),
        ("4th thursday of november", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"),
        ("every 90 minutes", "FREQ=MINUTELY;INTERVAL=90"),
        ("repeat every day", "FREQ=DAILY"),
        (
            "the last 3 workdays of each month",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-3,-2,-1"
        ),
        (
            "on 29 february (or the day before)",
            "RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;SKIP=BACKWARD"
        ),
        ("every day of week 20", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO,TU,WE,TH,FR,SA,SU"),
        (
            "every three weeks monday to wednesday, 6 times",
            "FREQ=WEEKLY;INTERVAL=3;COUNT=6;BYDAY=MO,TU,WE"
        ),
        ("every day at 5pm & 9am", "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0"),
        ("every quarter on the 1st", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1"),
        (
            "the last 3 workdays of each month",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-3,-2,-1"
        ),
        ("the first 5 days of january", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1,2,3,4,5"),
        ("every June at 9", "FREQ=YEARLY;BYMONTH=6"),
    ]

    static let spanish: [(phrase: String, rule: String)] = [
        ("todos los días laborables a las 9", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("el 31 o el último día", "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD"),
        ("segundo y cuarto viernes", "FREQ=MONTHLY;BYDAY=2FR,4FR"),
        ("cada 3 días", "FREQ=DAILY;INTERVAL=3"),
        ("cada dos semanas los lunes y jueves", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
        ("el último viernes del mes", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("mensualmente el día 15", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("primer lunes de septiembre", "FREQ=YEARLY;BYMONTH=9;BYDAY=1MO"),
        ("todos los dias hasta 2027-03-03", "FREQ=DAILY;UNTIL=20270303"),
        ("cada día 10 veces", "FREQ=DAILY;COUNT=10"),
        ("una vez al mes", "FREQ=MONTHLY"),
        ("una vez a la semana", "FREQ=WEEKLY"),
        ("cada 2 semanas", "FREQ=WEEKLY;INTERVAL=2"),
        ("de lunes a viernes a las 9:30", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=30"),
        ("lunes a viernes", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("entre semana a las 9", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("los fines de semana", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("el 2 de junio", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=2"),
        ("cada año el 2 de junio", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=2"),
        (
            "todos los años el 2 de junio a las 10",
            "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=2;BYHOUR=10;BYMINUTE=0"
        ),
        ("los días 1 y 15 de junio y julio", "FREQ=YEARLY;BYMONTH=6,7;BYMONTHDAY=1,15"),
        ("1 y 15 de cada mes", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        (
            "el primer y último día laborable de cada mes",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,1"
        ),
        (
            "último día hábil del mes a las 17:00",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=17;BYMINUTE=0;BYSETPOS=-1"
        ),
        ("penúltimo día del mes", "FREQ=MONTHLY;BYMONTHDAY=-2"),
        ("el penúltimo viernes", "FREQ=MONTHLY;BYDAY=-2FR"),
        ("el 3.er miércoles de cada mes", "FREQ=MONTHLY;BYDAY=3WE"),
        ("trimestralmente el 1", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1"),
        ("cada 15 minutos", "FREQ=MINUTELY;INTERVAL=15"),
        (
            "cada hora entre las 9 y las 17",
            "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0"
        ),
        (
            "cada hora desde las 9 hasta las 17",
            "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0"
        ),
        ("cada hora los lunes", "FREQ=HOURLY;BYDAY=MO"),
        ("viernes 13", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
        ("todos los viernes 13", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
        ("el 13 si es viernes", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
        ("todos los días hasta el 3 de marzo de 2027", "FREQ=DAILY;UNTIL=20270303"),
        (
            "todos los días a las 9 hasta el 3 de marzo de 2027 a las 17:00",
            "FREQ=DAILY;UNTIL=20270303T170000"
        ),
        ("todos los lunes desde el 3 de marzo de 2027", "FREQ=WEEKLY;BYDAY=MO"),
        (
            "todos los lunes a partir del 1 de marzo de 2027, 5 veces",
            "FREQ=WEEKLY;COUNT=5;BYDAY=MO"
        ),
        ("el día 100 del año", "FREQ=YEARLY;BYYEARDAY=100"),
        ("el último día de febrero", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        (
            "cada 4 años el primer martes de noviembre",
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=1TU"
        ),
        ("todos los días en junio", "FREQ=DAILY;BYMONTH=6"),
        ("los martes y jueves a las 6:15 p.m.", "FREQ=WEEKLY;BYDAY=TU,TH;BYHOUR=18;BYMINUTE=15"),
        ("TODOS LOS MIÉRCOLES, SABADOS Y DOMINGOS", "FREQ=WEEKLY;BYDAY=WE,SA,SU"),
        ("a las 9 de la mañana todos los días", "FREQ=DAILY"),
        ("a las 5 de la tarde los viernes", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=17;BYMINUTE=0"),
        ("todos los días al mediodía", "FREQ=DAILY;BYHOUR=12;BYMINUTE=0"),
        ("del 1 al 5 de cada mes", "FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5"),
        (
            "los últimos 3 días laborables de cada mes",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-3,-2,-1"
        ),
        ("cada segundo", "FREQ=SECONDLY"),
        ("el lunes de la semana 20", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"),
        ("cada lunes y el último viernes de cada mes", "FREQ=MONTHLY;BYDAY=MO,-1FR"),
        ("a diario a las 8", "FREQ=DAILY;BYHOUR=8;BYMINUTE=0"),
        ("todas las semanas", "FREQ=WEEKLY"),
        ("todos los meses", "FREQ=MONTHLY"),
        ("cada mes el 31", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("cada viernes", "FREQ=WEEKLY;BYDAY=FR"),
        ("los viernes a las 17:00", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=17;BYMINUTE=0"),
        ("semanalmente los martes", "FREQ=WEEKLY;BYDAY=TU"),
        ("anualmente el 1 de enero", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1"),
        ("el 1.º y 3.º lunes de cada mes", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
        ("primer día del mes", "FREQ=MONTHLY;BYMONTHDAY=1"),
        (
            "último día laborable de diciembre",
            "FREQ=YEARLY;BYMONTH=12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
        ),
        ("el primer sábado o domingo de cada mes", "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1"),
        ("cada 2 meses el día 10", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=10"),
        ("cada trimestre el 1", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1"),
        ("todos los días a medianoche", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        ("cada 90 minutos", "FREQ=MINUTELY;INTERVAL=90"),
        (
            "el 29 de febrero (o el día anterior)",
            "RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;SKIP=BACKWARD"
        ),
        (
            "cada 3 semanas de lunes a miércoles, 6 veces",
            "FREQ=WEEKLY;INTERVAL=3;COUNT=6;BYDAY=MO,TU,WE"
        ),
        ("las 9:00 cada lunes", "FREQ=WEEKLY;BYDAY=MO"),
        ("todos los días de la semana 20", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO,TU,WE,TH,FR,SA,SU"),
    ]
}
