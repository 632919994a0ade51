import ArgumentParser
import Recurrence
import RecurrenceCases
import SystemZones

struct PreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Print the next occurrences of a rule, of a calendar, or of words.",
        discussion: """
            The rule is one of RFC 5545, and is counted from --start:

              perennial preview 'FREQ=MONTHLY;BYDAY=-1FR' --start 2026-11-27T16:00 \\
                --zone America/New_York --count 3

            Words are understood in five languages. Without --start they are counted from now:

              perennial preview 'every other Friday at 4 until March'
              perennial preview --locale de 'jeden letzten Freitag im Monat um 16 Uhr'

            Lines of a calendar, or a calendar with one VEVENT, VTODO or VJOURNAL, have a start of \
            their own. They can be read from a file too, as can a rule or words:

              perennial preview DTSTART:20261127T160000Z RRULE:FREQ=DAILY
              perennial preview --file meeting.ics
              perennial preview --file - < meeting.ics

            The rule is printed, its words, and the occurrences. What is unusual about a calendar \
            is read where its meaning is clear, and told on standard error, or in the JSON.

            The server reads with --policy dedupe --include-start. Without them a time that the \
            clocks skip in spring can come twice, where the server makes one task:

              perennial preview FREQ=HOURLY --start 2026-03-29T01:30 --zone Europe/Berlin
              perennial preview FREQ=HOURLY --start 2026-03-29T01:30 --zone Europe/Berlin \\
                --policy dedupe --include-start

            With --cases, the command reads JSON lines from standard input, and answers each with \
            one JSON line:

              {"id": 1, "dtstart": "20261127T160000", "rrule": ["FREQ=DAILY"]}
              {"id": 2, "dtstart": "20261127", "words": "every Friday at 4"}
              {"id": 3, "ical": "DTSTART:20261127T160000Z\\nRRULE:FREQ=DAILY"}
            """
    )

    @Argument(
        help: ArgumentHelp("The rule, the lines of a calendar, or words.", valueName: "rule")
    )
    var texts: [String] = []

    @Option(help: ArgumentHelp("Read what is previewed from a file; - is standard input."))
    var file: String?

    @Option(
        help: ArgumentHelp(
            """
            The first date-time on the wall clock, with or without seconds, or a date for an \
            all-day rule. What words say of it goes before.
            """,
            valueName: "local time"
        )
    )
    var start: String?

    // An offset may begin with a minus sign.
    @Option(
        parsing: .unconditional,
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
        help: ArgumentHelp(
            """
            The language of words: \(SpokenLocale.choices). With a region, such as en-GB or en_US, \
            it tells which number of 3/4/2027 is the month. (default: en)
            """,
            valueName: "locale"
        )
    )
    var locale: String?

    @Option(
        help: ArgumentHelp(
            """
            What becomes of times that the clocks skip: wall keeps each, as RFC 5545 has it; dedupe \
            keeps the first of those that fall together; elapsed lets steps of hours, minutes and \
            seconds last as long as ever. (default: wall)
            """,
            valueName: "policy"
        )
    )
    var policy: PreviewPolicy?

    @Flag(help: "Let the start be the first occurrence even if the rule does not yield it.")
    var includeStart = false

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
            guard texts.isEmpty, file == nil else {
                throw ValidationError("--cases takes no rule.")
            }
            for (option, isGiven) in [
                ("--locale", locale != nil), ("--policy", policy != nil),
                ("--include-start", includeStart),
            ] where isGiven {
                throw ValidationError("--cases takes no \(option); each case has its own.")
            }
            return
        }
        guard texts.isEmpty || file == nil else {
            throw ValidationError("A rule and --file cannot go together.")
        }
        guard (1...10_000).contains(count) else {
            throw ValidationError("--count is \(count), which is not between 1 and 10000.")
        }
        _ = try bound
        try reader.check()
    }

    func run() async throws {
        if cases { return answerCases() }
        try await withFailuresTold {
            let reading =
                if let file {
                    try reader.reading(of: PreviewFile(path: file))
                } else {
                    try reader.reading(of: PreviewInput(arguments: texts))
                }
            try printOccurrences(reading)
        }
    }

    private func answerCases() {
        let runner = CaseRunner(zones: SystemZones())
        while let line = readLine() {
            if !line.isEmpty { print(runner.answer(line: line)) }
        }
    }

    private func printOccurrences(_ reading: RecurrenceReading) throws {
        let set = reading.set
        let first = try bound.map { set.next(after: $0) } ?? set.occurrences().first { _ in true }
        let occurrences = first.map { first in
            Array(set.occurrences(from: first.recurrenceID).prefix(count))
        }
        let preview = Preview(
            reading: reading,
            language: try spokenLocale.language,
            occurrences: occurrences ?? []
        )
        if json {
            print(preview.json)
            return
        }
        for remark in reading.remarks {
            writeToStandardError("Note on \(remark.part): \(remark.reason).\n")
        }
        if !preview.lines.isEmpty { print(preview.lines) }
        if preview.occurrences.isEmpty { writeToStandardError("There are no occurrences.\n") }
    }

    // MARK: Options

    private var bound: Timestamp? {
        get throws { try after.map { try Timestamp(argument: $0, of: "--after") } }
    }

    private var spokenLocale: SpokenLocale {
        get throws {
            guard let locale else { return .english }
            guard let spoken = SpokenLocale(locale) else {
                throw ValidationError(
                    """
                    --locale is '\(locale)', whose language is none of \(SpokenLocale.choices).
                    """
                )
            }
            return spoken
        }
    }

    private var reader: PreviewReader {
        get throws {
            PreviewReader(
                start: start,
                zone: zone,
                locale: try spokenLocale,
                options: RecurrenceOptions(
                    policy: policy?.policy ?? .wall,
                    start: includeStart ? .include : .omit
                ),
                now: WallClock().now
            )
        }
    }
}

/// The policies by the names that `--policy` has for them.
enum PreviewPolicy: String, CaseIterable, ExpressibleByArgument {
    case wall, dedupe, elapsed

    var policy: RecurrenceOptions.Policy {
        switch self {
        case .wall: .wall
        case .dedupe: .dedupe
        case .elapsed: .elapsed
        }
    }
}
