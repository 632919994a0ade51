/// A piece of code that has a better replacement, and so is banned.
struct BannedWord {
    let text: String
    let replacement: String
    /// The targets in which it is allowed.
    var allowedIn: Set<String> = []

    static let inCode =
        [
            BannedWord(text: "Date()", replacement: "a Timestamp from an injected clock"),
            BannedWord(text: "try!", replacement: "try, in a function that throws"),
            BannedWord(text: "fatalError(", replacement: "precondition, with the reason"),
            BannedWord(text: "@unchecked Sendable", replacement: "a value, a Mutex or an actor"),
            BannedWord(text: "nonisolated(unsafe)", replacement: "a value, a Mutex or an actor"),
            BannedWord(text: "DispatchQueue.main", replacement: "structured concurrency"),
            BannedWord(
                text: "print(",
                replacement: "a logger",
                allowedIn: ["Commands", "perennial-testbed"]
            ),
            // RecurrenceTests check limits of processor time, which is not the time of day.
            BannedWord(
                text: "clock_gettime",
                replacement: "an argument or an injected clock",
                allowedIn: ["RecurrenceTests", "RecurrenceWordsTests"]
            ),
        ] + unstructuredTasks + clocks

    static let inCodeAndComments = ["TODO", "FIXME"].map {
        BannedWord(text: $0, replacement: "the thing done, or nothing")
    }

    private static let unstructuredTasks = [
        "Task {", "Task(", "Task<", "Task.detached", "Task.immediate",
    ].map { BannedWord(text: $0, replacement: "a task group, or async let") }

    // Only `Commands` reads a clock, and the tests that wait for a process from outside.
    private static let clocks = [
        "ContinuousClock()", "ContinuousClock.now", ".continuous",
        "SuspendingClock()", "SuspendingClock.now", ".suspending",
        "Date.now", "timeIntervalSinceNow", "DispatchTime.now", "DispatchWallTime.now",
        "NIODeadline.now", "Task.sleep", "gettimeofday",
    ].map {
        BannedWord(
            text: $0,
            replacement: "an argument or an injected clock",
            allowedIn: ["Commands", "SystemTests"]
        )
    }

    /// Returns the places where a file has a banned word.
    static func findings(in file: SourceFile) -> [Finding] {
        findings(of: inCode, in: file.text.code, of: file)
            + findings(of: inCodeAndComments, in: file.text.withoutLiterals, of: file)
    }

    private static func findings(
        of words: [BannedWord],
        in text: String,
        of file: SourceFile
    ) -> [Finding] {
        let words = words.filter { word in
            !word.allowedIn.contains(file.target) && text.contains(word.text)
        }
        guard !words.isEmpty else { return [] }
        return text.lines.enumerated().flatMap { index, line in
            words.filter { $0.occurs(in: line) }.map { word in
                let message = "instead of \(word.text): \(word.replacement)"
                return Finding(path: file.path, line: index + 1, message: message)
            }
        }
    }

    /// Whether a line has the text other than as a part of a longer name.
    private func occurs(in line: Substring) -> Bool {
        line.ranges(of: text).contains { range in
            let before = line[..<range.lowerBound].last
            let after = line[range.upperBound...].first
            return !(isNamePart(before) && isNamePart(text.first))
                && !(isNamePart(text.last) && isNamePart(after))
        }
    }

    private func isNamePart(_ character: Character?) -> Bool {
        character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
    }
}
