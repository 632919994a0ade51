"""What clients that are not run here send, in our words: one request each, as it was seen.

In paths and bodies, CONTACT, LOCATION, USER, TASK and SERIES stand for identifiers of HighLevel's
dialect, ROW and OTHER_ROW for identifiers of LionDesk's.
"""

from dataclasses import dataclass, field

JSON = "application/json"
FORM = "application/x-www-form-urlencoded; charset=UTF-8"


@dataclass(frozen=True)
class Replay:
    client: str
    method: str
    path: str
    body: object = None
    status: int = 200
    # Members of the answer, by their dotted names.
    members: dict = field(default_factory=dict)
    content_type: str = JSON
    headers: dict = field(default_factory=dict)


TASKS = "/contacts/CONTACT/tasks"
SEARCH = "/locations/LOCATION/tasks/search"
SERIES = "/locations/LOCATION/recurring-tasks"
ROWS = "/api/v1/scheduled/tasks"

WHEN = "2030-10-25T11:00:00Z"
RULE = {
    "intervalType": "weekly",
    "interval": 1,
    "startDate": "2031-01-06T10:00:00.000Z",
    "dayOfWeek": "MO",
    "dueAfterSeconds": 3600,
}
NEW_TASK = {"title": "Call Stacy", "dueDate": WHEN, "completed": False}
NEW_ROW = {
    "assigned_user_id": "1",
    "due_at": "2030-01-07T09:00:00",
    "description": "Call Stacy",
    "status": "incomplete",
}

# n8n ends its paths with a slash, looks users up for its menus, and fills in what it did not read.
N8N = [
    Replay("n8n", "GET", "/users/?locationId=LOCATION"),
    Replay("n8n", "GET", "/contacts/?locationId=LOCATION&limit=20"),
    Replay("n8n", "POST", f"{TASKS}/", NEW_TASK, 201, {"task.title": "Call Stacy"}),
    Replay("n8n", "POST", f"{TASKS}/", NEW_TASK | {"assignedTo": "", "body": ""}, 201),
    Replay("n8n", "GET", f"{TASKS}/?limit=20"),
    Replay("n8n", "GET", f"{TASKS}/TASK/", members={"task.id": "TASK"}),
    Replay(
        "n8n",
        "PUT",
        f"{TASKS}/TASK/",
        {"completed": True, "dueDate": None},
        members={"task.completed": True, "task.dueDate": "2030-10-25T11:00:00.000Z"},
    ),
    Replay(
        "n8n",
        "PUT",
        f"{TASKS}/TASK/",
        {"status": "incompleted", "title": "Renamed", "dueDate": WHEN},
        members={"task.title": "Renamed"},
    ),
]

ACTIVEPIECES = [
    Replay("Activepieces", "GET", "/contacts/?locationId=LOCATION"),
    Replay("Activepieces", "GET", "/users/?locationId=LOCATION"),
    Replay("Activepieces", "GET", TASKS),
    Replay(
        "Activepieces",
        "POST",
        TASKS,
        NEW_TASK | {"body": "At noon", "assignedTo": "USER"},
        201,
        {"task.assignedTo": "USER"},
    ),
    Replay(
        "Activepieces",
        "PUT",
        f"{TASKS}/TASK",
        NEW_TASK | {"status": "completed", "assignedTo": "USER"},
    ),
]

# Servers of the Model Context Protocol: the words of a language model, more or less checked.
MCP = [
    Replay("MCP servers", "GET", "/locations/LOCATION", members={"location.id": "LOCATION"}),
    Replay("MCP servers", "GET", "/contacts/CONTACT", members={"contact.id": "CONTACT"}),
    Replay("MCP servers", "GET", "/users/USER", members={"id": "USER"}),
    Replay("MCP servers", "GET", "/locations/LOCATION/tasks"),
    Replay("MCP servers", "GET", f"{TASKS}?limit=20&offset=0"),
    Replay("MCP servers", "GET", f"{TASKS}?limit=20&skip=0"),
    Replay("MCP servers", "POST", TASKS, NEW_TASK | {"contactId": "CONTACT"}, 201),
    Replay("MCP servers", "PUT", f"{TASKS}/TASK", {"title": "Renamed", "assignedTo": ""}),
    Replay("MCP servers", "PUT", f"{TASKS}/TASK/completed", {"completed": "true"}),
    Replay("MCP servers", "PUT", f"{TASKS}/TASK/completed", {"completed": True}),
    Replay(
        "MCP servers",
        "POST",
        SEARCH,
        {"contactId": ["CONTACT"], "completed": False, "assignedTo": ["USER"], "query": ""},
    ),
    Replay("MCP servers", "POST", SEARCH, {"limit": "25", "skip": "0", "businessId": ""}),
    Replay("MCP servers", "POST", SEARCH, {"limit": 1000, "skip": 0}),
    Replay("MCP servers", "POST", SEARCH, {"limit": 1001}, 422),
    Replay("MCP servers", "POST", SEARCH, {"overdue": True, "page": 1, "pageLimit": 20}),
    Replay(
        "MCP servers",
        "POST",
        SEARCH,
        {"dueDate": {"gte": WHEN}, "sortKey": "dueDate", "sortDirection": "asc"},
    ),
    Replay("MCP servers", "POST", SEARCH, {"nonsense": True}, 422),
    Replay("MCP servers", "POST", SERIES, {"title": "Water", "rruleOptions": RULE}, 201),
    Replay("MCP servers", "PUT", f"{SERIES}/SERIES", {"title": "Water them"}),
    Replay("MCP servers", "GET", f"{SERIES}/SERIES", members={"recurringTask.id": "SERIES"}),
    Replay(
        "MCP servers",
        "POST",
        SERIES,
        {"title": "Water", "rruleOptions": RULE | {"interval": "1"}},
        422,
    ),
]

