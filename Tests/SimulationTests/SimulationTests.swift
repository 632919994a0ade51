import Simulation
import Testing

struct SimulationTests {
    @Test(arguments: 1...16 as ClosedRange<UInt64>)
    func `a server does what the model says, whatever fails`(seed: UInt64) async throws {
        if let failure = try await SimulationRun.failure(seed: seed, stepCount: 160) {
            Issue.record(failure)
        }
    }
}
