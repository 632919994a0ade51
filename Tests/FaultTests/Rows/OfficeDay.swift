import HTTPTypes
import JSON
import ServerTestSupport

/// A request of a place.
struct OfficeRequest: Sendable {
    let method: HTTPRequest.Method
    let path: String
    let token: String
    var body = ""
    /// The idempotency key; none if the request may be carried out again.
    var key: String?
}

/// What a place asks of the server in a day, through both dialects and the server's own API.
enum OfficeDay {
    private static let tasks = "/api/v1/scheduled/tasks"

    private static func recurringTasks(_ place: Place) -> String {
        "/locations/\(place.location)/recurring-tasks"
    }

    /// Makes a single task, a series ahead, one that makes its tasks when they are due, and more.
    static func founding(_ place: Place) -> [OfficeRequest] {
        let task = """
            "assigned_user_id": "\(place.number)", "contact_id": "\(place.number)",
            "category_id": "\(place.number)", "description": "Call", "notes": "At home",
            "reminder_type": 1, "status": "incomplete"
            """
        return [
            OfficeRequest(
                method: .post,
                path: tasks,
                token: place.userToken,
                body: #"{\#(task), "due_at": "2030-01-09T09:00:00"}"#
            ),
            OfficeRequest(
                method: .post,
                path: tasks,
                token: place.userToken,
                body: """
                    {\(task), "due_at": "2030-01-07T09:00:00",
                     "recurrence_rule": "FREQ=DAILY;COUNT=6"}
                    """
            ),
            OfficeRequest(
                method: .post,
                path: tasks,
                token: place.userToken,
                body: """
                    {\(task), "due_at": "2030-01-07T09:00:00", "recurrence_rule": "FREQ=MONTHLY"}
                    """
            ),
            OfficeRequest(
                method: .post,
                path: recurringTasks(place),
                token: place.locationToken,
                body: """
                    {"title": "Water", "description": "All of them",
                     "contactIds": ["\(place.contact)"], "owners": ["\(place.user)"],
                     "ignoreTaskCreation": true,
                     "rruleOptions": {"intervalType": "daily", "interval": 1,
                        "dueAfterSeconds": 600, "createTaskIfOverDue": false,
                        "startDate": "2030-01-07T10:00:00.000Z"}}
                    """
            ),
            OfficeRequest(
                method: .post,
                path: "/contacts/\(place.contact)/tasks",
                token: place.locationToken,
                body: """
                    {"title": "Visit", "dueDate": "2030-01-10T10:00:00Z", "completed": false,
                     "assignedTo": "\(place.user)"}
                    """
            ),
            OfficeRequest(
                method: .post,
                path: "/api/v1/task-categories",
                token: place.userToken,
                body: #"{"name": "Viewing"}"#
            ),
            keyed(place),
        ]
    }

    /// Makes a task that nobody makes again, through the server's own API.
    private static func keyed(_ place: Place) -> OfficeRequest {
        OfficeRequest(
            method: .post,
            path: "/v1/tasks",
            token: place.userToken,
            body: """
                {"title": "Sweep", "due": {"local": "2030-01-11T09:00:00"}, "priority": 2,
                 "tags": ["home"], "reminders": [{"before": "PT1H", "channel": "email"}]}
                """,
            key: "founding"
        )
    }

    /// What is done to a task by its number, once.
    static func actions(_ place: Place, task id: String) -> [OfficeRequest] {
        [
            ("snooze", #"{"for": "PT1H"}"#), ("skip", #"{"reason": "It rains"}"#),
        ].map { action, body in
            OfficeRequest(
                method: .post,
                path: "/v1/tasks/\(id)/\(action)",
                token: place.userToken,
                body: body
            )
        }
    }

    static func reading(_ place: Place) -> [OfficeRequest] {
        [
            OfficeRequest(
                method: .get,
                path: "\(tasks)?$limit=2&$sort[due_at]=1",
                token: place.userToken
            ),
            OfficeRequest(
                method: .get,
                path: "\(tasks)?$limit=5&due_at[$lt]=2031-06-01&notes=At%20home",
                token: place.userToken
            ),
            OfficeRequest(
                method: .get,
                path: "/api/v1/scheduled/events?$sort[single_due_at]=1",
                token: place.userToken
            ),
            OfficeRequest(method: .get, path: "/api/v1/task-categories", token: place.userToken),
            OfficeRequest(
                method: .get,
                path: "/v1/tasks?state=open,complete,skipped,deleted&sort=-due",
                token: place.userToken
            ),
            OfficeRequest(
                method: .post,
                path: "/locations/\(place.location)/tasks/search",
                token: place.locationToken,
                body: #"{"contactId": ["\#(place.contact)"], "assignedTo": ["\#(place.user)"]}"#
            ),
            OfficeRequest(
                method: .post,
                path: "/locations/\(place.location)/tasks/search",
                token: place.locationToken,
                body: #"{"limit": 100}"#
            ),
        ]
    }

    /// Lists whose records are changed one by one.
    static func lists(_ place: Place) -> [OfficeRequest] {
        [
            OfficeRequest(
                method: .get,
                path: "\(tasks)?$limit=3&$sort[id]=1",
                token: place.userToken
            ),
            OfficeRequest(method: .get, path: recurringTasks(place), token: place.locationToken),
            OfficeRequest(
                method: .get,
                path: "/contacts/\(place.contact)/tasks",
                token: place.locationToken
            ),
        ]
    }

    /// Looks at the records of a list, and changes them.
    static func changes(of list: Answer, in place: Place) -> [OfficeRequest] {
        let users = list.objects("data").compactMap { $0["id"]?.string }
        let series = list.objects("recurringTasks").compactMap { $0["id"]?.string }
        let contacts = list.objects("tasks").prefix(2).compactMap { $0["id"]?.string }
        return users.flatMap { id in
            [
                OfficeRequest(method: .get, path: "\(tasks)/\(id)", token: place.userToken),
                OfficeRequest(
                    method: .patch,
                    path: "\(tasks)/\(id)",
                    token: place.userToken,
                    body: #"{"status": "complete"}"#
                ),
                OfficeRequest(
                    method: .patch,
                    path: "\(tasks)/\(id)",
                    token: place.userToken,
                    body: #"{"notes": "At the office", "update_type": 2}"#
                ),
            ]
        }
            + series.flatMap { id in
                let path = "\(recurringTasks(place))/\(id)"
                return [
                    OfficeRequest(method: .get, path: path, token: place.locationToken),
                    OfficeRequest(
                        method: .put,
                        path: path,
                        token: place.locationToken,
                        body: #"{"title": "Water twice"}"#
                    ),
                ]
            }
            + contacts.flatMap { id in
                let path = "/contacts/\(place.contact)/tasks/\(id)"
                return [
                    OfficeRequest(method: .get, path: path, token: place.locationToken),
                    OfficeRequest(
                        method: .put,
                        path: "\(path)/completed",
                        token: place.locationToken,
                        body: #"{"completed": true}"#
                    ),
                ]
            }
    }
}
