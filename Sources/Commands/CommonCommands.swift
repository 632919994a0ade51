package import ArgumentParser

/// The commands that `perennial` and `perennial-testbed` have in common, without differences.
package enum CommonCommands {
    package static var all: [any ParsableCommand.Type] {
        [
            MigrateCommand.self, MoveCommand.self, DirectoryCommand.self, TokenCommand.self,
            SeriesCommand.self, DemoCommand.self,
            PreviewCommand.self,
        ]
    }
}
