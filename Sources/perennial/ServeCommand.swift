import ArgumentParser
import Commands

struct ServeCommand: AsyncParsableCommand {
    static let configuration = ServeArguments.configuration

    @OptionGroup var arguments: ServeArguments

    func run() async throws {
        try await arguments.serve()
    }
}
