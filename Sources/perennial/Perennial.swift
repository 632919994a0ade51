import ArgumentParser

@main
struct Perennial: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perennial",
        abstract: "A server for a CRM team's tasks, which recur by exact RFC 5545 rules.",
        discussion: """
            To try it:

              perennial demo --database perennial.db
              perennial serve --database perennial.db

            The first prints a token; the second answers LionDesk's Tasks v2.1 requests at
            http://127.0.0.1:8080/api/v1. Options can be given as environment variables too: each
            one's help names its variable.
            """,
        version: "0.1.0",
        subcommands: [
            ServeCommand.self,
            DirectoryCommand.self,
            TokenCommand.self,
            DemoCommand.self,
            PreviewCommand.self,
            LoadCommand.self,
        ]
    )
}
