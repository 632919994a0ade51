import Tasks
import Testing

@testable import Storage

/// Which scan runs, which waits and which is refused.
struct ScanQueueTests {
    private static let acme = LocationID("ve9EPM428h8vShlRW1KT")
    private static let other = LocationID("C2QujeCh8ZnC7al2InWR")
    private static let third = LocationID("Zq3TnB7cWx5LkD9vRy1M")

    @Test func `a location runs half of the scans at most, though others are free`() {
        var queue = ScanQueue<Int>(runLimit: 4, waitLimit: 10)
        #expect((1...3).map { queue.admit($0, for: Self.acme) } == [.run, .run, .wait])
        #expect((4...6).map { queue.admit($0, for: Self.other) } == [.run, .run, .wait])
        #expect(queue.runningCount == 4)
        #expect(queue.waitingCount == 2)
    }

    @Test func `each location runs one scan if there is one thread`() {
        var queue = ScanQueue<Int>(runLimit: 1, waitLimit: 10)
        #expect(queue.admit(1, for: Self.acme) == .run)
        #expect(queue.admit(2, for: Self.other) == .wait)
        #expect(queue.end(Self.acme)?.scan == 2)
        #expect(queue.end(Self.other) == nil)
        #expect(queue.runningCount == 0)
    }

    @Test func `locations that wait take turns, whoever waits with more`() {
        var queue = ScanQueue<Int>(runLimit: 1, waitLimit: 100)
        for scan in 1...4 { _ = queue.admit(scan, for: Self.acme) }
        for scan in 11...12 { _ = queue.admit(scan, for: Self.other) }
        for scan in 21...21 { _ = queue.admit(scan, for: Self.third) }
        var order: [Int] = []
        var running: LocationID? = Self.acme
        while let next = queue.end(running) {
            order.append(next.scan)
            running = next.location
        }
        #expect(order == [2, 11, 21, 3, 12, 4])
    }

    @Test func `a location that runs its share leaves its thread to another`() {
        var queue = ScanQueue<Int>(runLimit: 2, waitLimit: 10)
        #expect((1...3).map { queue.admit($0, for: Self.acme) } == [.run, .wait, .wait])
        #expect(queue.admit(11, for: Self.other) == .run)
        #expect(queue.admit(21, for: Self.third) == .wait)
        #expect(queue.end(Self.other)?.scan == 21)
        #expect(queue.end(Self.third) == nil)
        #expect(queue.end(Self.acme)?.scan == 2)
    }

    @Test func `a location has half of the places to wait, and all have as many as there are`() {
        var queue = ScanQueue<Int>(runLimit: 1, waitLimit: 3)
        #expect((1...4).map { queue.admit($0, for: Self.acme) } == [.run, .wait, .wait, .refuse])
        #expect(queue.admit(5, for: Self.other) == .wait)
        #expect(queue.admit(6, for: Self.third) == .refuse)
        #expect(queue.removeWaiting().sorted() == [2, 3, 5])
        #expect(queue.waitingCount == 0)
        #expect(queue.end(Self.acme) == nil)
    }

    @Test func `the server itself may run all`() {
        var queue = ScanQueue<Int>(runLimit: 4, waitLimit: 10)
        #expect((1...5).map { queue.admit($0, for: nil) } == [.run, .run, .run, .run, .wait])
    }

    @Test func `the server's own scans wait however many others do, and so does a third location`()
    {
        var queue = ScanQueue<Int>(runLimit: 1, waitLimit: 4)
        #expect(queue.admit(0, for: Self.acme) == .run)
        #expect((1...3).map { queue.admit($0, for: Self.acme) } == [.wait, .wait, .refuse])
        #expect((4...5).map { queue.admit($0, for: Self.other) } == [.wait, .refuse])
        #expect(queue.admit(6, for: Self.third) == .wait)
        #expect((7...8).map { queue.admit($0, for: nil) } == [.wait, .wait])
        #expect(queue.admit(9, for: Self.acme) == .refuse)
    }

    @Test func `a queue runs at least one scan`() async {
        await #expect(processExitsWith: .failure) {
            _ = ScanQueue<Int>(runLimit: 0, waitLimit: 1)
        }
    }
}
