"""Asks every operation of HighLevel's dialect, well and badly, and compares each answer with an
OpenAPI description."""

import argparse
import collections

from check_highlevel import office
from check_highlevel.bad_bodies import bad_bodies
from check_highlevel.description import Description
from check_highlevel.office import (
    CONTACTS,
    LOCATION,
    NO_LIMITS,
    OTHER_CONTACT,
    OTHER_LOCATION,
    OTHER_USER,
    RECURRING_TASK,
    TASK,
    USERS,
    Caller,
    office_server,
)

FINDING_LIMIT = 20

# A name of the right form that does not exist, and one of a wrong form.
UNKNOWN_IDS = ["sx6wyHhbFdRXh302Lunr", "nothing"]

DATE = "2030-10-25T11:00:00Z"

DAILY = RECURRING_TASK["rruleOptions"]
RULES = [
    DAILY,
    {**DAILY, "intervalType": "hourly", "count": 550, "createTaskIfOverDue": True},
    {**DAILY, "intervalType": "weekly", "interval": 2, "dayOfWeek": "MO"},
    {**DAILY, "intervalType": "monthly", "dayOfMonth": 31, "endDate": "2031-09-30T00:00:00Z"},
    {**DAILY, "intervalType": "yearly", "monthOfYear": 2, "dayOfMonth": 29},
    {**DAILY, "startDate": "2021-09-30"},
]

# The bodies that each operation takes; the first has every property.
GOOD_BODIES = {
    "create-recurring-task": [RECURRING_TASK]
    + [{"title": "Another", "rruleOptions": rule} for rule in RULES],
    "update-recurring-task": [
        RECURRING_TASK,
        {},
        {"contactIds": [], "owners": []},
        {"rruleOptions": RULES[3], "ignoreTaskCreation": True},
        {"title": None, "owners": None, "rruleOptions": {**DAILY, "count": None}, "id": "x"},
    ],
    "task-search": [
        {
            "contactId": CONTACTS,
            "completed": False,
            "assignedTo": USERS,
            "query": "KEYS",
            "limit": 500,
            "skip": 0,
            "businessId": "a" * 24,
            "overdue": False,
            "unAssigned": False,
            "dueDate": {"gt": DATE, "gte": DATE, "lt": DATE, "lte": DATE},
            "startDate": DATE,
            "endDate": DATE,
            "sortKey": "dueDate",
            "sortDirection": "asc",
            "page": 1,
            "pageLimit": 500,
            "count": True,
        },
        {},
        [],
        {"limit": "1000", "skip": "0", "completed": "false", "businessId": "", "endDate": None},
        {"sortKey": "title", "sortDirection": "DESC", "unAssigned": True, "dueDate": []},
        {"limit": 1, "skip": 1},
        {"contactId": UNKNOWN_IDS},
    ],
    "create-task": [TASK, {"title": "Second", "dueDate": "2020-10-25", "completed": True}],
    "update-task": [
        TASK,
        {},
        {"title": "Renamed"},
        {"body": ""},
        {"completed": "true", "dueDate": None, "assignedTo": ""},
        {"status": "to_do", "contactId": [CONTACTS[0]], "id": "x", "deleted": False},
    ],
    "update-task-completed": [{"completed": True}, {"completed": False}, {"completed": "true"}],
}

SUCCESSES = {"create-recurring-task": 201, "create-task": 201}

# Credentials that are refused: a token and a version each.
STRANGERS = [
    (None, "v3"),
    ("", "v3"),
    (office.UNKNOWN_TOKEN, "v3"),
    ("eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl", "v3"),
    (office.EXPIRED_TOKEN, "v3"),
    (office.SCOPELESS_TOKEN, "v3"),
    (office.TOKEN, None),
    (office.TOKEN, "2019-01-01"),
]

# Bodies that are no JSON objects.
NO_OBJECTS = ["{", "[1]", '"text"', "null", b'{"title": "\xff"}', "[" * 10_000]

LIMIT_FIELDS = [
    "X-RateLimit-Limit-Daily",
    "X-RateLimit-Daily-Remaining",
    "X-RateLimit-Interval-Milliseconds",
    "X-RateLimit-Max",
    "X-RateLimit-Remaining",
]


