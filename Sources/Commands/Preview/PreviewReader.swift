import ArgumentParser
import Recurrence
import RecurrenceCases
import RecurrenceWords
import SystemZones

/// Reads what `perennial preview` is given, with the options that complete it.
struct PreviewReader {
    /// The first date-time on the wall clock or the first day, as it was given.
    let start: String?
    /// The name of the zone; nothing for UTC, or for what the text itself says.
    let zone: String?
    let locale: SpokenLocale
    let options: RecurrenceOptions
    /// The present, from which a phrase without a start is understood.
    let now: Timestamp

    private static let missingRule = ValidationError(
        "A rule and its --start are needed, or a calendar, or words, or --cases."
    )

    /// Returns the set that a file describes.
    ///
    /// - Throws: `CommandFailure` that says what is wrong with the file or its text, or
    ///   `ValidationError` about an option.
    func reading(of file: PreviewFile) throws -> RecurrenceReading {
        let bytes = try file.bytes()
        if start == nil, String(validating: bytes, as: UTF8.self) == nil,
            let lines = PreviewInput.looseLines(of: bytes)
        {
            return try calendar(bytes, showing: lines)
        }
        let input = PreviewInput(try file.text(of: bytes))
        if case .words(let words) = input, words.contains(where: \.isNewline) {
            throw file.refusal("holds neither a calendar, nor a rule, nor one line of words")
        }
        return try reading(of: input)
    }

    /// Returns the set that a text describes.
    ///
    /// - Throws: `CommandFailure` that names the part or the word that is wrong, or `ValidationError`
    ///   about an option.
    func reading(of input: PreviewInput?) throws -> RecurrenceReading {
        switch input {
        case nil: throw PreviewReader.missingRule
        case .words(let words): try reading(ofWords: words)
        case .lines(let lines): try reading(ofLines: lines)
        case .rule(let rule): try reading(ofLines: "RRULE:\(rule)")
        }
    }

    /// Checks the options.
    ///
    /// - Throws: `ValidationError` that names the option.
    func check() throws {
        _ = try readerZone
        _ = try phraseStart
    }

    // MARK: Rules and calendars

    private func reading(ofLines lines: String) throws -> RecurrenceReading {
        guard let start else { return try calendar(Array(lines.utf8), showing: lines) }
        for (name, what) in [("BEGIN", "a calendar"), ("DTSTART", "a line of DTSTART")]
        where PreviewInput.hasLine(of: name, in: lines) {
            throw ValidationError("--start cannot go with \(what), which has a start of its own.")
        }
        let all = try startLine(start) + "\n" + lines
        let reading = try calendar(Array(all.utf8), showing: all)
        guard !reading.set.rules.isEmpty || !reading.set.dates.isEmpty else {
            throw CommandFailure(
                .badData,
                "'\(lines.prefix(200))' has no line of RRULE or RDATE."
            )
        }
        return reading
    }

    /// Returns the set of a calendar, of which messages know the text.
    private func calendar(
        _ bytes: [UInt8],
        showing lines: String
    ) throws -> RecurrenceReading {
        let readerZone = try readerZone
        do throws(RecurrenceSet.ParseError) {
            return RecurrenceReading(
                try CalendarRecurrence(
                    bytes: bytes,
                    zones: SystemZones(),
                    readerZone: readerZone,
                    options: options
                )
            )
        } catch
            where error.part == "DTSTART" && start == nil
            && !PreviewInput.hasLine(of: "BEGIN", in: lines)
            && !PreviewInput.hasLine(of: "DTSTART", in: lines)
        {
            throw ValidationError(
                """
                A rule and its --start are needed, such as --start 2026-11-27T16:00, or a line of \
                DTSTART.
                """
            )
        } catch {
            throw CommandFailure(.badData, "\(error.part): \(error.reason)")
        }
    }

    private var readerZone: Zone? {
        get throws {
            guard let zone else { return nil }
            do throws(UnknownZone) {
                return try SystemZones().zone(writtenAs: zone)
            } catch {
                throw ValidationError(
                    """
                    --zone: there is no zone \(zone); one is named like America/New_York or +02:00.
                    """
                )
            }
        }
    }

    /// The DTSTART line for `--start` and `--zone`.
    private func startLine(_ start: String) throws -> String {
        let value = try compactStart(start)
        if !value.contains("T") { return "DTSTART;VALUE=DATE:\(value)" }
        return isUTC ? "DTSTART:\(value)Z" : "DTSTART;TZID=\"\(zone ?? "")\":\(value)"
    }

    private var isUTC: Bool { zone == nil || zone == Zone.utc.identifier }

    /// The start in the form of calendars, without a zone.
    private func compactStart(_ start: String) throws -> String {
        let local = isUTC && start.hasSuffix("Z") ? start.dropLast() : start[...]
        let form = /\d{4}-?\d\d-?\d\d(T\d\d(:?\d\d){1,2})?/
        var value = local.filter { $0 != "-" && $0 != ":" }
        if value.utf8.count == "20261127T1600".utf8.count { value += "00" }
        guard local.wholeMatch(of: form) != nil, PreviewReader.time(value) != nil else {
            throw ValidationError(
                """
                --start is '\(start)', which is not a local time like 2026-11-27T16:00:00 or a date \
                like 2026-11-27.
                """
            )
        }
        return value
    }

    private static func time(_ compact: String) -> CalendarText? {
        CalendarText(parsing: compact, in: .compact, allowing: [.days, .localTimes])
    }

    // MARK: Words

    private func reading(ofWords words: String) throws -> RecurrenceReading {
        let zone = try readerZone ?? .utc
        let start = try phraseStart
        do throws(SpokenRecurrence.ParseError) {
            return try RecurrenceReading(
                words: words,
                locale: locale,
                start: start,
                zone: zone,
                options: options
            )
        } catch {
            let reason = error.description
            let end = reason.hasSuffix("?") ? "" : "."
            throw CommandFailure(.badData, reason + end + hint(words))
        }
    }

    private var phraseStart: PhraseStart {
        get throws {
            guard let start else { return .now(now) }
            switch PreviewReader.time(try compactStart(start)) {
            case .date(let date): return .day(date)
            case .local(let local, _): return .time(local)
            case .instant, nil: return .now(now)
            }
        }
    }

    /// Tells of a language in which the words are understood.
    private func hint(_ words: String) -> String {
        let other = RecurrenceLanguage.allCases.first { language in
            let now = LocalDateTime(secondsSince1970: now.seconds)
            return language != locale.language
                && (try? SpokenRecurrence(words: words, language: language, now: now)) != nil
        }
        return other.map { " With --locale \($0.rawValue) it is understood." } ?? ""
    }
}
