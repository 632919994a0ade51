import ArgumentParser
import Hummingbird

@main
struct Perennial: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "perennial")
}
