import ArgumentParser
import Delivery
import Recurrence
import Storage

struct DeliverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver",
        abstract: "Try the ways on which people are told.",
        subcommands: [Test.self]
    )

    struct Test: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a mail now, and tell whether the mail server took it.",
            discussion: "While a server runs, it sends the mail, with its own settings."
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        @Option(help: ArgumentHelp("Who gets the mail.", valueName: "address"))
        var to: String

        @OptionGroup var mail: MailArguments

        func validate() throws {
            _ = try recipient
        }

        private var recipient: MailAddress {
            get throws {
                guard let address = MailAddress(to) else {
                    throw ValidationError("--to cannot be '\(to)', no address.")
                }
                return address
            }
        }

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            let settings = try MailSettings.ofServer ?? mail.settings()
            guard let route = settings.route else {
                throw CommandFailure(.unavailable, "There is no mail server: --smtp.")
            }
            let sentAt = WallClock().now
            let domain = route.from.address.split(separator: "@").last ?? "localhost"
            let text = "This is a test. Mails from Perennial reach this address."
            let message = MailMessage(
                from: route.from,
                to: try recipient,
                subject: "Perennial: a test",
                plain: text + "\n",
                html: "<!doctype html><html lang=\"en\"><body><p>\(text)</p></body></html>\n",
                id: "test.\(sentAt.microseconds)@\(domain)",
                date: sentAt
            )
            switch await MailSender(route.server).send(message.rendered) {
            case .taken: return "sent\n"
            case .refused(let reason):
                throw CommandFailure(.unavailable, "The mail server: \(reason).")
            }
        }
    }
}
