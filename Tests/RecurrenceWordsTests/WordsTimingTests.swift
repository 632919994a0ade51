import Foundation
import Recurrence
import RecurrenceWords
import Testing

/// How long a phrase takes to understand; measured only by `scripts/check-words`, which sets
/// `PERENNIAL_WORDS_COUNT`, in a release build.
struct WordsTimingTests {
    private static let isMeasured =
        ProcessInfo.processInfo.environment["PERENNIAL_WORDS_COUNT"] != nil
    private static let roundCount = 200

    @Test(.enabled(if: isMeasured), .serialized, arguments: RecurrenceLanguage.allCases)
    func `a phrase is understood within 20 microseconds`(language: RecurrenceLanguage) throws {
        var times: [(microseconds: Double, phrase: String)] = []
        for (phrase, _) in PhraseTables.phrases(language) {
            times.append((try WordsTimingTests.microseconds(phrase, language), phrase))
        }
        times.sort { $0.microseconds < $1.microseconds }
        let last = try #require(times.last)
        let median = times[times.count / 2].microseconds
        let text =
            "\(language): \(times.count) phrases, median \(median.formatted()) µs, "
            + "longest \(last.microseconds.formatted()) µs: \(last.phrase)\n"
        try FileHandle.standardError.write(contentsOf: Data(text.utf8))
        #expect(last.microseconds <= 20, "\(last.phrase)")
    }

    /// The thread's processor time for one phrase: the least of five means.
    private static func microseconds(
        _ phrase: String,
        _ language: RecurrenceLanguage
    ) throws -> Double {
        var least = Double.infinity
        for _ in 0..<5 {
            let begin = processorMicroseconds
            for _ in 0..<roundCount {
                _ = try SpokenRecurrence(words: phrase, language: language, now: WordsTests.start)
            }
            least = min(least, (processorMicroseconds - begin) / Double(roundCount))
        }
        return least
    }

    private static var processorMicroseconds: Double {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }
}
