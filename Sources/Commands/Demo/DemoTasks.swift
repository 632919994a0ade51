import DirectoryDocument
import Recurrence
import Tasks

/// The tasks and series that the demo creates for its first user.
struct DemoTasks {
    private let today: CivilDate

    init(at now: Timestamp) {
        today = Zone.utc.localDateTime(at: now).date
    }

    var drafts: [TaskDraft] {
        get throws {
            try [
                draft(
                    "Send Stacy the signed offer",
                    in: -1,
                    at: 16,
                    contact: 2,
                    category: 2,
                    state: .completed
                ),
                draft(
                    "Call Stacy about the inspection report",
                    in: 0,
                    at: 10,
                    contact: 2,
                    category: 1
                ),
                draft(
                    "Text Greg the times of the viewings",
                    in: 0,
                    at: 15,
                    contact: 3,
                    category: 3
                ),
                draft(
                    "Email Hannah the closing documents",
                    in: 1,
                    at: 9,
                    contact: 10,
                    category: 2,
                    assignee: 10
                ),
                draft("Open house on Alder Street", in: daysUntilSaturday, at: 11, category: 6),
                draft(
                    "Team meeting",
                    in: 0,
                    at: 9,
                    category: 4,
                    rule: "FREQ=WEEKLY;BYDAY=MO,TH"
                ),
                draft(
                    "Call Greg: any news from the bank?",
                    in: 2,
                    at: 14,
                    contact: 3,
                    category: 1,
                    assignee: 2,
                    rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=6"
                ),
                draft(
                    "Email Stacy on her buying anniversary",
                    in: 5,
                    at: 13,
                    contact: 2,
                    category: 2,
                    rule: "FREQ=YEARLY;INTERVAL=1;COUNT=5"
                ),
            ]
        }
    }

    private var daysUntilSaturday: Int {
        // 1970-01-01 was a Thursday, two days before a Saturday.
        (((2 - today.daysSince1970) % 7) + 7) % 7
    }

    private func draft(
        _ title: String,
        in dayCount: Int,
        at hour: Int,
        contact: Int64? = nil,
        category: Int64,
        assignee: Int64 = DemoDirectory.userID,
        state: TaskState = .open,
        rule: String? = nil
    ) throws -> TaskDraft {
        TaskDraft(
            template: TaskTemplate(
                title: title,
                assigneeID: Identifier(assignee),
                contactID: contact.map { Identifier($0) },
                categoryID: Identifier(category),
                reminder: .email
            ),
            due: WallClockTime(
                local: LocalDateTime(
                    today.advanced(byDays: dayCount),
                    secondOfDay: hour * 3600
                ),
                zone: .utc
            ),
            state: state,
            rule: try rule.map { try SeriesRule(parsing: $0) }
        )
    }
}
