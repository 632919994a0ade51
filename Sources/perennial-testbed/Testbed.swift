import ArgumentParser
import Commands

/// Perennial with what its tests and measurements need besides; it is not deployed.
@main
struct Testbed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perennial-testbed",
        abstract: "Perennial, of the same parts, with what only tests and measurements need.",
        subcommands: [TestbedServeCommand.self, LoadCommand.self] + CommonCommands.all
    )
}
