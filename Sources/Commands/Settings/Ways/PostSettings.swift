import Tasks

/// How a server reaches people by mail and SMS.
struct PostSettings: Sendable {
    let mail: MailSettings
    let sms: SMSSettings
    /// How late and how many reminders may be.
    let limits: ReminderLimits
    /// The address that links of reminders have; none where they have none.
    let publicURL: String?

    init(_ arguments: ServeArguments) throws {
        mail = try arguments.mail.settings()
        sms = try arguments.sms.settings()
        limits = try arguments.reminders.limits()
        publicURL = try PublicURL.given(arguments.page.publicURL)
    }
}
