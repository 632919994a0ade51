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

            With --cases, the command reads rules as JSON lines from standard input, and answers \
            each with one JSON line.
            """
    )

    @Argument(help: "The rule.")
    var rule: String?

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

    @Option(help: ArgumentHelp("The IANA name of the time zone.", valueName: "name"))
    var zone = "UTC"

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
            guard rule == nil else { throw ValidationError("--cases takes no rule.") }
            return
        }
        guard (1...10_000).contains(count) else {
            throw ValidationError("--count is \(count), which is not between 1 and 10000.")
        }
        _ = try (recurrenceSet, bound)
    }

    func run() throws {
        if cases {
            answerCases()
        } else {
            try printOccurrences()
        }
    }

    private func answerCases() {
        let runner = CaseRunner(zones: SystemZones())
        while let line = readLine() {
            if !line.isEmpty { print(runner.answer(line: line)) }
        }
    }

    private func printOccurrences() throws {
        let set = try recurrenceSet
        let first = try bound.map { set.next(after: $0) } ?? set.occurrences().first { _ in true }
        let occurrences = first.map { first in
            Array(set.occurrences(from: first.recurrenceID).prefix(count))
        }
        let preview = Preview(
            occurrences: occurrences ?? [],
            zone: set.zone ?? .utc,
            isAllDay: set.isAllDay
        )
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

    /// The set that the arguments describe, read as the lines of an iCalendar component.
    private var recurrenceSet: RecurrenceSet {
        get throws {
            guard let rule, !rule.isEmpty, let start else {
                throw ValidationError("A rule and its --start are needed, or --cases.")
            }
            let lines = try "\(startLine(start))\n" + (rule.contains(":") ? rule : "RRULE:\(rule)")
            let set: RecurrenceSet
            do {
                set = try RecurrenceSet(parsing: lines, zones: SystemZones())
            } catch {
                throw ValidationError("\(error.part): \(error.reason)")
            }
            guard !set.rules.isEmpty || !set.dates.isEmpty else {
                throw ValidationError("'\(rule)' has no line of RRULE or RDATE.")
            }
            return set
        }
    }

    /// The DTSTART line for `--start` and `--zone`.
    private func startLine(_ start: String) throws -> String {
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
        return isUTC ? "DTSTART:\(value)Z" : "DTSTART;TZID=\(zone):\(value)"
    }
}
