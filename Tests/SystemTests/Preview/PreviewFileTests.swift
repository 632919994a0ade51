import Foundation
import Testing

/// Files, and calendars.
struct PreviewFileTests {
    private static let calendar = """
        BEGIN:VCALENDAR\r
        BEGIN:VEVENT\r
        DTSTART;VALUE=DATE:20260814\r
        RRULE:FREQ=WEEKLY;BYDAY=TU,FR;UNTIL=20260817T220000Z;\r
        END:VEVENT\r
        END:VCALENDAR\r

        """

    private static let notes = """
        Note on RRULE: it has an empty part, which is left out.
        Note on UNTIL: it is an instant; the last day is 2026-08-18, where it lies in Europe/Berlin.

        """

    @Test
    func `a calendar is read with notes on what is unusual about it`() async throws {
        let words = ["preview", "--zone", "Europe/Berlin"]
        let output = """
            Rule:    FREQ=WEEKLY;UNTIL=20260818;BYDAY=TU,FR
            Words:   every Tuesday and Friday until 18 August 2026

            2026-08-14  Fri
            2026-08-18  Tue

            """
        let calendar = PreviewFileTests.calendar
        let deployment = try Deployment()
        let file = try deployment.file(holding: "\u{FEFF}" + calendar)
        for (more, input) in [
            (["--file", "-"], calendar), (["--file", file], ""), ([calendar], ""),
        ] {
            let ending = try await deployment.run(words + more, input: input)
            #expect(ending.output == output)
            #expect(ending.errors == PreviewFileTests.notes)
        }
        let ending = try await Deployment().run(words + ["--json", calendar])
        #expect(ending.output.contains(#""remarks":[{"part":"RRULE","reason":"it has an"#))
        #expect(ending.errors.isEmpty)
    }

    @Test(arguments: [
        ("every Monday at 9\n", ["--start", "2026-11-30"], "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=WEEKLY\n", ["--start", "2026-11-30"], "FREQ=WEEKLY"),
        ("\n RRULE:FREQ=WEEKLY\n", ["--start", "2026-11-30"], "FREQ=WEEKLY"),
        ("DTSTART:20261130T090000Z\nRRULE:FREQ=WEEKLY\n", [], "FREQ=WEEKLY"),
    ])
    func `a file may hold what an argument may be`(
        text: String,
        options: [String],
        rule: String
    ) async throws {
        let deployment = try Deployment()
        let file = try deployment.file(holding: text)
        for (path, input) in [(file, ""), ("-", text)] {
            let ending = try await deployment.run(
                ["preview", "--file", path] + options,
                input: input
            )
            #expect(ending.errors.isEmpty)
            #expect(ending.output.hasPrefix("Rule:    \(rule)\n"))
        }
    }

    @Test(arguments: [
        ("", "A rule and its --start"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", "VCALENDAR: it has no VEVENT"),
        (
            "BEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n"
                + "BEGIN:VTODO\nDTSTART:20260101\nEND:VTODO\n",
            "VCALENDAR: it has 3 components, but one is wanted: 2 VEVENT, 1 VTODO"
        ),
        ("BEGIN:VEVENT\nRRULE:FREQ=DAILY\nEND:VEVENT", "DTSTART: it is missing"),
        ("BEGIN:VEVENT\nDTSTART:20260101", "VEVENT: it does not end"),
        (
            "BEGIN:VEVENT\nDTSTART:20260101\nRRULE:FREQ=DAILY;BYMONTH=13\nEND:VEVENT",
            "BYMONTH: 13 is not between 1 and 12"
        ),
        ("<!DOCTYPE html>\n<html lang=\"en\">\n", "which holds neither a calendar, nor a rule"),
        ("X-A:B\n", "A rule and its --start are needed"),
        ("every blursday", #""blursday" at 6 is not a word"#),
    ])
    func `a file that holds nothing to preview is refused`(
        text: String,
        reason: String
    ) async throws {
        let deployment = try Deployment()
        let file = try deployment.file(holding: text)
        for (path, input) in [(file, ""), ("-", text)] {
            let ending = try await deployment.run(["preview", "--file", path], input: input)
            #expect(ending.status == (reason.hasPrefix("A rule") ? 64 : 65))
            #expect(ending.errors.contains(reason))
            #expect(ending.output.isEmpty)
        }
    }

    @Test
    func `a file that cannot be read is refused with the reason`() async throws {
        let deployment = try Deployment()
        let latin1 = try deployment.file(
            holding: Array("every day\nat the caf".utf8) + [0xE9, 10]
        )
        let longest = Array(repeating: UInt8(ascii: "a"), count: 16 << 20)
        let files = [
            ("no-such-file.ics", "is 'no-such-file.ics', which does not exist."),
            (deployment.folder.path, "which is a folder."),
            (latin1, "which is not UTF-8 on line 2."),
            (try deployment.file(holding: longest + [10]), "which has more than 16 MiB."),
        ]
        for (file, reason) in files {
            let ending = try await deployment.run(["preview", "--file", file])
            #expect(ending.status == 65)
            #expect(ending.errors.contains("--file is "))
            #expect(ending.errors.contains(reason))
            #expect(ending.output.isEmpty)
        }
    }

    @Test
    func `a calendar whose title is not UTF-8 is read`() async throws {
        let deployment = try Deployment()
        let file = try deployment.file(
            holding: Array("BEGIN:VEVENT\nSUMMARY:caf".utf8) + [0xE9, 10]
                + Array("DTSTART;VALUE=DATE:20260814\nRRULE:FREQ=DAILY\nEND:VEVENT\n".utf8)
        )
        let ending = try await deployment.run(["preview", "--file", file])
        #expect(ending.status == 0)
        #expect(ending.output.contains("\n2026-08-14  Fri\n"))
    }

    @Test
    func `a calendar with a long attachment is read`() async throws {
        let deployment = try Deployment()
        let attachment = String(repeating: " AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n", count: 100_000)
        let calendar = PreviewFileTests.calendar.replacing(
            "END:VEVENT",
            with: "ATTACH;ENCODING=BASE64:AAAA\r\n\(attachment)END:VEVENT"
        )
        let file = try deployment.file(holding: calendar)
        let ending = try await deployment.run(["preview", "--file", file])
        #expect(ending.status == 0)
        #expect(ending.output.contains("\n2026-08-14  Fri\n"))
    }
}
