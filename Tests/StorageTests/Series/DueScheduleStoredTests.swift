import Tasks
import TestSupport
import Testing

@testable import Storage

/// The column that holds how a series makes its tasks.
@Suite
struct DueScheduleStoredTests {
    @Test
    func `a schedule is written as an object, without what it does not have`() throws {
        let schedule = DueSchedule(dueAfter: 600, timeZone: "UTC")
        #expect(
            schedule.storedText
                == #"{"dueAfter":600,"timeZone":"UTC","contactIDs":[],"ownerIDs":[]}"#
        )
    }

    @Test(arguments: 1...200)
    func `what was written is read`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let schedule = DueSchedule(
            dueAfter: random.pick([0, 1, 86_400, 3_122_064_000]),
            timeZone: random.pick(["UTC", "America/Argentina/Buenos_Aires"]),
            occurrenceLimit: random.pick([nil, 1, 100_000]),
            contactIDs: random.pick([[], [1], [9_007_199_254_740_991, 3]]).map { Identifier($0) },
            ownerIDs: random.pick([[], [1], [2, 1, 4]]).map { Identifier($0) },
            wording: random.pick([nil, "", "\"\\\u{0}\u{1F}\u{2028}\n", #"{"a":[1,"é"]}"#])
        )
        #expect(DueSchedule(stored: schedule.storedText) == schedule, "seed \(seed)")
    }

    @Test(arguments: [
        "", "null", "[]", "{}", #"{"dueAfter":1}"#, #"{"timeZone":"UTC"}"#,
        #"{"dueAfter":"1","timeZone":"UTC"}"#, #"{"dueAfter":1,"timeZone":"UTC""#,
        #"{"dueAfter":-1,"timeZone":"UTC"}"#, #"{"dueAfter":1,"timeZone":""}"#,
        #"{"dueAfter":1,"timeZone":"UTC","contactIDs":[0]}"#,
        #"{"dueAfter":1,"timeZone":"UTC","occurrenceLimit":-1}"#,
    ])
    func `what another wrote is refused`(text: String) {
        #expect(DueSchedule(stored: text) == nil)
    }
}
