import ArgumentParser
import Delivery
import Recurrence
import Storage
import Tasks

struct DeliverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver",
        abstract: "Try the ways on which people are told.",
        subcommands: [Test.self]
    )

    struct Test: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a mail or a text message now, and tell whether it was taken.",
            discussion: "While a server runs, it sends, with its own settings."
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        @Option(
            help: ArgumentHelp(
                "Who gets it: a mail address, or a phone number such as +15550123.",
                valueName: "address"
            )
        )
        var to: String

        @OptionGroup var mail: MailArguments
        @OptionGroup var sms: SMSArguments

        private enum Recipient {
            case mail(MailAddress)
            case phone(PhoneNumber)
        }

        func validate() throws {
            _ = try recipient
        }

        private var recipient: Recipient {
            get throws {
                if let number = PhoneNumber(to) { return .phone(number) }
                if let address = MailAddress(to) { return .mail(address) }
                throw ValidationError("--to cannot be '\(to)', no address and no phone number.")
            }
        }

        private static var text: String { "This is a test. Perennial reaches you here." }

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            let receiver: String
            let answer: ReminderAnswer
            switch try recipient {
            case .mail(let address):
                receiver = "mail server"
                answer = try await sendMail(to: address)
            case .phone(let number):
                receiver = "SMS gateway"
                answer = try await sendText(to: number)
            }
            switch answer {
            case .taken: return "sent\n"
            case .refused(let reason, _):
                throw CommandFailure(.unavailable, "The \(receiver): \(reason).")
            }
        }

        private func sendMail(to address: MailAddress) async throws -> ReminderAnswer {
            guard let route = try (MailSettings.ofServer ?? mail.settings()).route else {
                throw CommandFailure(.unavailable, "There is no mail server: --smtp.")
            }
            let sentAt = WallClock().now
            let message = MailMessage(
                from: route.from,
                to: address,
                subject: "Perennial: a test",
                plain: Self.text + "\n",
                html: """
                    <!doctype html><html lang="en"><body><p>\(Self.text)</p></body></html>

                    """,
                id: "test.\(sentAt.microseconds)@\(route.from.domain)",
                date: sentAt
            )
            return await route.makePost().sender.send(message.rendered)
        }

        private func sendText(to number: PhoneNumber) async throws -> ReminderAnswer {
            guard let gateway = try (SMSSettings.ofServer ?? sms.settings()).gateway else {
                throw CommandFailure(.unavailable, "There is no SMS gateway: --sms-url.")
            }
            let id = "test.\(WallClock().now.microseconds)"
            return await SMSSender(gateway).send(SMSMessage(to: number, text: Self.text, id: id))
        }
    }
}