class Check:
    """Compares a server's answers with a description."""

    def __init__(self, description):
        self.description = description
        self.answer_count = 0
        self.undescribed = collections.Counter()
        self.findings = []
        self.caller = None

    def check_operations(self, server):
        self.caller = Caller(server.connect())
        for operation in self.description.operations.values():
            for version in operation.versions:
                self.check_good_requests(operation, version)
                self.check_strangers(operation, version)
            # The rules for bodies are the same in every version.
            if operation.body:
                self.check_bad_bodies(operation, operation.versions[-1])

    def check_good_requests(self, operation, version):
        for body in GOOD_BODIES.get(operation.name, [None]):
            success = SUCCESSES.get(operation.name, 200)
            self.ask(operation, self.living_ids(), body, version, {success})

    def check_strangers(self, operation, version):
        """Sends bad requests, and asks for objects that do not exist or belong to others."""
        ids, body = self.living_ids(), GOOD_BODIES.get(operation.name, [None])[0]
        for token, strange_version in STRANGERS:
            self.ask(operation, ids, body, strange_version, {401}, token)
        refusal = {403} if operation.is_of_location else {400}
        self.ask(operation, ids, body, version, refusal, office.OTHER_LOCATIONS_TOKEN)
        for name in operation.path_names:
            refusal = {403} if name == "locationId" else {400}
            strangers = {
                "locationId": [OTHER_LOCATION],
                "contactId": [OTHER_CONTACT],
                "userId": [OTHER_USER],
            }
            for unknown in UNKNOWN_IDS + strangers.get(name, []):
                self.ask(operation, {**ids, name: unknown}, body, version, refusal)

    def check_bad_bodies(self, operation, version):
        ids, good = self.living_ids(), GOOD_BODIES[operation.name][0]
        for no_object in NO_OBJECTS:
            self.ask(operation, ids, no_object, version, {400})
        self.ask(operation, ids, {"title": "x" * (1 << 20)}, version, {413})
        for body, refusal in bad_bodies(self.description, operation.body, good):
            self.ask(operation, ids, body, version, refusal)

    def check_limits(self, server):
        """Asks a server that admits one request in an interval; two of four are refused at least,
        as an interval may end meanwhile."""
        self.caller = Caller(server.connect())
        ids = {
            "locationId": LOCATION,
            "contactId": CONTACTS[0],
            "userId": USERS[0],
            "id": "none",
            "taskId": "none",
        }
        for operation in self.description.operations.values():
            answers = [
                self.ask(operation, ids, {}, operation.versions[0], {200, 400, 422, 429})
                for _ in range(4)
            ]
            if [answer.status for answer in answers].count(429) < 2:
                self.findings.append(f"{operation.name}: the limit is not kept")
            for answer in answers:
                for name in LIMIT_FIELDS:
                    if not answer.headers.get(name, "").isdecimal():
                        self.findings.append(f"{operation.name}: {name} is missing\n    {answer}")

    def living_ids(self):
        """Creates the objects that paths name, and returns their names."""
        return {
            "locationId": LOCATION,
            "contactId": CONTACTS[0],
            "userId": USERS[0],
            "id": self.caller.make_recurring_task(),
            "taskId": self.caller.make_task(),
        }

    def ask(self, operation, ids, body, version, expected, token=office.TOKEN):
        """Sends a request and checks the answer, which has one of the expected statuses."""
        path = operation.path(ids)
        sent_body = body if operation.body else None
        answer = self.caller.send(operation.method, path, sent_body, token, version)
        self.answer_count += 1
        findings, is_described = operation.findings(answer)
        if not is_described:
            self.undescribed[answer.status] += 1
            if self.description.is_own:
                findings.append("the status is not described")
        if answer.status not in expected:
            findings.append(f"the status is not {' or '.join(map(str, sorted(expected)))}")
        for finding in findings:
            sent = f"{operation.method} {path}, Version {version}: {str(sent_body)[:300]}"
            self.findings.append(f"{operation.name}: {finding}\n    {sent}\n    {answer}")
        return answer


def main():
    parser = argparse.ArgumentParser(prog="check-highlevel schemas")
    parser.add_argument("--binary", required=True)
    parser.add_argument("--openapi", action="append", required=True)
    arguments = parser.parse_args()
    found = False
    for path in arguments.openapi:
        check = Check(Description(path))
        with office_server(arguments.binary, *NO_LIMITS) as server:
            check.check_operations(server)
        with office_server(arguments.binary, "--rate-limit", "1") as server:
            check.check_limits(server)
        for finding in check.findings[:FINDING_LIMIT]:
            print(f"{finding}\n")
        undescribed = sum(check.undescribed.values())
        print(
            f"{path}: {len(check.description.operations)} operations, "
            f"{check.answer_count} answers, {len(check.findings)} differences; "
            f"{undescribed} answers of statuses that it does not describe"
            + (f" ({', '.join(map(str, sorted(check.undescribed)))})" if undescribed else "")
        )
        found = found or bool(check.findings)
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
