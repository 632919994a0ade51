import DatabaseTestSupport
import Logging
import Recurrence
import Scheduling
import Storage
import Synchronization
import Tasks
import TestSupport
import Testing

/// What is logged of a store's faults, and how a store is tried out.
@Suite
struct StoreWatchTests {
    private let folder: TemporaryFolder
    private let store: WatchedDouble
    private let clock: TestClock
    private let log = LogRecorder()

    init() async throws {
        folder = try TemporaryFolder()
        store = WatchedDouble(base: try await TestStore.forTest(in: folder))
        clock = TestClock(try Timestamp(reading: "2024-01-01T00:00:00Z"))
    }

    private func watch(
        every interval: Duration? = .seconds(10)
    )
        -> StoreWatch<WatchedDouble, TestClock>
    {
        StoreWatch(
            over: store,
            clock: clock,
            probeInterval: interval,
            logger: log.logger(from: .trace)
        )
    }

    @Test
    func `a fault is logged once a minute, with how often it has come`() async throws {
        let watch = watch()
        for second in 0..<120 {
            store.fail(3, of: StoreFault(.full, while: .writing, reason: "no room"))
            if second == 70 {
                store.fail(1, of: StoreFault(.failing, while: .reading, reason: "EIO"))
            }
            try watch.look()
            clock.advance(by: .seconds(1))
        }
        #expect(
            log.lines == [
                "error: The store failed activity=writing count=3 reason=no room "
                    + "trouble=storage-full",
                "error: The store failed activity=writing count=180 reason=no room "
                    + "trouble=storage-full",
                "error: The store failed activity=reading count=1 reason=EIO "
                    + "trouble=storage-failing",
            ]
        )
        await store.base.close()
    }

    @Test(.onSQLite)
    func `a database that is lost ends the watch`() async throws {
        let watch = watch()
        try watch.look()
        try folder.removeDatabase()
        #expect(throws: StoreMoved.self) { try watch.look() }
        await #expect(throws: StoreMoved.self) { try await watch.run() }
        #expect(watch.trouble == .moved)
        #expect(await watch.troubleOnTrial() == .moved)
        #expect(log.lines.filter { $0.contains("storage-moved") }.count == 1)
        await store.base.close()
    }

    @Test
    func `however many ask, the store is tried out once a second`() async throws {
        let watch = watch(every: nil)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await watch.run() }
            await clock.untilSomebodySleeps()
            let answers = await withTaskGroup(of: StoreTrouble?.self) { askers in
                for _ in 0..<50 { askers.addTask { await watch.troubleOnTrial() } }
                return await askers.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0 == nil })
            #expect(store.probeCount == 1)
            clock.advance(by: .seconds(1))
            _ = await watch.troubleOnTrial()
            #expect(store.probeCount == 2)
            group.cancelAll()
        }
        await store.base.close()
    }

    @Test
    func `a store in trouble is probed every second, and its recovery is told`() async throws {
        let watch = watch(every: nil)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await watch.run() }
            await clock.untilSomebodySleeps()
            store.holdsTrouble = true
            #expect(await watch.troubleOnTrial() == .full)
            await store.untilProbed()
            clock.advance(by: .seconds(1))
            try? watch.look()
            await store.untilProbed()
            #expect(watch.trouble == .full)
            store.holdsTrouble = false
            try? watch.look()
            group.cancelAll()
        }
        #expect(log.lines == ["notice: The store works again"])
        await store.base.close()
    }

    @Test
    func `the recovery from a fault that came and went between two looks is told`() async throws {
        let watch = watch()
        try watch.look()
        store.fail(1, of: StoreFault(.full, while: .writing, reason: "no room"))
        clock.advance(by: .seconds(1))
        try watch.look()
        #expect(log.lines.count == 1)
        clock.advance(by: .seconds(1))
        try watch.look()
        try watch.look()
        #expect(log.lines.dropFirst() == ["notice: The store works again"])
        await store.base.close()
    }

    @Test
    func `a store that does not answer counts as stalled after five seconds`() async throws {
        let watch = watch()
        await withTaskGroup(of: Void.self) { group in
            store.holdsProbes = true
            group.addTask { await watch.probe() }
            await store.untilProbed()
            clock.advance(by: .seconds(4))
            #expect(watch.trouble == nil)
            clock.advance(by: .seconds(1))
            #expect(watch.trouble == .stalled)
            try? watch.look()
            group.cancelAll()
        }
        #expect(watch.trouble == nil)
        #expect(log.lines.first?.contains("storage-stalled") == true)
        await store.base.close()
    }
}

/// A real store, which a test can make fail besides.
private final class WatchedDouble: WatchedStore {
    let base: TestStore
    private let state = Mutex(State())
    private let probes = AsyncStream<Void>.makeStream()

    private struct State {
        var faults: [StoreFault: Int] = [:]
        var probeCount = 0
        var holdsTrouble = false
        var holdsProbes = false
    }

    init(base: TestStore) {
        self.base = base
    }

    var probeCount: Int { state.withLock { $0.probeCount } }

    /// Whether the store says that there is no room.
    var holdsTrouble: Bool {
        get { state.withLock { $0.holdsTrouble } }
        set { state.withLock { $0.holdsTrouble = newValue } }
    }

    /// Whether a probe ends only when its task is cancelled.
    var holdsProbes: Bool {
        get { state.withLock { $0.holdsProbes } }
        set { state.withLock { $0.holdsProbes = newValue } }
    }

    var trouble: StoreTrouble? { base.trouble ?? (holdsTrouble ? .full : nil) }

    func inspect() { base.inspect() }

    func fail(_ count: Int, of fault: StoreFault) {
        state.withLock { $0.faults[fault, default: 0] += count }
    }

    func takeFaults() -> [StoreFault: Int] {
        state.withLock { state in
            defer { state.faults = [:] }
            return state.faults
        }
        .merging(base.takeFaults(), uniquingKeysWith: +)
    }

    func probe() async {
        state.withLock { $0.probeCount += 1 }
        probes.continuation.yield()
        if holdsProbes {
            let never = AsyncStream<Void>.makeStream()
            for await _ in never.stream {}
        }
        await base.probe()
    }

    /// Returns once a probe has begun that nobody waited for here before.
    func untilProbed() async {
        for await _ in probes.stream { return }
    }
}
