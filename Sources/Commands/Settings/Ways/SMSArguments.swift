import ArgumentParser
import Delivery

/// The arguments about text messages, of `serve` and of the commands that send one where no server
/// runs.
struct SMSArguments: ParsableArguments {
    @Option(
        name: .customLong("sms-url"),
        help: ArgumentHelp(
            """
            The address of the SMS gateway, to which each text message is a POST of a form. \
            PERENNIAL_SMS_URL.
            """,
            valueName: "url"
        )
    )
    var smsURL: String?

    @Option(
        help: ArgumentHelp(
            """
            The form, such as 'To={to}&From=+15550100&Body={text}': {to}, {text} and {id}, which is \
            the same whenever a message comes again, are filled in, and then each value is \
            percent-encoded. Needed with --sms-url. PERENNIAL_SMS_FORM.
            """,
            valueName: "form"
        )
    )
    var smsForm: String?

    @Option(
        help: ArgumentHelp(
            "The user whom the gateway knows, by HTTP Basic. PERENNIAL_SMS_USER.",
            valueName: "name"
        )
    )
    var smsUser: String?

    @Option(
        help: ArgumentHelp(
            """
            The file with the gateway's password. PERENNIAL_SMS_PASSWORD_FILE, or the password \
            itself in PERENNIAL_SMS_PASSWORD.
            """,
            valueName: "path"
        )
    )
    var smsPasswordFile: String?

    /// What the settings come to.
    ///
    /// - Throws: `ValidationError` where they are not complete, or the file cannot be read.
    func settings() throws -> SMSSettings {
        let url = try Setting("sms-url").value(smsURL, default: "")
        let form = try Setting("sms-form").value(smsForm, default: "")
        let user = try Setting("sms-user").value(smsUser, default: "")
        guard !url.isEmpty else { return SMSSettings(gateway: nil) }
        if form.isEmpty { throw ValidationError("--sms-url needs --sms-form.") }
        var gateway: SMSGateway
        do {
            gateway = try SMSGateway(url: url, form: form, user: user.isEmpty ? nil : user)
        } catch {
            throw ValidationError("The SMS gateway's \(error.reason).")
        }
        let password = PasswordSetting("sms", of: "The SMS gateway's")
        gateway.password = try password.value(smsPasswordFile)
        if gateway.password != nil, user.isEmpty {
            throw ValidationError("The SMS gateway's password needs --sms-user.")
        }
        return SMSSettings(gateway: gateway)
    }
}

/// How a server or a command sends text messages.
struct SMSSettings: Sendable {
    /// None if no text message can be sent.
    let gateway: SMSGateway?

    /// Those of the server that carries a command out.
    @TaskLocal static var ofServer: SMSSettings?
}
