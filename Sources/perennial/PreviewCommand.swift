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

            With --cases, rules come as JSON lines from standard input, and each is answered with
            one JSON line.
            """
    )

    @Argument(help: "The rule.")
    var rule: String?

    @Option(help: "The first date-time on the wall clock, or a date for an all-day rule.")
    var start: String?

    @Option(help: "The IANA name of the time zone.")
    var zone = "UTC"

    @Option(help: "How many occurrences to print, 1 to 10,000.")
    var count = 10

    @Option(help: "Print those after this instant, such as 2026-11-27T16:00:00Z.")
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
        guard rule != nil, start != nil else {
            throw ValidationError("A rule and its --start are needed, or --cases.")
        }
        guard (1...10_000).contains(count) else {
            throw ValidationError("--count is \(count), which is not between 1 and 10000.")
        }
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
        let set = try recurrenceSet()
        let zone = set.zone ?? .utc
        let bound = try after.map(instant)
        let first = bound.map { set.next(after: $0) } ?? set.occurrences().first { _ in true }
        let occurrences = first.map { first in
            Array(set.occurrences(from: first.recurrenceID).prefix(count))
        }
        let preview = Preview(occurrences: occurrences ?? [], zone: zone, isAllDay: set.isAllDay)
        print(json ? preview.json : preview.lines)
    }

    /// The set that the arguments describe, read as the lines of an iCalendar component.
    private func recurrenceSet() throws -> RecurrenceSet {
        let rule = rule ?? ""
        let digits = (start ?? "").filter { $0 != "-" && $0 != ":" }
        let isDate = !digits.contains("T")
        let parameter = isDate ? ";VALUE=DATE" : zone == "UTC" ? "" : ";TZID=\(zone)"
        let suffix = !isDate && zone == "UTC" && !digits.hasSuffix("Z") ? "Z" : ""
        let rules = rule.contains(":") ? rule : "RRULE:\(rule)"
        let lines = "DTSTART\(parameter):\(digits)\(suffix)\n\(rules)"
        do {
            return try RecurrenceSet(parsing: lines, zones: SystemZones())
        } catch {
            throw ValidationError("\(error.part): \(error.reason)")
        }
    }

    private func instant(_ text: String) throws -> Timestamp {
        guard let date = try? Date(text, strategy: .iso8601) else {
            throw ValidationError(
                "--after is '\(text)', which is not an instant like 2026-11-27T16:00:00Z."
            )
        }
        return Timestamp(microseconds: Int64(date.timeIntervalSince1970 * 1_000_000))
    }
}
