package import ArgumentParser

/// The commands that every program of ours has as they are.
package enum CommonCommands {
    package static var all: [any ParsableCommand.Type] {
        [DirectoryCommand.self, TokenCommand.self, DemoCommand.self, PreviewCommand.self]
    }
}
