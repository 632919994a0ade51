import ArgumentParser
import Simulation

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Simulate servers, clients and faults from seeds, and look for differences."
    )

    @Option(help: "How many seeds are simulated.")
    var seeds = 1000

    @Option(help: "How many steps each takes.")
    var steps = 1000

    @Option(help: "The first seed.")
    var first: UInt64 = 1

    @Option(help: "How far the next seed lies, so that several processes can share them.")
    var stride = 1

    func validate() throws {
        guard seeds >= 1, steps >= 1, stride >= 1 else {
            throw ValidationError("--seeds, --steps and --stride are at least 1.")
        }
    }

    func run() async throws {
        for number in 0..<seeds {
            let seed = first + UInt64(number * stride)
            if let failure = try await SimulationRun.failure(seed: seed, stepCount: steps) {
                print(failure)
                throw ExitCode.failure
            }
        }
        print("\(seeds) seeds of \(steps) steps from \(first): no difference")
    }
}
