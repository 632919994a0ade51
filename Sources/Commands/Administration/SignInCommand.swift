import ArgumentParser
import Recurrence
import Storage
import Tasks

struct SignInCommand: AdministrationCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-in",
        abstract: "Print a link by which a user signs in to the page, once, within 15 minutes.",
        discussion: "The link opens a page whose button signs in. While a server runs, it does it."
    )

    @OptionGroup var databaseOptions: DatabaseOptions

    @Option(help: ArgumentHelp("The user who is to be signed in.", valueName: "number"))
    var user: Int64

    @Option(
        name: .customLong("url"),
        help: ArgumentHelp(
            """
            The address under which browsers reach the page. PERENNIAL_PUBLIC_URL; \
            http://127.0.0.1:8080 by default.
            """,
            valueName: "url"
        )
    )
    var url: String?

    func validate() throws { _ = try PublicURL.value(url) }

    func perform<Driver: WatchedDriver>(
        on store: SQLStore<Driver>,
        _ input: [UInt8],
        at now: Timestamp
    ) async throws -> String {
        do {
            let text = try await store.directory.addSignInLink(
                for: Identifier(user),
                shownAs: { SessionText(in: $0, randomBytes: Secrets.randomBytes(20)) },
                digestedBy: { SessionDigest($0, digestedBy: Secrets.digest) },
                until: now.advanced(by: SignInTerms.linkDuration),
                at: now
            )
            return "\(try PublicURL.value(url))/sign-in?link=\(text.text)\n"
        } catch TokenRefusal.unknownHolder {
            throw CommandFailure(.badData, "There is no such user.")
        }
    }
}
