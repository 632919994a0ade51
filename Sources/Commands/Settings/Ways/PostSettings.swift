import Tasks

/// How a server reaches people by mail and SMS.
struct PostSettings: Sendable {
    let mail: MailSettings
    let sms: SMSSettings
    /// How late and how many reminders may be.
    let limits: ReminderLimits
    /// How long the ledger of reminders is kept; none where it is kept for ever.
    let reminderRetention: Duration?
    /// The address that links of reminders have; none where they have none.
    let publicURL: String?

    init(_ arguments: ServeArguments) throws {
        mail = try arguments.mail.settings()
        sms = try arguments.sms.settings()
        limits = try arguments.reminders.limits()
        reminderRetention = try arguments.reminders.retention()
        publicURL = try PublicURL.given(arguments.page.publicURL)
    }
}
