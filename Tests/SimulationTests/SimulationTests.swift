import Simulation
import Testing

struct SimulationTests {
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `a server does what the model says, whatever fails`(seed: UInt64) async throws {
        if let failure = try await SimulationRun.failure(seed: seed, stepCount: 60) {
            Issue.record(failure)
        }
    }
}
