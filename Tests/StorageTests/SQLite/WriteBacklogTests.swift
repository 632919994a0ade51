import Tasks
import TestSupport
import Testing

@testable import Storage

/// Which write comes next, and which is refused.
struct WriteBacklogTests {
    private static let acme = LocationID("ve9EPM428h8vShlRW1KT")
    private static let other = LocationID("C2QujeCh8ZnC7al2InWR")
    private static let third = LocationID("Zq3TnB7cWx5LkD9vRy1M")

    /// Takes out all writes, each of which costs as much as is said.
    private func drain(
        _ backlog: inout WriteBacklog<(name: String, location: LocationID?)>,
        costing cost: (LocationID?) -> Duration = { _ in .zero }
    ) -> [String] {
        var order: [String] = []
        while let write = backlog.next() {
            order.append(write.name)
            backlog.charge(cost(write.location), to: write.location)
        }
        return order
    }

    private func backlog(
        _ writes: [(name: String, location: LocationID?)]
    ) -> WriteBacklog<(name: String, location: LocationID?)> {
        var backlog = WriteBacklog<(name: String, location: LocationID?)>(limit: 1000)
        for write in writes { _ = backlog.admit(write, for: write.location) }
        return backlog
    }

    /// How many of some writes are taken in.
    private func admit(
        _ writes: ClosedRange<Int>,
        for location: LocationID?,
        to backlog: inout WriteBacklog<Int>
    ) -> Int {
        var count = 0
        for write in writes where backlog.admit(write, for: location) { count += 1 }
        return count
    }

    @Test func `locations take turns, whoever waits with more`() {
        var backlog = backlog(
            [("a1", Self.acme), ("a2", Self.acme), ("a3", Self.acme), ("b1", Self.other)]
                + [("b2", Self.other), ("c1", Self.third)]
        )
        #expect(backlog.waitingCount == 6)
        #expect(drain(&backlog) == ["a1", "b1", "c1", "a2", "b2", "a3"])
        #expect(backlog.waitingCount == 0)
    }

    @Test func `a location whose write took long goes last until the others have had as much`() {
        let short = (1...20).map { (name: "b\($0)", location: Optional(Self.other)) }
        var backlog = backlog([("a1", Self.acme), ("a2", Self.acme), ("a3", Self.acme)] + short)
        let order = drain(&backlog) { $0 == Self.acme ? .milliseconds(10) : .milliseconds(1) }
        #expect(
            order == ["a1"] + (1...10).map { "b\($0)" } + ["a2"] + (11...20).map { "b\($0)" }
                + ["a3"]
        )
    }

    @Test func `a location is not made to wait for what it did while nobody else waited`() {
        var backlog = backlog((1...10).map { ("a\($0)", Self.acme) })
        #expect(drain(&backlog) { _ in .seconds(1) }.count == 10)
        for number in 1...3 {
            _ = backlog.admit(("b\(number)", Self.other), for: Self.other)
            _ = backlog.admit(("a\(number)", Self.acme), for: Self.acme)
        }
        // It is behind by its last write alone.
        let order = drain(&backlog) { $0 == Self.acme ? .zero : .milliseconds(600) }
        #expect(order == ["b1", "b2", "a1", "a2", "a3", "b3"])
    }

    @Test func `the server's own writes come first, and are never refused`() {
        var backlog = WriteBacklog<Int>(limit: 2)
        #expect(admit(1...1, for: Self.acme, to: &backlog) == 1)
        #expect(admit(2...2, for: Self.other, to: &backlog) == 1)
        #expect(admit(3...5, for: nil, to: &backlog) == 3)
        #expect(admit(6...6, for: Self.acme, to: &backlog) == 0)
        var order: [Int] = []
        while let write = backlog.next() { order.append(write) }
        #expect(order == [3, 4, 5, 1, 2])
    }

    @Test func `a location has half of the places that others leave`() {
        var backlog = WriteBacklog<Int>(limit: 8)
        #expect(admit(1...6, for: Self.acme, to: &backlog) == 4)
        #expect(admit(1...6, for: Self.other, to: &backlog) == 2)
        #expect(admit(1...6, for: Self.third, to: &backlog) == 1)
        #expect(backlog.waitingCount == 7)
        let waiting = backlog.removeWaiting()
        #expect(waiting.count == 7)
        #expect(backlog.waitingCount == 0)
    }

    @Test func `a write that may be expected to take long is not taken where time is short`() {
        var backlog = WriteBacklog<Int>(limit: 10)
        var taken: [Int?] = []
        for (write, cost) in [(1, 8), (2, 0), (3, 0), (4, 0)] {
            #expect(admit(write...write, for: Self.acme, to: &backlog) == 1)
            taken.append(backlog.next(costing: .milliseconds(3)))
            if taken.last == .some(nil) { taken.append(backlog.next(costing: .milliseconds(8))) }
            backlog.charge(.milliseconds(cost), to: Self.acme)
        }
        // Half of what is remembered fades with each short one.
        #expect(taken == [1, nil, 2, nil, 3, 4])
    }

    @Test func `nothing is lost or mixed up, however many locations come and go`() {
        var random = SplitMix64(seed: 7)
        var backlog = WriteBacklog<(location: Int, number: Int)>(limit: 1_000_000)
        var given: [Int: Int] = [:]
        var taken: [Int: Int] = [:]
        for _ in 0..<20_000 {
            if Int.random(in: 0..<5, using: &random) < 3 {
                let location = Int.random(in: 0..<3000, using: &random)
                let id = location == 0 ? nil : LocationID("location\(location)")
                given[location, default: 0] += 1
                let isAdmitted = backlog.admit((location, given[location, default: 0]), for: id)
                #expect(isAdmitted)
            } else if let write = backlog.next() {
                taken[write.location, default: 0] += 1
                #expect(write.number == taken[write.location])
                let id = write.location == 0 ? nil : LocationID("location\(write.location)")
                backlog.charge(.microseconds(Int.random(in: 0..<100, using: &random)), to: id)
            }
        }
        while let write = backlog.next() {
            taken[write.location, default: 0] += 1
            #expect(write.number == taken[write.location])
        }
        #expect(taken == given)
    }
}
