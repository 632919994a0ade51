import ArgumentParser
import Commands

/// Perennial with more commands and options, for tests and measurements; it is not deployed.
@main
struct Testbed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perennial-testbed",
        abstract: "Perennial with more commands and options, for tests and measurements only.",
        subcommands: [
            TestbedServeCommand.self, LoadCommand.self, SimulateCommand.self,
            StoreBenchCommand.self,
        ]
            + CommonCommands.all
    )
}
