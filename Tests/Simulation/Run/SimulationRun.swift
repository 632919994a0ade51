import Recurrence

/// Runs simulations by their seeds.
package enum SimulationRun {
    /// Runs the simulation of one seed.
    ///
    /// - Parameters:
    ///   - seed: What everything is drawn from.
    ///   - stepCount: How many steps are taken, unless one makes a difference before.
    /// - Returns: What went wrong, with as few steps as still show it; nil if nothing did.
    /// - Throws: What the machine does, such as that no file can be made.
    package static func failure(seed: UInt64, stepCount: Int) async throws -> SimulationFailure? {
        var generator = StepGenerator(seed: seed)
        let steps = (0..<stepCount).map { _ in generator.step() }
        guard let first = try await failure(of: steps, seed) else { return nil }
        let shrunk = try await shrink(Array(steps.prefix(first.index + 1)), seed)
        let trace = Trace()
        var simulation = try await SimulatedWorld(seed: seed, trace: trace)
        var reason = first.reason
        do { try await simulation.run(shrunk) } catch let failure as StepFailure {
            reason = failure.reason
        }
        return SimulationFailure(
            seed: seed,
            step: first.index,
            reason: reason,
            trace: trace.lines
        )
    }

    private static func failure(
        of steps: [SimulationStep],
        _ seed: UInt64
    ) async throws -> StepFailure? {
        var simulation = try await SimulatedWorld(seed: seed)
        do {
            try await simulation.run(steps)
            return nil
        } catch let failure as StepFailure {
            return failure
        }
    }

    /// Removes steps, in ever smaller pieces, as long as what is left still makes a difference.
    private static func shrink(
        _ steps: [SimulationStep],
        _ seed: UInt64
    ) async throws -> [SimulationStep] {
        var steps = steps
        var size = max(steps.count / 2, 1)
        while true {
            var start = 0
            while start < steps.count {
                var fewer = steps
                fewer.removeSubrange(start..<min(start + size, steps.count))
                if let failure = try await failure(of: fewer, seed) {
                    steps = Array(fewer.prefix(failure.index + 1))
                } else {
                    start += size
                }
            }
            if size == 1 { return try await withoutFaults(steps, seed) }
            size = max(size / 2, 1)
        }
    }

    /// Takes away the faults that are not needed.
    private static func withoutFaults(
        _ steps: [SimulationStep],
        _ seed: UInt64
    ) async throws -> [SimulationStep] {
        var steps = steps
        for index in steps.indices where steps[index].fault != nil {
            var calmer = steps
            calmer[index].fault = nil
            if let failure = try await failure(of: calmer, seed),
                failure.index == calmer.count - 1
            {
                steps = calmer
            }
        }
        return steps
    }
}

/// A difference that a simulation found.
package struct SimulationFailure: Error, CustomStringConvertible, Sendable {
    package let seed: UInt64
    /// The step that made it, before any was removed.
    package let step: Int
    package let reason: String
    /// The steps that are left, as they were taken.
    package let trace: [String]

    package var description: String {
        """
        Seed \(seed) differs at step \(step + 1). As few steps as show it:
          \(trace.joined(separator: "\n  "))
        \(reason)
        """
    }
}