FRONT_END = [
    Replay(
        "HighLevel's own pages",
        "POST",
        SERIES,
        {
            "title": "Water",
            "description": "",
            "contactIds": ["CONTACT"],
            "owners": ["USER"],
            "rruleOptions": RULE | {"count": None, "endDate": None},
            "ignoreTaskCreation": True,
        },
        201,
    ),
    Replay("HighLevel's own pages", "POST", SEARCH, {"count": None, "completed": None}),
]

# PHP writes an object without members as an empty list.
PHP = [
    Replay("PHP", "POST", SEARCH, []),
    Replay("PHP", "PUT", f"{TASKS}/TASK", []),
    Replay(
        "PHP",
        "POST",
        ROWS,
        "assigned_user_id=1&due_at=2030-01-07+09%3A00%3A00&description=Call+Stacy"
        "&status=incomplete&is_all_day=1&contact_id=",
        201,
        {"is_all_day": True},
        FORM,
    ),
]

FEATHERS = [
    Replay("Feathers", "GET", f"{ROWS}?%24limit=10&%24skip=0&%24sort%5Bdue_at%5D=-1"),
    Replay(
        "Feathers",
        "GET",
        f"{ROWS}?id%5B%24in%5D%5B0%5D=ROW&id%5B%24in%5D%5B1%5D=OTHER_ROW&%24select%5B0%5D=id",
        members={"total": 2},
    ),
    Replay("Feathers", "GET", f"{ROWS}/ROW", members={"id": "ROW"}),
    Replay("Feathers", "POST", ROWS, NEW_ROW, 201),
    Replay("Feathers", "PATCH", f"{ROWS}/ROW?update_type=1", NEW_ROW | {"notes": "At noon"}),
    Replay("Feathers", "PUT", f"{ROWS}/ROW", NEW_ROW, members={"description": "Call Stacy"}),
    Replay("Feathers", "PATCH", ROWS, NEW_ROW, 405, {"className": "method-not-allowed"}),
    Replay("Feathers", "GET", "/api/v1/me", members={"id": "1"}),
    Replay("Feathers", "GET", "/api/v1/users?%24limit=50"),
    Replay("Feathers", "GET", "/api/v1/contacts?%24limit=50"),
    Replay("Feathers", "GET", "/api/v1/nosuch", status=404, members={"className": "not-found"}),
]

REACT_ADMIN = [
    Replay(
        "ra-data-feathers",
        "GET",
        f"{ROWS}?%24limit=25&%24skip=0&%24sort%5Bid%5D=%22DESC%22",
    ),
    Replay("ra-data-feathers", "GET", f"{ROWS}?%24limit=25&%24skip=0&%24sort%5Bid%5D=-1"),
    Replay(
        "ra-data-feathers",
        "GET",
        f"{ROWS}?id%5B%24in%5D%5B%5D=ROW&%24limit=1",
        members={"total": 1},
    ),
    Replay(
        "ra-data-feathers",
        "GET",
        f"{ROWS}?assigned_user_id=1&%24limit=100&%24skip=0&%24sort%5Bdue_at%5D=1",
    ),
]

JQUERY_FIELDS = {"X-Requested-With": "XMLHttpRequest", "Accept": "*/*"}
JQUERY = [
    Replay("jQuery", "GET", f"{ROWS}?status=incomplete&_=1796000000000", headers=JQUERY_FIELDS),
    Replay("jQuery", "GET", f"{ROWS}/ROW?_=1796000000001", headers=JQUERY_FIELDS),
    Replay(
        "jQuery",
        "POST",
        ROWS,
        "assigned_user_id=1&due_at=2030-01-07T09%3A00%3A00&description=Call+Stacy"
        "&status=incomplete&is_all_day=false",
        201,
        {"is_all_day": False, "description": "Call Stacy"},
        FORM,
        JQUERY_FIELDS,
    ),
    Replay(
        "jQuery",
        "PATCH",
        f"{ROWS}/ROW",
        "assigned_user_id=1&due_at=2030-01-07T09%3A00%3A00&description=Done&status=complete",
        members={"status": "complete"},
        content_type=FORM,
        headers=JQUERY_FIELDS,
    ),
]

# Python's libraries write a truth value into a form as Python itself does.
PYTHON_FORMS = [
    Replay(
        "Python's forms",
        "POST",
        ROWS,
        "assigned_user_id=1&due_at=2030-01-07&description=Call&status=incomplete&is_all_day=True",
        201,
        {"is_all_day": True},
        FORM,
    ),
]

REPLAYS = (
    N8N
    + ACTIVEPIECES
    + MCP
    + FRONT_END
    + PHP
    + FEATHERS
    + REACT_ADMIN
    + JQUERY
    + PYTHON_FORMS
)
