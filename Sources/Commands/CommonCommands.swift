package import ArgumentParser

/// The commands that `perennial` and `perennial-testbed` have in common, without differences.
package enum CommonCommands {
    package static var all: [any ParsableCommand.Type] {
        [
            MigrateCommand.self, MoveCommand.self, DirectoryCommand.self, UserCommand.self,
            TokenCommand.self, SignInCommand.self, SeriesCommand.self, WebhookCommand.self,
            ReminderCommand.self, DeliverCommand.self, DemoCommand.self, PreviewCommand.self,
        ]
    }

    /// Those that a running server carries out.
    static var ofAdministration: [any ParsableCommand.Type] {
        [
            DirectoryCommand.self, UserCommand.self, TokenCommand.self, SignInCommand.self,
            SeriesCommand.self, WebhookCommand.self, ReminderCommand.self, DeliverCommand.self,
        ]
    }
}
