import ArgumentParser
import Commands

@main
struct Perennial: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perennial",
        abstract: "A server for a CRM team's tasks, which recur by exact RFC 5545 rules.",
        discussion: """
            To try it:

              perennial demo --database perennial.db
              perennial serve --database perennial.db

            The first prints tokens; the second answers LionDesk's Tasks v2.1 requests at \
            http://127.0.0.1:8080/api/v1, and HighLevel's recurring tasks at /locations and \
            /contacts of the same address. All options of serve, and --database in the other \
            commands, can be set by environment variables, too: the help of each names its variable.

            The exit status is 64 for wrong options, 65 for wrong data, 69 if a database or an \
            address is not available, and 74 if the database is lost while a server runs.
            """,
        version: "0.1.0",
        subcommands: [ServeCommand.self] + CommonCommands.all
    )
}
