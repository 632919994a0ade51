import HTTPTypes
import Recurrence
import ServerTestSupport
import Storage
import Synchronization
import Tasks
import TestSupport

/// A server, its clients and its misfortunes, all drawn from one seed, beside a model of what
/// should come of it.
///
/// The same seed and steps always do the same. After each step what changed is compared with the
/// model, and now and then everything is.
struct SimulatedWorld {
    private let clock: SimulatedClock
    private var server: SimulatedServer
    private var model: Model
    private var replicas: [Replica]
    /// What was done, for people; nil where nobody reads it.
    private let trace: Trace?
    /// Until when a scheduler that failed may leave alone what it failed at.
    private var heldUntil: Timestamp?
    /// When each scheduler failed first of those times after which it may still hold shards back.
    private var failedAt: [Int: Timestamp] = [:]

    /// After how many steps everything is compared.
    private static let fullCheckInterval = 200
    /// How long a scheduler waits at most after the store did not answer.
    private static let longestWait = Duration.seconds(10)

    init(seed: UInt64, trace: Trace? = nil) async throws {
        var random = SplitMix64(seed: seed)
        // Spring and autumn of 2025, when clocks change.
        let day = Int64.random(in: 0...270, using: &random)
        let second = Int64.random(in: 0..<86_400, using: &random)
        clock = SimulatedClock(Timestamp(seconds: 1_740_787_200 + day * 86_400 + second))
        model = Model(catchUp: random.pick(CatchUp.allCases), now: clock.now)
        server = try await SimulatedServer(clock: clock, catchUp: model.catchUp)
        replicas = SimulatedOffice.locations.map { _ in Replica() }
        self.trace = trace
        // The directory gives each location its first categories, and writes no log.
        let tables = StoredTables(server.driver.inner)
        for (place, location) in SimulatedOffice.locations.enumerated() {
            let rows = try await tables.rows(ReplicaRow.category, of: location.id)
            replicas[place].categories = rows
        }
    }

    /// Takes steps until one makes a difference.
    ///
    /// - Throws: `StepFailure`.
    mutating func run(_ steps: [SimulationStep]) async throws {
        for (index, step) in steps.enumerated() {
            do {
                try await take(step)
                if (index + 1) % Self.fullCheckInterval == 0 { try await checkAll() }
            } catch {
                await server.close()
                throw StepFailure(index: index, reason: "\(error)")
            }
        }
        do { try await checkAll() } catch {
            await server.close()
            throw StepFailure(index: steps.count - 1, reason: "\(error)")
        }
        await server.close()
    }

    private mutating func take(_ step: SimulationStep) async throws {
        server.faults.begin(step.fault)
        switch step.action {
        case .jump(let seconds):
            clock.now = clock.now.advanced(by: .seconds(seconds))
            trace?.note("the clock jumps by \(seconds) s to \(clock.now)")
        case .work(let scheduler): try await work(scheduler, upTo: clock.now)
        case .pass(let seconds, let scheduler):
            try await work(scheduler, upTo: clock.now.advanced(by: .seconds(seconds)))
        case .restart:
            trace?.note("the server is restarted")
            server = try await server.restarted(catchUp: model.catchUp)
            failedAt = [:]
        case .revokeSpareToken(let user): try await revokeToken(of: user)
        case .ask(let wish): try await carryOut(wish, step.fault)
        }
        model.latest = max(model.latest, clock.now)
        guard server.faults.isDead else { return }
        trace?.note("the process died and is started again")
        server = try await server.restartedAfterDeath(catchUp: model.catchUp)
        failedAt = [:]
        try await checkAll()
    }

    // MARK: Requests

    private mutating func carryOut(_ wish: SimulationStep.Wish, _ fault: Fault?) async throws {
        guard var plan = try model.plan(wish, at: clock.now) else { return }
        if plan.needsWorkDone {
            server.faults.begin(nil)
            try await work(0, upTo: clock.now)
            server.faults.begin(fault)
            guard let again = try model.plan(wish, at: clock.now), !again.needsWorkDone else {
                return
            }
            plan = again
        }
        try await send(plan, fault)
    }

