import RecurrenceCases
import SystemZones
import Testing

/// Cases that have the text of a calendar.
struct CalendarCaseTests {
    @Test(
        arguments: [
            (
                #"{"id": 1, "tzid": "Europe/Berlin", "ical": "DTSTART;VALUE=DATE:20260814\n"#
                    + #"RRULE:FREQ=WEEKLY;BYDAY=TU,FR;UNTIL=20260817T220000Z"}"#,
                #"{"id":1,"occurrences":["20260814","20260818"],"#
                    + #""rule":"FREQ=WEEKLY;UNTIL=20260818;BYDAY=TU,FR","#
                    + #""words":"every Tuesday and Friday until 18 August 2026","#
                    + #""remarks":[{"part":"UNTIL","#
                    + #""reason":"it is an instant; the last day is 2026-08-18, where it lies in "#
                    + #"Europe/Berlin"}]}"#
            ),
            (
                #"{"id": 2, "tzid": "+02:00", "ical": "DTSTART:20260101T100000\r\n"#
                    + #"RRULE:FREQ=DAILY;COUNT=2\r\nRRULE:FREQ=YEARLY;COUNT=1"}"#,
                #"{"id":2,"occurrences":["20260101T100000","20260102T100000"],"#
                    + #""rule":"FREQ=DAILY;COUNT=2\nFREQ=YEARLY;COUNT=1","words":null,"remarks":[]}"#
            ),
            (
                #"{"id": 3, "op": "count", "ical": "DTSTART:20260101T100000Z"}"#,
                #"{"id":3,"value":1,"rule":"","words":null,"remarks":[]}"#
            ),
            (
                #"{"id": 8, "locale": "fr", "ical": "BEGIN:VCALENDAR\nBEGIN:VTODO\n"#
                    + #"DTSTART:20260101T100000\nRRULE:FREQ=WEEKLY;COUNT=1\nEND:VTODO\n"#
                    + #"END:VCALENDAR"}"#,
                #"{"id":8,"occurrences":["20260101T100000"],"rule":"FREQ=WEEKLY;COUNT=1","#
                    + #""words":"tous les jeudis à 10:00, une fois","remarks":[]}"#
            ),
            (
                #"{"id": 9, "ical": "DTSTART:20260101T100000\nRRULE:FREQ=DAILY;COUNT=2\n"#
                    + #"EXDATE:20260101T100000"}"#,
                #"{"id":9,"occurrences":["20260102T100000"],"rule":"FREQ=DAILY;COUNT=2","#
                    + #""words":null,"remarks":[]}"#
            ),
            (
                #"{"id": 10, "ical": "BEGIN:VEVENT\nDTSTART:20260101T100000\nEND:VEVENT\n"#
                    + #"BEGIN:VEVENT\nDTSTART:20260101T100000\nEND:VEVENT"}"#,
                #"{"id":10,"error":{"part":"VCALENDAR","reason":"it has 2 components, but one is "#
                    + #"wanted: 2 VEVENT"}}"#
            ),
            (
                #"{"id": 4, "ical": "BEGIN:VCALENDAR\nEND:VCALENDAR"}"#,
                #"{"id":4,"error":{"part":"VCALENDAR","reason":"it has no VEVENT, VTODO or VJOURNAL"}}"#
            ),
            (
                #"{"id": 5, "rrule": ["FREQ=DAILY"], "ical": "DTSTART:20260101T100000Z"}"#,
                #"{"id":5,"error":{"part":"rrule","reason":"it cannot go with ical"}}"#
            ),
            (
                #"{"id": 6, "tzid": "Mars", "ical": "DTSTART:20260101T100000Z"}"#,
                #"{"id":6,"error":{"part":"tzid","reason":"there is no zone Mars"}}"#
            ),
            (
                #"{"id": 7, "dtstart": "20260814", "tzid": "Europe/Berlin", "#
                    + #""rrule": ["FREQ=WEEKLY;BYDAY=TU,FR;UNTIL=20260817T220000Z"]}"#,
                #"{"id":7,"occurrences":["20260814","20260818"]}"#
            ),
        ]
    )
    func `the text of a calendar is answered with its rule and remarks`(
        line: String,
        answer: String
    ) {
        #expect(CaseRunner(zones: SystemZones()).answer(line: line) == answer)
    }
}
