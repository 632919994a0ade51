import Foundation
import Recurrence
import TestSupport
import Testing

struct TZifTests {
    private static let names = ["America/New_York", "Africa/Casablanca", "Pacific/Apia", "UTC"]

    @Test(arguments: names) func `mutated bytes are refused or read, but never a crash`(
        name: String
    ) throws {
        let bytes = Array(
            try #require(FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)"))
        )
        var generator = SplitMix64(seed: 9636)
        for _ in 0..<300 {
            var mutated = bytes
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let index = Int.random(in: 0..<mutated.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: mutated[index] = UInt8.random(in: 0...255, using: &generator)
                case 1: mutated[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                case 2: mutated.removeSubrange(index...)
                default: mutated.insert(0xFF, at: index)
                }
                if mutated.isEmpty { mutated = bytes }
            }
            guard let zone = try? Zone(identifier: name, tzif: mutated) else { continue }
            for seconds: Int64 in [-1 << 40, -1 << 31, 0, 1_700_000_000, 1 << 38] {
                let timestamp = Timestamp(seconds: seconds)
                _ = zone.timestamp(of: zone.localDateTime(at: timestamp))
            }
        }
    }

    @Test(arguments: ["", "TZif", "TZif2" + String(repeating: "\0", count: 39)])
    func `bytes that are no TZif file are refused`(text: String) {
        #expect(throws: TZifError.self) { try Zone(identifier: "X", tzif: Array(text.utf8)) }
    }

    @Test(
        arguments: [
            // Gaps of 5.5 hours and of some 2.5, within 16 seconds.
            (19_800, 16, 28_892), (3600, 7199, 0), (3600, 5399, 5400), (-3600, 7199, -7200),
        ] as [(Int32, Int32, Int32)]
    )
    func `clocks that change again amid a change are refused`(
        first: Int32,
        distance: Int32,
        second: Int32
    ) throws {
        let error = #expect(throws: TZifError.self) {
            try Zone(initialOffset: 0, changes: [0: first, distance: second])
        }
        #expect(error?.reason == "its clocks change again too soon")
    }
}
