import DatabaseTestSupport
import JSON
import Recurrence
import ServerTestSupport
import Storage
import SystemZones
import Tasks
import TestSupport

/// A task or a series as a test says it.
struct Said: Sendable {
    var title = "Call"
    /// On the clocks of the office.
    var due = "2026-12-01T09:00:00"
    var rule: String?
    var state = TaskState.open
    var creator: Int64? = 1
    var assignee: Int64? = 1
    var contact: Int64?
    var category: Int64?
}

extension TestServer {
    /// Stores a task, or a series, as a dialect does.
    ///
    /// - Returns: The task, or the first of the series.
    func make(_ said: Said) async throws -> TaskInstance {
        let zone = try zones.zone(named: "America/Los_Angeles")
        guard
            case .local(let local, _)? = CalendarText(
                parsing: said.due,
                in: .extended,
                allowing: .localTimes
            )
        else { throw Unsaid() }
        let draft = TaskDraft(
            template: TaskTemplate(
                title: said.title,
                assigneeID: said.assignee.map { Identifier($0) },
                contactID: said.contact.map { Identifier($0) },
                categoryID: said.category.map { Identifier($0) }
            ),
            due: WallClockTime(local: local, zone: zone),
            state: said.state,
            rule: try said.rule.map { try SeriesRule(parsing: $0) }
        )
        let planner = TaskPlanner(horizon: Horizon(), now: clock.now)
        let creatorID = said.creator.map { Identifier<User>($0) }
        // Whom a user may not refer to may come into a task by another way.
        let entry = try await store.create(
            References(),
            by: Actor(locationID: LocationID(TestOffice.location), userID: nil),
            at: clock.now
        ) { _, numbers in
            try planner.plan(creating: draft, by: creatorID, numbers: &numbers)
        }
        return entry.task
    }

    /// Follows the cursors of a list to its end.
    ///
    /// - Returns: The identifiers of the records of each page.
    func pages(_ path: String, _ name: String, as caller: Caller = .ana) async throws -> [[String]]
    {
        var pages: [[String]] = []
        var cursor: String?
        repeat {
            let mark = path.contains("?") ? "&" : "?"
            let page = try await get(
                path + (cursor.map { "\(mark)cursor=\($0)" } ?? ""),
                as: caller
            )
            pages.append(page.ids(name))
            cursor = page["nextCursor"]?.string
        } while cursor != nil && pages.count < 1000
        return pages
    }
}

/// A test says something that cannot be read.
struct Unsaid: Error {}
