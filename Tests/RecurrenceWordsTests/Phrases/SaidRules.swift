/// Rules, and the words for them with the start Tuesday 2 March 2027, 9:00.
enum SaidRules {
    /// The rule, the words in English and those in Spanish.
    static let all: [(rule: String, english: String, spanish: String)] = [
        (
            "FREQ=DAILY",
            "every day at 9:00",
            "todos los días a las 9:00"
        ),
        (
            "FREQ=DAILY;INTERVAL=2",
            "every other day at 9:00",
            "cada 2 días a las 9:00"
        ),
        (
            "FREQ=DAILY;INTERVAL=3;COUNT=10",
            "every 3 days at 9:00, 10 times",
            "cada 3 días a las 9:00, 10 veces"
        ),
        (
            "FREQ=DAILY;BYHOUR=9,12,17;BYMINUTE=30",
            "every day at 9:30, 12:30 and 17:30",
            "todos los días a las 9:30, 12:30 y 17:30"
        ),
        (
            "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30;BYSETPOS=1,4",
            "every day at 9:00 and 17:30",
            "todos los días a las 9:00 y 17:30"
        ),
        (
            "FREQ=DAILY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR",
            "every 3 days but only on weekdays at 9:00",
            "cada 3 días pero solo los días laborables a las 9:00"
        ),
        (
            "FREQ=DAILY;BYMONTH=1",
            "every day in January at 9:00",
            "todos los días en enero a las 9:00"
        ),
        (
            "FREQ=WEEKLY",
            "every Tuesday at 9:00",
            "todos los martes a las 9:00"
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            "every weekday at 9:00",
            "todos los días laborables a las 9:00"
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2",
            "every other Tuesday at 9:00",
            "cada 2 semanas los martes a las 9:00"
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
            "every other week on Monday and Thursday at 9:00",
            "cada 2 semanas los lunes y jueves a las 9:00"
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
            "every other week on Monday and Sunday (weeks starting on Sunday) at 9:00",
            "cada 2 semanas los lunes y domingos (semanas que empiezan en domingo) a las 9:00"
        ),
        (
            "FREQ=WEEKLY;BYDAY=SA,SU;COUNT=1",
            "every Saturday and Sunday at 9:00, once",
            "todos los sábados y domingos a las 9:00, una vez"
        ),
        (
            "FREQ=WEEKLY;UNTIL=20270330T235959Z",
            "every Tuesday at 9:00 until 30 March 2027",
            "todos los martes a las 9:00 hasta el 30 de marzo de 2027"
        ),
        (
            "FREQ=WEEKLY;UNTIL=20270330T080000Z",
            "every Tuesday at 9:00 until 29 March 2027",
            "todos los martes a las 9:00 hasta el 29 de marzo de 2027"
        ),
        (
            "FREQ=MONTHLY",
            "the 2nd of each month at 9:00",
            "el 2 de cada mes a las 9:00"
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=31",
            "the 31st of each month (skipping shorter months) at 9:00",
            "el 31 de cada mes (se omiten los meses más cortos) a las 9:00"
        ),
        (
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD",
            "the 31st or the last day of each month at 9:00",
            "el 31 o el último día de cada mes a las 9:00"
        ),
        (
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=FORWARD",
            "the 31st of each month (or the day after if there is none) at 9:00",
            "el 31 de cada mes (o el día siguiente si no existe) a las 9:00"
        ),
        (
            "RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;SKIP=BACKWARD",
            "every year on 29 February (or the day before if there is none) at 9:00",
            "todos los años el 29 de febrero (o el día anterior si no existe) a las 9:00"
        ),
        (
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=30,-10;SKIP=BACKWARD",
            "the 30th and 10th-to-last day of each month "
                + "(or the day before if there is none) at 9:00",
            "el día 30 y el 10.º día contando desde el final de cada mes "
                + "(o el día anterior si no existe) a las 9:00"
        ),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            "every year on 29 February (skipping years without it) at 9:00",
            "todos los años el 29 de febrero (se omiten los años sin ese día) a las 9:00"
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            "the last day of each month at 9:00",
            "el último día de cada mes a las 9:00"
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
            "the 1st, 15th and last day of each month at 9:00",
            "los días 1 y 15 y el último día de cada mes a las 9:00"
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            "the last day of each month at 9:00",
            "el último día de cada mes a las 9:00"
        ),
        (
            "FREQ=MONTHLY;BYDAY=2FR,4FR",
            "the 2nd and 4th Friday of each month at 9:00",
            "el segundo y cuarto viernes de cada mes a las 9:00"
        ),
        (
            "FREQ=MONTHLY;BYDAY=1MO,-1FR",
            "the 1st Monday and the last Friday of each month at 9:00",
            "el primer lunes y el último viernes de cada mes a las 9:00"
        ),
        (
            "FREQ=MONTHLY;BYDAY=-2TU",
            "the 2nd-to-last Tuesday of each month at 9:00",
            "el penúltimo martes de cada mes a las 9:00"
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=5",
            "the last workday of each month at 9:00, 5 times",
            "el último día laborable de cada mes a las 9:00, 5 veces"
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1",
            "the 1st and last workday of each month at 9:00",
            "el primer día laborable y el último día laborable de cada mes a las 9:00"
        ),
        (
            "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1",
            "the 1st Saturday or Sunday of each month at 9:00",
            "el primer sábado o domingo de cada mes a las 9:00"
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
            "every Friday the 13th at 9:00",
            "todos los viernes 13 a las 9:00"
        ),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1",
            "every 3 months on the 1st at 9:00",
            "cada 3 meses el 1 a las 9:00"
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=MO",
            "every other month on every Monday at 9:00",
            "cada 2 meses todos los lunes a las 9:00"
        ),
        (
            "FREQ=MONTHLY;INTERVAL=12",
            "every year on 2 March at 9:00",
            "todos los años el 2 de marzo a las 9:00"
        ),
        (
            "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=15",
            "every year on the 15th of January, April, July and October at 9:00",
            "todos los años el 15 de enero, abril, julio y octubre a las 9:00"
        ),
        (
            "FREQ=YEARLY",
            "every year on 2 March at 9:00",
            "todos los años el 2 de marzo a las 9:00"
        ),
        (
            "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=2",
            "every year on 2 June at 9:00",
            "todos los años el 2 de junio a las 9:00"
        ),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            "every 4 years on the 2nd to 8th of November but only on Tuesday at 9:00",
            "cada 4 años los días 2 a 8 de noviembre pero solo los martes a las 9:00"
        ),
        (
            "FREQ=YEARLY;BYMONTH=9;BYDAY=1MO",
            "every year on the 1st Monday of September at 9:00",
            "todos los años el primer lunes de septiembre a las 9:00"
        ),
        (
            "FREQ=YEARLY;BYDAY=20MO",
            "the 20th Monday of each year at 9:00",
            "el 20.º lunes de cada año a las 9:00"
        ),
        (
            "FREQ=YEARLY;BYYEARDAY=1,100,-1",
            "the 1st, 100th and last day of each year at 9:00",
            "los días 1 y 100 y el último día de cada año a las 9:00"
        ),
        (
            "FREQ=YEARLY;BYYEARDAY=366",
            "the 366th day of each year (skipping years without it) at 9:00",
            "el día 366 de cada año (se omiten los años sin ese día) a las 9:00"
        ),
        (
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
            "Monday of week 20 of each year at 9:00",
            "el lunes de la semana 20 de cada año a las 9:00"
        ),
        (
            "FREQ=YEARLY;BYWEEKNO=20",
            "every day of week 20 of each year at 9:00",
            "todos los días de la semana 20 de cada año a las 9:00"
        ),
        (
            "FREQ=YEARLY;BYWEEKNO=1,-1;BYDAY=MO;WKST=SU",
            "Monday of week 1 and the last week of each year (weeks starting on Sunday) at 9:00",
            "el lunes de la semana 1 y la última semana de cada año "
                + "(semanas que empiezan en domingo) a las 9:00"
        ),
        (
            "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "the last workday of each year at 9:00",
            "el último día laborable de cada año a las 9:00"
        ),
        (
            "FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=15",
            "every other year on the 15th of each month at 9:00",
            "cada 2 años el 15 de cada mes a las 9:00"
        ),
        (
            "FREQ=YEARLY;INTERVAL=2;BYDAY=SU;BYMONTH=6",
            "every other year on every Sunday of June at 9:00",
            "cada 2 años todos los domingos de junio a las 9:00"
        ),
        (
            "FREQ=HOURLY",
            "every hour",
            "cada hora"
        ),
        (
            "FREQ=HOURLY;INTERVAL=3",
            "every 3 hours",
            "cada 3 horas"
        ),
        (
            "FREQ=HOURLY;BYHOUR=9,10,11,12,13,14,15,16,17",
            "every hour from 9:00 to 17:00",
            "cada hora de 9:00 a 17:00"
        ),
        (
            "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16",
            "every 20 minutes from 9:00 to 16:40",
            "cada 20 minutos de 9:00 a 16:40"
        ),
        (
            "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16;BYDAY=MO,TU,WE,TH,FR",
            "every weekday, every 20 minutes from 9:00 to 16:40",
            "todos los días laborables, cada 20 minutos de 9:00 a 16:40"
        ),
        (
            "FREQ=MINUTELY;INTERVAL=45;BYDAY=MO",
            "every 45 minutes but only on Monday",
            "cada 45 minutos pero solo los lunes"
        ),
        (
            "FREQ=SECONDLY;INTERVAL=30",
            "every 30 seconds",
            "cada 30 segundos"
        ),
        (
            "FREQ=HOURLY;UNTIL=20270303T120000",
            "every hour until 3 March 2027 at 12:00",
            "cada hora hasta el 3 de marzo de 2027 a las 12:00"
        ),
        (
            "FREQ=HOURLY;BYMINUTE=0,30",
            "every 30 minutes from 0:00 to 23:30",
            "cada 30 minutos de 0:00 a 23:30"
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,-2TU",
            "every Monday and the 2nd-to-last Tuesday of each month at 9:00",
            "todos los lunes y el penúltimo martes de cada mes a las 9:00"
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1",
            "every Monday at 9:00",
            "todos los lunes a las 9:00"
        ),
        (
            "FREQ=WEEKLY;BYDAY=TU;BYMONTH=6",
            "every Tuesday in June at 9:00",
            "todos los martes en junio a las 9:00"
        ),
        (
            "FREQ=DAILY;INTERVAL=2;BYMONTHDAY=1",
            "every other day but only on the 1st at 9:00",
            "cada 2 días pero solo el 1 a las 9:00"
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15;BYMONTH=6,7",
            "every other month on the 15th but only in June and July at 9:00",
            "cada 2 meses el 15 pero solo en junio y julio a las 9:00"
        ),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=2,-1",
            "the 2nd and last Friday of each month at 9:00",
            "el segundo viernes y el último viernes de cada mes a las 9:00"
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR,SA",
            "the 13th of each month but only on Friday and Saturday at 9:00",
            "el 13 de cada mes pero solo los viernes y sábados a las 9:00"
        ),
        (
            "FREQ=DAILY;BYHOUR=1",
            "every day at 1:00",
            "todos los días a la 1:00"
        ),
        (
            "FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=30",
            "every day at 9:00:30",
            "todos los días a las 9:00:30"
        ),
        (
            "FREQ=HOURLY;INTERVAL=7;BYMONTH=12",
            "every 7 hours in December",
            "cada 7 horas en diciembre"
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-3",
            "the 3rd-to-last day of each month at 9:00",
            "el 3.º día contando desde el final de cada mes a las 9:00"
        ),
        (
            "FREQ=DAILY;COUNT=2",
            "every day at 9:00, 2 times",
            "todos los días a las 9:00, 2 veces"
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=-3",
            "the 3rd-to-last Monday, Tuesday or Wednesday of each month at 9:00",
            "el 3.º lunes, martes o miércoles contando desde el final de cada mes a las 9:00"
        ),
        (
            "FREQ=YEARLY;BYWEEKNO=10,11,12;BYDAY=MO",
            "Monday of week 10, 11 and 12 of each year at 9:00",
            "el lunes de las semanas 10, 11 y 12 de cada año a las 9:00"
        ),
    ]
}
