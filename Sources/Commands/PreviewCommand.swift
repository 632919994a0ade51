import ArgumentParser
import Foundation
import JSON
import Recurrence
import RecurrenceCases
import SystemZones

struct PreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Print the next occurrences of a recurrence rule.",
        discussion: """
            RULE is an RFC 5545 rule, or lines of RRULE, RDATE, EXDATE and EXRULE:

              perennial preview 'FREQ=MONTHLY;BYDAY=-1FR' --start 2026-11-27T16:00:00 \\
                --zone America/New_York --count 3

            Lines with a DTSTART, or a calendar with one VEVENT, VTODO or VJOURNAL, need no \
            --start. They can be read from a file too:

              perennial preview --file meeting.ics

            What is unusual about them is read where its meaning is clear, and told on standard \
            error.

            With --cases, the command reads rules as JSON lines from standard input, and answers \
            each with one JSON line.
            """
    )

    @Argument(help: "The rule, or the lines of a calendar.")
    var rule: String?

    @Option(help: ArgumentHelp("Read the rule or the calendar from a file; - is standard input."))
    var file: String?

    @Option(
        help: ArgumentHelp(
            """
            The first date-time on the wall clock, with or without seconds, or a date for an \
            all-day rule.
            """,
            valueName: "local time"
        )
    )
    var start: String?

    @Option(
        help: ArgumentHelp(
            """
            The time zone: an IANA name, a name of Windows', or an offset such as +02:00. Of lines \
            with a start of their own, the zone of the reader. (default: UTC)
            """,
            valueName: "name"
        )
    )
    var zone: String?

    @Option(
        help: ArgumentHelp("How many occurrences to print, 1 to 10,000.", valueName: "number")
    )
    var count = 10

    @Option(
        help: ArgumentHelp(
            "Print only occurrences after this instant, such as 2026-11-27T16:00:00Z.",
            valueName: "time"
        )
    )
    var after: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    @Flag(help: "Read cases as JSON lines from standard input.")
    var cases = false

    func validate() throws {
        if cases {
            guard rule == nil, file == nil else {
                throw ValidationError("--cases takes no rule.")
            }
            return
        }
        guard rule == nil || file == nil else {
            throw ValidationError("A rule and --file cannot go together.")
        }
        guard (1...10_000).contains(count) else {
            throw ValidationError("--count is \(count), which is not between 1 and 10000.")
        }
        // Standard input can be read only once, so that a file is read when the command runs.
        if let rule { _ = try reading(of: rule) }
        if rule == nil, file == nil { throw PreviewCommand.missingRule }
        _ = try bound
    }

    func run() throws {
        if cases {
            answerCases()
        } else {
            try printOccurrences(reading(of: rule ?? contents(ofFile: file ?? "-")))
        }
    }

    private static let missingRule = ValidationError(
        "A rule and its --start are needed, or a calendar, or --cases."
    )

    private func answerCases() {
        let runner = CaseRunner(zones: SystemZones())
        while let line = readLine() {
            if !line.isEmpty { print(runner.answer(line: line)) }
        }
    }

    private func printOccurrences(_ reading: CalendarRecurrence) throws {
        let set = reading.set
        let first = try bound.map { set.next(after: $0) } ?? set.occurrences().first { _ in true }
        let occurrences = first.map { first in
            Array(set.occurrences(from: first.recurrenceID).prefix(count))
        }
        let preview = Preview(
            occurrences: occurrences ?? [],
            zone: set.zone,
            isAllDay: set.isAllDay,
            remarks: reading.remarks
        )
        for remark in reading.remarks where !json {
            writeToStandardError("Note on \(remark.part): \(remark.reason).\n")
        }
        if json {
            print(preview.json)
        } else if preview.occurrences.isEmpty {
            writeToStandardError("There are no occurrences.\n")
        } else {
            print(preview.lines)
        }
    }

    private var bound: Timestamp? {
        get throws { try after.map { try Timestamp(argument: $0, of: "--after") } }
    }

    // MARK: Reading

    private func contents(ofFile path: String) throws -> String {
        let handle = path == "-" ? .standardInput : FileHandle(forReadingAtPath: path)
        let unreadable = ValidationError("--file is '\(path)', which cannot be read.")
        guard let handle else { throw unreadable }
        do {
            // One byte more than a calendar may have, so that a longer one is refused as too long.
            let data = try handle.read(upToCount: (1 << 20) + 1)
            return String(decoding: data ?? Data(), as: UTF8.self)
        } catch {
            throw unreadable
        }
    }

    /// The set that a rule, lines or a calendar describe, with `--start` and `--zone`.
    private func reading(of text: String) throws -> CalendarRecurrence {
        let text = text.trimmingCharacters(in: .newlines)
        let lines = text.contains(":") ? text : "RRULE:\(text)"
        guard !text.isEmpty, start != nil || text.contains(":") else {
            throw PreviewCommand.missingRule
        }
        guard let start else { return try reading(ofLines: lines) }
        guard !lines.uppercased().contains("BEGIN:") else {
            throw ValidationError(
                "--start cannot go with a calendar, which has a start of its own."
            )
        }
        let reading = try reading(ofLines: startLine(start) + "\n" + lines)
        guard !reading.set.rules.isEmpty || !reading.set.dates.isEmpty else {
            throw ValidationError("'\(text)' has no line of RRULE or RDATE.")
        }
        return reading
    }

    private func reading(ofLines lines: String) throws -> CalendarRecurrence {
        let readerZone = try readerZone
        do throws(RecurrenceSet.ParseError) {
            return try CalendarRecurrence(
                parsing: lines,
                zones: SystemZones(),
                readerZone: readerZone
            )
        } catch {
            throw ValidationError("\(error.part): \(error.reason)")
        }
    }

    private var readerZone: Zone? {
        get throws {
            guard let zone else { return nil }
            do throws(UnknownZone) {
                return try SystemZones().zone(writtenAs: zone)
            } catch {
                throw ValidationError("--zone: there is no zone \(zone)")
            }
        }
    }

    /// The DTSTART line for `--start` and `--zone`.
    private func startLine(_ start: String) throws -> String {
        let zone = zone ?? Zone.utc.identifier
        let isUTC = zone == Zone.utc.identifier
        let local = isUTC && start.hasSuffix("Z") ? start.dropLast() : start[...]
        guard local.wholeMatch(of: /\d{4}-?\d\d-?\d\d(T\d\d(:?\d\d){1,2})?/) != nil else {
            throw ValidationError(
                """
                --start is '\(start)', which is not a local time like 2026-11-27T16:00:00 or a date \
                like 2026-11-27.
                """
            )
        }
        var value = local.filter { $0 != "-" && $0 != ":" }
        if !value.contains("T") { return "DTSTART;VALUE=DATE:\(value)" }
        if value.utf8.count == "20261127T1600".utf8.count { value += "00" }
        return isUTC ? "DTSTART:\(value)Z" : "DTSTART;TZID=\"\(zone)\":\(value)"
    }
}
