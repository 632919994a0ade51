"""Uses recurring tasks, a contact's tasks and the task search through HighLevel's own client."""

import argparse
import asyncio

from check_highlevel.office import (
    CONTACTS,
    LOCATION,
    NO_LIMITS,
    TOKEN,
    USERS,
    OTHER_LOCATION,
    office_server,
)
from highlevel import HighLevel
from highlevel.error import GHLError

RULE = {
    "intervalType": "weekly",
    "interval": 2,
    "startDate": "2031-01-06T10:00:00.000Z",
    "dayOfWeek": "MO",
    "count": 10,
    "dueAfterSeconds": 3600,
}


def client_of(server):
    """Makes the client, which has no option for another address than HighLevel's."""

    class LocalHighLevel(HighLevel):
        BASE_URL = server.url

    return LocalHighLevel(private_integration_token=TOKEN, log_level="none")


def expect(found, **expected):
    """Compares some members of an object with what they should be."""
    for name, value in expected.items():
        if found.get(name) != value:
            raise SystemExit(f"{name} is {found.get(name)!r} and not {value!r} in {found}")


async def expect_refusal(call, status, words):
    try:
        answer = await call
    except GHLError as error:
        if error.status_code != status or words not in error.message:
            raise SystemExit(f"refused with {error.status_code}: {error.message}") from None
    else:
        raise SystemExit(f"not refused: {answer}")


async def check_recurring_tasks(client):
    """Creates a recurring task, shows it, changes it and ends it."""
    locations = client.locations
    created = await locations.create_recurring_task(
        LOCATION,
        {
            "title": "Call Stacy",
            "description": "Ask about the viewing.",
            "contactIds": CONTACTS,
            "owners": USERS,
            "rruleOptions": RULE,
        },
    )
    task = created["recurringTask"]
    expect(
        task,
        title="Call Stacy",
        description="Ask about the viewing.",
        locationId=LOCATION,
        assignedTo=USERS[0],
        contactId=CONTACTS[0],
        rruleOptions={**RULE, "createTaskIfOverDue": False},
        totalOccurrence=1,
        deleted=False,
    )
    shown = await locations.get_recurring_task_by_id(task["id"], LOCATION)
    if shown["recurringTask"] != task:
        raise SystemExit(f"created as {task}, shown as {shown['recurringTask']}")

    changed = await locations.update_recurring_task(
        task["id"], LOCATION, {"title": "Write to Stacy", "contactIds": [CONTACTS[1]]}
    )
    expect(
        changed["recurringTask"],
        id=task["id"],
        title="Write to Stacy",
        description="Ask about the viewing.",
        contactId=CONTACTS[1],
        rruleOptions=task["rruleOptions"],
        totalOccurrence=1,
    )
    ended = await locations.delete_recurring_task(task["id"], LOCATION)
    expect(ended, id=task["id"], success=True)
    await expect_refusal(
        locations.get_recurring_task_by_id(task["id"], LOCATION), 400, "not found"
    )
    return task["id"]


async def check_made_tasks(client, recurring_task_id):
    """The recurring task made a task for each contact at once, which outlives it."""
    for contact in CONTACTS:
        listed = await client.contacts.get_all_tasks(contact)
        made = [each for each in listed["tasks"] if each["recurringTaskId"] == recurring_task_id]
        if len(made) != 1:
            raise SystemExit(f"{len(made)} tasks were made for {contact}: {listed}")
        expect(
            made[0],
            title="Call Stacy",
            body="Ask about the viewing.",
            assignedTo=USERS[0],
            contactId=contact,
            dueDate="2031-01-06T11:00:00.000Z",
            completed=False,
        )


async def check_contact_tasks(client):
    """Creates a contact's task, shows it, changes it, completes it, finds it and deletes it."""
    contacts = client.contacts
    contact = CONTACTS[0]
    created = await contacts.create_task(
        contact,
        {
            "title": "First Task",
            "body": "Bring the keys.",
            "dueDate": "2030-10-25T11:00:00Z",
            "completed": False,
            "assignedTo": USERS[1],
        },
    )
    task = created["task"]
    expect(
        task,
        title="First Task",
        body="Bring the keys.",
        dueDate="2030-10-25T11:00:00.000Z",
        completed=False,
        assignedTo=USERS[1],
        contactId=contact,
    )
    shown = await contacts.get_task(contact, task["id"])
    if shown["task"] != task:
        raise SystemExit(f"created as {task}, shown as {shown['task']}")
    changed = await contacts.update_task(contact, task["id"], {"title": "Renamed", "body": ""})
    expect(changed["task"], title="Renamed", dueDate=task["dueDate"], assignedTo=USERS[1])
    completed = await contacts.update_task_completed(contact, task["id"], {"completed": True})
    expect(completed["task"], title="Renamed", completed=True)

    await check_search(client, task["id"])
    deleted = await contacts.delete_task(contact, task["id"])
    expect(deleted, succeeded=True, succeded=True)
    await expect_refusal(contacts.get_task(contact, task["id"]), 400, "not found")
    found = await client.locations.task_search(LOCATION, {"query": "renamed"})
    if found["tasks"]:
        raise SystemExit(f"deleted, and found: {found}")


async def check_search(client, task_id):
    locations = client.locations
    found = await locations.task_search(
        LOCATION,
        {
            "contactId": [CONTACTS[0]],
            "assignedTo": [USERS[1]],
            "completed": True,
            "query": "RENAMED",
            "limit": 10,
            "skip": 0,
        },
    )
    if len(found["tasks"]) != 1:
        raise SystemExit(f"{len(found['tasks'])} tasks instead of 1: {found}")
    expect(
        found["tasks"][0],
        _id=task_id,
        id=task_id,
        title="Renamed",
        completed=True,
        contactId=CONTACTS[0],
        locationId=LOCATION,
        status="completed",
    )
    opened = await locations.task_search(LOCATION, {"query": "renamed", "completed": False})
    if opened["tasks"]:
        raise SystemExit(f"completed, and found as open: {opened}")


async def check_refusals(client):
    """The client gives its user the text of a refusal."""
    locations = client.locations
    await expect_refusal(
        locations.create_recurring_task(LOCATION, {"title": "No rule"}),
        422,
        "rruleOptions should not be empty",
    )
    await expect_refusal(
        locations.task_search(OTHER_LOCATION, {}),
        403,
        "The token does not have access to this location.",
    )
    await expect_refusal(client.contacts.get_all_tasks("nobody"), 400, "not found")


async def check(server):
    client = client_of(server)
    try:
        recurring_task_id = await check_recurring_tasks(client)
        await check_made_tasks(client, recurring_task_id)
        await check_contact_tasks(client)
        await check_refusals(client)
    finally:
        await client.http_client.aclose()


def main():
    parser = argparse.ArgumentParser(prog="check-highlevel sdk")
    parser.add_argument("--binary", required=True)
    arguments = parser.parse_args()
    with office_server(arguments.binary, *NO_LIMITS) as server:
        asyncio.run(check(server))
    print("HighLevel's client: all eleven calls came back with what they should")


if __name__ == "__main__":
    main()
