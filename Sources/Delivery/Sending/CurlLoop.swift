import CCurl
import Dispatch
import Synchronization

/// Carries out requests, many at a time, on one thread, which ends when there are none.
///
/// Connections are kept open for further requests, also while there are none.
final class CurlLoop: Sendable {
    private struct Asked: Sendable {
        let number: Int
        let make: @Sendable () -> CurlRequest?
        let continuation: CheckedContinuation<CurlOutcome, Never>
    }

    private struct State {
        var lastNumber = 0
        /// The requests that have no answer yet.
        var open: Set<Int> = []
        /// Those that the thread is to begin.
        var asked: [Asked] = []
        /// Those that it is to give up.
        var stopped: Set<Int> = []
        var isRunning = false
    }

    private let state = Mutex(State())
    /// The address of libcurl's own, which one thread uses, and others to wake that one.
    private let address: UInt
    private let queue = DispatchQueue(label: "perennial.requests")
    /// How many requests are under way at a time; others wait.
    private let crowdLimit: Int

    /// How many connections are kept open for further requests.
    private static var connectionLimit: Int { 64 }
    private static let isReady = ccurl_begin() == 1

    /// - Parameter crowdLimit: How many requests are under way at a time; others wait.
    init(crowdLimit: Int = .max) {
        self.crowdLimit = crowdLimit
        let multi = Self.isReady ? unsafe ccurl_multi(Self.connectionLimit) : nil
        guard let multi = unsafe multi else {
            preconditionFailure("libcurl could not be initialised")
        }
        address = UInt(bitPattern: multi)
    }

    deinit { unsafe curl_multi_cleanup(UnsafeMutableRawPointer(bitPattern: address)) }

    /// Carries out a request and waits for the answer; if the task is cancelled, it is given up.
    ///
    /// - Parameter make: Makes the request on the thread that carries it out.
    /// - Returns: The answer, or why there is none.
    func carryOut(_ make: @escaping @Sendable () -> CurlRequest?) async -> CurlOutcome {
        let number = state.withLock { state in
            state.lastNumber += 1
            state.open.insert(state.lastNumber)
            return state.lastNumber
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let asked = Asked(
                    number: number,
                    make: make,
                    continuation: continuation
                )
                wake { $0.asked.append(asked) }
            }
        } onCancel: {
            wake { state in
                if state.open.contains(number) { state.stopped.insert(number) }
            }
        }
    }

    /// Changes what is to be done, and has the thread see it.
    private func wake(_ change: (inout sending State) -> Void) {
        let begins = state.withLock { state in
            change(&state)
            if state.isRunning || state.asked.isEmpty { return false }
            state.isRunning = true
            return true
        }
        if begins { queue.async { self.run() } }
        unsafe curl_multi_wakeup(UnsafeMutableRawPointer(bitPattern: address))
    }

    // MARK: - On the thread

    private struct Transfer {
        let request: CurlRequest
        let continuation: CheckedContinuation<CurlOutcome, Never>
    }

    /// What is under way, by number, and what waits for that to end.
    private struct Work {
        var underway: [Int: Transfer] = [:]
        var waiting: ArraySlice<Asked> = []

        var isEmpty: Bool { underway.isEmpty && waiting.isEmpty }
    }

    private func run() {
        guard let multi = unsafe UnsafeMutableRawPointer(bitPattern: address) else { return }
        var work = Work()
        while let (asked, stopped) = takeWork(while: !work.isEmpty) {
            work.waiting += asked
            for number in stopped { unsafe stop(number, &work, on: multi) }
            unsafe begin(&work, on: multi)
            var count: Int32 = 0
            unsafe curl_multi_perform(multi, &count)
            var code = CURLE_OK
            while let handle = unsafe ccurl_ended(multi, &code) {
                let number = work.underway.first { unsafe $0.value.request.handle == handle }?.key
                guard let number else { break }
                unsafe end(number, &work, on: multi) { $0.outcome(code) }
            }
            // What has ended makes room, and then nothing is waited for.
            let isFull = work.waiting.isEmpty || work.underway.count >= crowdLimit
            if isFull, !work.underway.isEmpty { unsafe curl_multi_poll(multi, nil, 0, 1000, nil) }
        }
    }

    /// Begins as much of what waits as may be under way.
    private func begin(_ work: inout Work, on multi: UnsafeMutableRawPointer) {
        while work.underway.count < crowdLimit, let asked = work.waiting.popFirst() {
            guard
                let request = asked.make(),
                unsafe curl_multi_add_handle(multi, request.handle) == CURLM_OK
            else {
                close(asked.number)
                asked.continuation.resume(returning: CurlOutcome(failure: "out of memory"))
                continue
            }
            work.underway[asked.number] = Transfer(
                request: request,
                continuation: asked.continuation
            )
        }
    }

    /// Gives a request up, whether it has begun or not.
    private func stop(_ number: Int, _ work: inout Work, on multi: UnsafeMutableRawPointer) {
        let outcome = CurlOutcome(failure: "was given up")
        if let place = work.waiting.firstIndex(where: { $0.number == number }) {
            let asked = work.waiting.remove(at: place)
            close(number)
            asked.continuation.resume(returning: outcome)
        }
        unsafe end(number, &work, on: multi) { _ in outcome }
    }

    /// What is new to be done; nil once there is nothing at all, so that the thread ends.
    private func takeWork(while isBusy: Bool) -> (asked: [Asked], stopped: Set<Int>)? {
        state.withLock { state in
            if !isBusy, state.asked.isEmpty {
                state.isRunning = false
                return nil
            }
            defer { state.asked = [] }
            // What is given up before it was asked for is given up as soon as it is.
            let known = state.stopped
            return (state.asked, known)
        }
    }

    private func close(_ number: Int) {
        state.withLock { state in
            state.open.remove(number)
            state.stopped.remove(number)
        }
    }

    private func end(
        _ number: Int,
        _ work: inout Work,
        on multi: UnsafeMutableRawPointer,
        with answer: (CurlRequest) -> CurlOutcome
    ) {
        guard let transfer = work.underway.removeValue(forKey: number) else { return }
        let result = answer(transfer.request)
        unsafe curl_multi_remove_handle(multi, transfer.request.handle)
        close(number)
        transfer.continuation.resume(returning: result)
    }
}