    private mutating func send(_ plan: PlannedRequest, _ fault: Fault?) async throws {
        let answer = try await server.answer(plan.request)
        let name = server.faults.hasStruck ? fault.map { " (\($0.kind))" } ?? "" : ""
        trace?.note("\(clock.now) \(plan.request) -> \(answer.status)\(name)")
        try await readLogs()
        let isKept: Bool
        if server.faults.hasStruck {
            // A request that is refused anyway may be refused before it can fail.
            let isRefused =
                answer.status >= 400 && plan.expectation.statuses.contains(answer.status)
            guard answer.status == 503 || isRefused else {
                throw Difference("a failure was answered with \(answer.status): \(answer.text)")
            }
            // A read may fail after the request has done its work.
            isKept =
                fault?.kind == .readFailed
                ? !replicas[plan.location].touched.kinds.isEmpty : server.faults.hasCommitted
        } else {
            isKept = try isCarriedOut(plan, answer)
        }
        for place in replicas.indices where place != plan.location || !isKept {
            guard replicas[place].touched.kinds.isEmpty else {
                throw Difference("a change in \(place) that nobody asked for")
            }
        }
        guard isKept else { return }
        let logged = replicas[plan.location].touched.kinds.count
        guard logged <= 1 else { throw Difference("\(logged) changes for one request") }
        try Settlement(
            expectation: plan.expectation,
            replica: replicas[plan.location],
            answer: server.faults.hasStruck ? nil : answer
        ).settle(&model.locations[plan.location])
    }

    /// Whether a request that nothing befell was carried out; its status must be one expected.
    private func isCarriedOut(_ plan: PlannedRequest, _ answer: Answer) throws -> Bool {
        switch plan.token {
        case .valid: break
        case .maybeRevoked: if answer.status == 401 { return false }
        case .revoked:
            guard answer.status == 401 else {
                throw Difference("a revoked token was answered with \(answer.status)")
            }
            return false
        }
        guard plan.expectation.statuses.contains(answer.status) else {
            throw Difference(
                "the answer is \(answer.status) instead of \(plan.expectation.statuses): "
                    + answer.text
            )
        }
        return answer.status < 300
    }

    private mutating func revokeToken(of place: Int) async throws {
        let user = SimulatedOffice.users[place]
        guard model.revokedUntil[user.number] == nil else { return }
        trace?.note("the second token of user \(user.number) is revoked")
        do {
            try await server.revokeToken(user.token(isSpare: true))
        } catch {
            guard server.faults.hasStruck else { throw error }
            guard server.faults.hasCommitted else { return }
        }
        model.revokedUntil[user.number] = max(model.latest, clock.now).advanced(by: .seconds(1))
    }

    // MARK: Schedulers

    private mutating func work(_ scheduler: Int, upTo end: Timestamp) async throws {
        if let heldUntil {
            clock.now = max(clock.now, heldUntil)
            self.heldUntil = nil
        }
        let begin = clock.now
        let end = max(begin, end)
        var failure: (any Error)?
        do {
            try await server.work(scheduler: scheduler, upTo: end)
        } catch {
            failure = error
        }
        let heldSince = failedAt[scheduler]
        if failure != nil {
            heldUntil = clock.now.advanced(by: Self.longestWait)
            failedAt[scheduler] = min(heldSince ?? clock.now, clock.now)
        } else if let heldSince, clock.now >= heldSince.advanced(by: Self.longestWait) {
            failedAt[scheduler] = nil
        }
        let name = failure == nil ? "" : " and fails"
        trace?.note("scheduler \(scheduler) works from \(begin) to \(clock.now)\(name)")
        if server.faults.isEndless { throw Difference("the scheduler does not come to rest") }
        if let failure, !server.faults.hasStruck {
            throw Difference("the scheduler failed: \(failure)")
        }
        try await readLogs()
        let tables = StoredTables(server.driver.inner)
        for place in replicas.indices {
            let id = SimulatedOffice.locations[place].id
            try FiringSettlement(
                begin: begin,
                end: clock.now,
                latest: model.latest,
                replica: replicas[place],
                clocks: try await tables.clocks(of: id),
                isPartial: server.faults.hasStruck,
                heldSince: heldSince
            ).settle(&model.locations[place])
        }
    }

    // MARK: Reading

    private mutating func readLogs() async throws {
        let tables = StoredTables(server.driver.inner)
        for place in replicas.indices {
            replicas[place].touched = Replica.Touched()
            let id = SimulatedOffice.locations[place].id
            let number = replicas[place].changeNumber
            for entry in try await tables.entries(of: id, after: number) {
                let made = entry.numbers("made")
                let rows = made.isEmpty ? [:] : try await tables.tasks(made, of: id)
                try replicas[place].apply(entry, made: rows)
            }
        }
    }

    private mutating func checkAll() async throws {
        try await readLogs()
        for place in replicas.indices {
            guard replicas[place].touched.kinds.isEmpty else {
                throw Difference("a change in \(place) that nobody asked for")
            }
            try await FullCheck(
                location: SimulatedOffice.locations[place],
                tables: StoredTables(server.driver.inner),
                replica: replicas[place],
                model: model.locations[place]
            ).run()
        }
    }
}

/// What a simulation did, for people.
final class Trace {
    private(set) var lines: [String] = []

    func note(_ line: String) {
        lines.append(line)
    }
}

/// The step at which a simulation found a difference.
struct StepFailure: Error {
    let index: Int
    let reason: String
}
