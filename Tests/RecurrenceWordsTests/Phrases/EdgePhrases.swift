import RecurrenceWords

/// Phrases at the edge of what is understood, and the rules that they mean with the start Friday
/// 27 November 2026, 10:00.
enum EdgePhrases {
    static let all: [(language: RecurrenceLanguage, phrase: String, rule: String)] = [
        (.english, "every day except Fridays at 10", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,SA,SU"),
        (.english, "every day, twice", "FREQ=DAILY;COUNT=2"),
        (.english, "every day at 12 midnight", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        (.english, "every day at 12 o'clock midnight", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        (.english, "every day at 12 noon", "FREQ=DAILY;BYHOUR=12;BYMINUTE=0"),
        (.english, "every day at 12:00 noon", "FREQ=DAILY;BYHOUR=12;BYMINUTE=0"),
        (.english, "every Friday night at 10", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=22;BYMINUTE=0"),
        (.english, "every night at 12", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        (.english, "every 3rd of March", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"),
        (.english, "every day for the month of June", "FREQ=DAILY;BYMONTH=6"),
        (.english, "every day in the month of June", "FREQ=DAILY;BYMONTH=6"),
        (.english, "every 4 years on Feb 29", "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29"),
        (.english, "every day of the week", "FREQ=DAILY"),
        (
            .english, "every other month on the 2nd Friday of the month",
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=2FR"
        ),
        (
            .english, "on the 31st or the last day",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD"
        ),
        (.english, "every week at 9", "FREQ=WEEKLY;BYHOUR=9;BYMINUTE=0"),
        (.english, "every day at 9, 3 times", "FREQ=DAILY;COUNT=3;BYHOUR=9;BYMINUTE=0"),
        (.english, "every day at 9 and 17", "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0"),
        (.english, "every other Monday starting Dec 1", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        (
            .english, "every 3 months on the 10th starting Jan 15",
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10"
        ),
        (.english, "every other Monday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        (.english, "every 3 months on the 10th", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10"),
        (.english, "every Monday through Friday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        (.english, "every day at ten past nine", "FREQ=DAILY;BYHOUR=9;BYMINUTE=10"),
        (.english, "every day at ten to 9", "FREQ=DAILY;BYHOUR=8;BYMINUTE=50"),
        (.english, "every day at 20 to 9", "FREQ=DAILY;BYHOUR=8;BYMINUTE=40"),
        (.english, "every day at twenty past 9", "FREQ=DAILY;BYHOUR=9;BYMINUTE=20"),
        (.english, "every day at 10 past 9 and 10 past 10", "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=10"),
        (.english, "every half hour", "FREQ=MINUTELY;INTERVAL=30"),
        (
            .english, "every half hour from 9 to 17",
            "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0,30;BYSETPOS=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17"
        ),
        (.english, "M-F", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        (.english, "M-F at 9", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0"),
        (.english, "MWF", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        (.english, "Mo We Fr", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        (.english, "Tu Th", "FREQ=WEEKLY;BYDAY=TU,TH"),
        (.english, "every Mo We Fr at 9", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=9;BYMINUTE=0"),
        (.english, "every 2 wks", "FREQ=WEEKLY;INTERVAL=2"),
        (.english, "Mon 9.30", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30"),
        (.english, "month-end", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        (.english, "every 2nd weekend", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU"),
        (.english, "every second weekend", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU"),
        (.english, "every other weekend", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU"),
        (.english, "every week day", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        (.english, "every 4th Thursday of November", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"),
        (.english, "every second Monday in May", "FREQ=YEARLY;BYMONTH=5;BYDAY=2MO"),
        (.english, "every day until the 15th", "FREQ=DAILY;UNTIL=20261215"),
        (.english, "every day starting on the 15th", "FREQ=DAILY"),
        (.english, "every day starting in 3 days", "FREQ=DAILY"),
        (.english, "every day until 12/31/27", "FREQ=DAILY;UNTIL=20271231"),
        (.english, "every day at 0930", "FREQ=DAILY;BYHOUR=9;BYMINUTE=30"),
        (.english, "every day at 0930 and 1730", "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=30"),
        (.english, "every day other than Sunday", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR,SA"),
        (.english, "in the morning at 3", "FREQ=DAILY;BYHOUR=3;BYMINUTE=0"),
        (.english, "at 9 every day and at 12", "FREQ=DAILY;BYHOUR=9,12;BYMINUTE=0"),
        (.english, "at 9 every day, at 12", "FREQ=DAILY;BYHOUR=9,12;BYMINUTE=0"),
        (.english, "every day at 9, 12 and 17", "FREQ=DAILY;BYHOUR=9,12,17;BYMINUTE=0"),
        (.english, "every hour from ten to twelve", "FREQ=DAILY;BYHOUR=10,11,12;BYMINUTE=0"),
        (.english, "every year in June", "FREQ=YEARLY;BYMONTH=6"),
        (.english, "every 2 years in June", "FREQ=YEARLY;INTERVAL=2;BYMONTH=6"),
        (
            .english, "every 3 months but only in January and April on the 5th",
            "FREQ=MONTHLY;INTERVAL=3;BYMONTH=1,4;BYMONTHDAY=5"
        ),
        (.english, "every second morning at 8", "FREQ=DAILY;INTERVAL=2;BYHOUR=8;BYMINUTE=0"),
        (
            .english, "the 1st to the 15th",
            "FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"
        ),
        (.english, "Mondays Tuesdays at 9", "FREQ=WEEKLY;BYDAY=MO,TU;BYHOUR=9;BYMINUTE=0"),
        (.english, "every day at 0:00 midnight", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        (.english, "every day at 12am midnight", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        (.english, "Mon + Wed at 9", "FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=9;BYMINUTE=0"),
        (.english, "the 1st & 15th", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        (.english, "every other morning at 9", "FREQ=DAILY;INTERVAL=2;BYHOUR=9;BYMINUTE=0"),
        (
            .english, "every month on the 31st or the day before",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD"
        ),
        (.english, "every day at 2027", "FREQ=DAILY;BYHOUR=20;BYMINUTE=27"),
        (.english, "every month on the 15th 3 times", "FREQ=MONTHLY;COUNT=3;BYMONTHDAY=15"),
        (.english, "every day at 12 am", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        (.english, "every day at 12 in the afternoon", "FREQ=DAILY;BYHOUR=12;BYMINUTE=0"),
        (.english, "every day at 12 noon and 12 midnight", "FREQ=DAILY;BYHOUR=0,12;BYMINUTE=0"),
        (.english, "every day at 12 noon and midnight", "FREQ=DAILY;BYHOUR=0,12;BYMINUTE=0"),
        (.english, "Fridays at 3 in the morning", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=3;BYMINUTE=0"),
        (.english, "every second year in March", "FREQ=YEARLY;INTERVAL=2;BYMONTH=3"),
        (.english, "every second month", "FREQ=MONTHLY;INTERVAL=2"),
        (.english, "every second day in March", "FREQ=DAILY;INTERVAL=2;BYMONTH=3"),
        (.english, "each second Monday of March", "FREQ=YEARLY;BYMONTH=3;BYDAY=2MO"),
        (.english, "every first March", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1"),
        (.english, "every 5 March", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5"),
        (
            .english, "for the month of June every day at 9",
            "FREQ=DAILY;BYMONTH=6;BYHOUR=9;BYMINUTE=0"
        ),
        (.english, "every day for the months of June and July", "FREQ=DAILY;BYMONTH=6,7"),
        (
            .english, "every weekday during the month of June",
            "FREQ=WEEKLY;BYMONTH=6;BYDAY=MO,TU,WE,TH,FR"
        ),
        (.english, "every 6 months in January and July", "FREQ=MONTHLY;BYMONTH=1,7"),
        (.english, "every 5 years on the 366th day", "FREQ=YEARLY;INTERVAL=5;BYYEARDAY=366"),
        (
            .english, "the 29th or the last day",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=29;SKIP=BACKWARD"
        ),
        (
            .english, "the 29th or the last day of February",
            "RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;SKIP=BACKWARD"
        ),
        (
            .english, "the 10th and the 31st or the last day",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=10,31;SKIP=BACKWARD"
        ),
        (
            .english, "the 31st or the day after",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=FORWARD"
        ),
        (.english, "every Monday, weekends", "FREQ=WEEKLY;BYDAY=MO,SA,SU"),
        (.english, "every Monday at 9&10", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9,10;BYMINUTE=0"),
        (.english, "Mon-Fri 9.30", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=30"),
        (.english, "first of the month", "FREQ=MONTHLY;BYMONTHDAY=1"),
        (.english, "Tu/Th at 9", "FREQ=WEEKLY;BYDAY=TU,TH;BYHOUR=9;BYMINUTE=0"),
        (.english, "Sa-Su", "FREQ=WEEKLY;BYDAY=SA,SU"),
        (.english, "m-w", "FREQ=WEEKLY;BYDAY=MO,TU,WE"),
        (.english, "every T/Th", "FREQ=WEEKLY;BYDAY=TU,TH"),
        (.english, "every day starting in 2 months", "FREQ=DAILY"),
        (.english, "starting the 15th, every Monday", "FREQ=WEEKLY;BYDAY=MO"),
        (
            .english, "every Monday starting the 15th at 9",
            "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0"
        ),
        (.english, "every day at five to nine", "FREQ=DAILY;BYHOUR=8;BYMINUTE=55"),
        (.english, "every day at five minutes to 9", "FREQ=DAILY;BYHOUR=8;BYMINUTE=55"),
        (
            .english, "every day at quarter past 9 and half past 10",
            "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=15,30;BYSETPOS=1,4"
        ),
        (.english, "every day at ten past nine pm", "FREQ=DAILY;BYHOUR=21;BYMINUTE=10"),
        (.english, "every night at ten to nine", "FREQ=DAILY;BYHOUR=20;BYMINUTE=50"),
        (
            .english, "every 3 months on the 15th in January, April, July and October",
            "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=15"
        ),
        (.english, "every year on Feb 29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
        (.english, "every other year on Feb 29", "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29"),
        (.english, "every day at 9 5 times", "FREQ=DAILY;COUNT=5;BYHOUR=9;BYMINUTE=0"),
        (
            .english, "every Monday at 9, 5 times",
            "FREQ=WEEKLY;COUNT=5;BYDAY=MO;BYHOUR=9;BYMINUTE=0"
        ),
        (.english, "once every Monday", "FREQ=WEEKLY;BYDAY=MO"),
        (.english, "once a week on Monday", "FREQ=WEEKLY;BYDAY=MO"),
        (.english, "every Monday 9:30", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30"),
        (.english, "Friday at midnight", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=0;BYMINUTE=0"),
        (.english, "15th and last day", "FREQ=MONTHLY;BYMONTHDAY=15,-1"),
        (
            .english, "the 30th, 31st or the last day",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=30,31;SKIP=BACKWARD"
        ),
        (
            .english, "every 2 days starting tomorrow at 8",
            "FREQ=DAILY;INTERVAL=2;BYHOUR=8;BYMINUTE=0"
        ),
        (.english, "every Friday starting today", "FREQ=WEEKLY;BYDAY=FR"),
        (.english, "every other week starting Dec 1", "FREQ=WEEKLY;INTERVAL=2"),
        (
            .english, "every other week on Monday and Thursday starting Dec 1",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"
        ),
        (
            .english, "every 2 weeks for 3 weeks on Monday",
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=20261217;BYDAY=MO"
        ),
        (.english, "every other day at 9", "FREQ=DAILY;INTERVAL=2;BYHOUR=9;BYMINUTE=0"),
        (.english, "every second, 10 times", "FREQ=SECONDLY;COUNT=10"),
        (.english, "every Mo We Fr", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        (.english, "Mo-Fr 9:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0"),
        (.english, "Mo and We", "FREQ=WEEKLY;BYDAY=MO,WE"),
        (.english, "every we", "FREQ=WEEKLY;BYDAY=WE"),
        (
            .english, "every day at 12 midnight except Fridays",
            "FREQ=DAILY;BYDAY=MO,TU,WE,TH,SA,SU;BYHOUR=0;BYMINUTE=0"
        ),
        (.english, "every night at 12 in December", "FREQ=DAILY;BYMONTH=12;BYHOUR=0;BYMINUTE=0"),
        (
            .english, "Mondays at 9.30 and 17.45",
            "FREQ=DAILY;BYDAY=MO;BYHOUR=9,17;BYMINUTE=30,45;BYSETPOS=1,4"
        ),
        (.spanish, "todos los días a las 12 de la medianoche", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        (.spanish, "todos los días a las 12 del mediodía", "FREQ=DAILY;BYHOUR=12;BYMINUTE=0"),
        (
            .spanish, "todos los días a las 9 y veinte y a las 10",
            "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20;BYSETPOS=2,3"
        ),
        (
            .spanish, "todos los días a las 9 y 10 y a las 17",
            "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,10;BYSETPOS=2,3"
        ),
        (.spanish, "todos los días a las 8, 9 y 10", "FREQ=DAILY;BYHOUR=8,9,10;BYMINUTE=0"),
        (.spanish, "todos los días durante el mes de junio", "FREQ=DAILY;BYMONTH=6"),
        (.spanish, "todos los días a las nueve y diez", "FREQ=DAILY;BYHOUR=9;BYMINUTE=10"),
        (.spanish, "todos los días a las 10 menos 5", "FREQ=DAILY;BYHOUR=9;BYMINUTE=55"),
        (
            .spanish, "todos los días a las nueve y cuarenta y cinco",
            "FREQ=DAILY;BYHOUR=9;BYMINUTE=45"
        ),
        (.spanish, "todos los días a las 9 y veinticinco", "FREQ=DAILY;BYHOUR=9;BYMINUTE=25"),
        (.spanish, "cada media hora", "FREQ=MINUTELY;INTERVAL=30"),
        (.spanish, "L-V", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        (.spanish, "L/M/X", "FREQ=WEEKLY;BYDAY=MO,TU,WE"),
        (.spanish, "todos los días hasta el 15", "FREQ=DAILY;UNTIL=20261215"),
        (.spanish, "todos los días por favor", "FREQ=DAILY"),
        (.spanish, "un día sí y otro no", "FREQ=DAILY;INTERVAL=2"),
        (.spanish, "de 2 en 2 días", "FREQ=DAILY;INTERVAL=2"),
        (.spanish, "todos los días desde el lunes que viene", "FREQ=DAILY"),
        (.spanish, "cada día a las nueve y diez de la noche", "FREQ=DAILY;BYHOUR=21;BYMINUTE=10"),
        (.spanish, "hasta el 15 cada lunes", "FREQ=WEEKLY;UNTIL=20261215;BYDAY=MO"),
        (
            .spanish, "los viernes a la 1 de la madrugada",
            "FREQ=WEEKLY;BYDAY=FR;BYHOUR=1;BYMINUTE=0"
        ),
        (.spanish, "a las 9 y 45 todos los días", "FREQ=DAILY;BYHOUR=9;BYMINUTE=45"),
        (
            .spanish, "todos los días a las nueve y cinco y a las diez y diez",
            "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=5,10;BYSETPOS=1,4"
        ),
        (.spanish, "cada día a las diez y seis", "FREQ=DAILY;BYHOUR=10;BYMINUTE=6"),
        (.spanish, "de lunes a viernes", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        (.spanish, "a partir del 15 cada lunes", "FREQ=WEEKLY;BYDAY=MO"),
        (
            .spanish, "cada día a las 10 menos diez y a las 12",
            "FREQ=DAILY;BYHOUR=9,12;BYMINUTE=0,50;BYSETPOS=2,3"
        ),
        (.spanish, "todos los días a las 10 menos los lunes", "FREQ=DAILY;BYDAY=TU,WE,TH,FR,SA,SU"),
        (.spanish, "todos los días hasta el día 15", "FREQ=DAILY;UNTIL=20261215"),
        (
            .spanish, "del 1 al 15 de cada mes",
            "FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"
        ),
        (.spanish, "todos los días hasta el día 15 de marzo", "FREQ=DAILY;UNTIL=20270315"),
        (.spanish, "cada noche a las 12", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        (.spanish, "el viernes por la noche a las 10", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=22;BYMINUTE=0"),
        (.spanish, "cada 15 de marzo", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"),
        (.spanish, "todos los días en el mes de junio", "FREQ=DAILY;BYMONTH=6"),
        (.spanish, "L/M/X/J/V", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        (.french, "tous les jours à 12h midi", "FREQ=DAILY;BYHOUR=12;BYMINUTE=0"),
        (.french, "tous les jours pendant le mois de juin", "FREQ=DAILY;BYMONTH=6"),
        (.french, "tous les jours à 1h du matin", "FREQ=DAILY;BYHOUR=1;BYMINUTE=0"),
        (.french, "tous les soirs à minuit", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        (.french, "tous les jours à dix heures moins dix", "FREQ=DAILY;BYHOUR=9;BYMINUTE=50"),
        (.french, "tous les jours à dix heures dix", "FREQ=DAILY;BYHOUR=10;BYMINUTE=10"),
        (.french, "toutes les demi-heures", "FREQ=MINUTELY;INTERVAL=30"),
        (.french, "tous les jours s'il vous plaît", "FREQ=DAILY"),
        (.french, "le vingt et un", "FREQ=MONTHLY;BYMONTHDAY=21"),
        (
            .french, "du lundi au vendredi à 9h",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0"
        ),
        (.french, "à la première semaine de l'année", "FREQ=YEARLY;BYWEEKNO=1"),
        (.french, "tous les jours à partir du 15", "FREQ=DAILY"),
        (.french, "tous les jours jusqu'au 15", "FREQ=DAILY;UNTIL=20261215"),
        (.french, "tous les jours à midi moins le quart", "FREQ=DAILY;BYHOUR=11;BYMINUTE=45"),
        (.french, "tous les jours moins le lundi", "FREQ=DAILY;BYDAY=TU,WE,TH,FR,SA,SU"),
        (.french, "du 1 au 15", "FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"),
        (.french, "tous les jours jusqu'au 15 mars", "FREQ=DAILY;UNTIL=20270315"),
        (.french, "toutes les nuits à 1h", "FREQ=DAILY;BYHOUR=1;BYMINUTE=0"),
        (.french, "tous les jours pour le mois de juin", "FREQ=DAILY;BYMONTH=6"),
        (.french, "tous les jours au mois de juin", "FREQ=DAILY;BYMONTH=6"),
        (.french, "tous les 4 ans le 29 février", "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29"),
        (.french, "chaque jour à 9h, deux fois", "FREQ=DAILY;COUNT=2;BYHOUR=9;BYMINUTE=0"),
        (.german, "täglich um 12 Uhr mittags", "FREQ=DAILY;BYHOUR=12;BYMINUTE=0"),
        (.german, "täglich um 12 Uhr mitternachts", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        (.german, "jeden 3. März", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"),
        (.german, "täglich für den Monat Juni", "FREQ=DAILY;BYMONTH=6"),
        (.german, "täglich im Monat Juni", "FREQ=DAILY;BYMONTH=6"),
        (.german, "täglich um zehn nach neun", "FREQ=DAILY;BYHOUR=9;BYMINUTE=10"),
        (.german, "täglich um 5 vor 9", "FREQ=DAILY;BYHOUR=8;BYMINUTE=55"),
        (.german, "täglich um viertel zehn", "FREQ=DAILY;BYHOUR=9;BYMINUTE=15"),
        (.german, "täglich um dreiviertel zehn", "FREQ=DAILY;BYHOUR=9;BYMINUTE=45"),
        (.german, "täglich um fünf vor halb zehn", "FREQ=DAILY;BYHOUR=9;BYMINUTE=25"),
        (.german, "täglich um viertel nach 9", "FREQ=DAILY;BYHOUR=9;BYMINUTE=15"),
        (.german, "alle halbe Stunde", "FREQ=MINUTELY;INTERVAL=30"),
        (.german, "jeden Freitag, den 13.", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
        (.german, "Mo 9.30", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30"),
        (.german, "täglich bis zum 15.", "FREQ=DAILY;UNTIL=20261215"),
        (.german, "täglich ab übermorgen", "FREQ=DAILY"),
        (.german, "täglich, fünfmal", "FREQ=DAILY;COUNT=5"),
        (.german, "jeden 2. März", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=2"),
        (.german, "ab dem 15. täglich", "FREQ=DAILY"),
        (.german, "jede Nacht um 1", "FREQ=DAILY;BYHOUR=1;BYMINUTE=0"),
        (.german, "jeden Abend um Mitternacht", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        (.german, "täglich während des Monats Juni", "FREQ=DAILY;BYMONTH=6"),
        (.german, "alle 4 Jahre am 29. Februar", "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29"),
        (.german, "jeden Mo", "FREQ=WEEKLY;BYDAY=MO"),
        (.portuguese, "todos os dias às 12 do meio-dia", "FREQ=DAILY;BYHOUR=12;BYMINUTE=0"),
        (
            .portuguese, "todos os dias às 9 e vinte e às 10",
            "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20;BYSETPOS=2,3"
        ),
        (.portuguese, "todos os dias durante o mês de junho", "FREQ=DAILY;BYMONTH=6"),
        (.portuguese, "a primeira segunda do mês", "FREQ=MONTHLY;BYDAY=1MO"),
        (.portuguese, "a última sexta do mês", "FREQ=MONTHLY;BYDAY=-1FR"),
        (
            .portuguese, "a última sexta-feira antes do dia 15",
            "FREQ=MONTHLY;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=FR"
        ),
        (.portuguese, "em dias úteis", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        (.portuguese, "em 3 de março", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"),
        (.portuguese, "todos os dias às nove e quinze", "FREQ=DAILY;BYHOUR=9;BYMINUTE=15"),
        (.portuguese, "todos os dias às quinze para as nove", "FREQ=DAILY;BYHOUR=8;BYMINUTE=45"),
        (.portuguese, "todos os dias às dez para as 9", "FREQ=DAILY;BYHOUR=8;BYMINUTE=50"),
        (.portuguese, "a cada meia hora", "FREQ=MINUTELY;INTERVAL=30"),
        (.portuguese, "de 2 em 2 dias", "FREQ=DAILY;INTERVAL=2"),
        (.portuguese, "dia vinte e cinco", "FREQ=MONTHLY;BYMONTHDAY=25"),
        (.portuguese, "todos os dias às nove e meia", "FREQ=DAILY;BYHOUR=9;BYMINUTE=30"),
        (
            .portuguese, "de segunda a sexta às 9",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0"
        ),
        (.portuguese, "as segundas às 9", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0"),
        (.portuguese, "sexta de madrugada à 1", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=1;BYMINUTE=0"),
        (
            .portuguese, "todo dia às 9 e 10 e às 17",
            "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,10;BYSETPOS=2,3"
        ),
        (.portuguese, "todo dia às nove e vinte e cinco", "FREQ=DAILY;BYHOUR=9;BYMINUTE=25"),
        (.portuguese, "de segunda até sexta", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        (.portuguese, "todo dia até o dia 15", "FREQ=DAILY;UNTIL=20261215"),
        (.portuguese, "todo dia às 10 menos segunda", "FREQ=DAILY;BYDAY=TU,WE,TH,FR,SA,SU"),
        (.portuguese, "todo dia até o 15", "FREQ=DAILY;UNTIL=20261215"),
        (.portuguese, "todo dia até o dia 15 de março", "FREQ=DAILY;UNTIL=20270315"),
        (.portuguese, "toda noite à meia-noite", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0"),
        (.portuguese, "todos os dias no mês de junho", "FREQ=DAILY;BYMONTH=6"),
    ]
}
