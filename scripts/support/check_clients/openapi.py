"""The Python client gohighlevel-api, which is made from HighLevel's OpenAPI description."""

from check_clients.harness import expect, server_of
from check_highlevel.office import CONTACTS, TOKEN, USERS
from gohighlevel_api import AuthenticatedClient
from gohighlevel_api.api.tasks import (
    create_task,
    delete_task,
    get_all_tasks,
    get_task,
    update_task,
    update_task_completed,
)
from gohighlevel_api.models.create_task_params import CreateTaskParams
from gohighlevel_api.models.update_task_body import UpdateTaskBody
from gohighlevel_api.models.update_task_status_params import UpdateTaskStatusParams

VERSION = "2021-07-28"


def check(client):
    contact = CONTACTS[0]
    created = create_task.sync(
        contact,
        client=client,
        version=VERSION,
        body=CreateTaskParams(
            completed=False,
            due_date="2030-10-25T11:00:00Z",
            title="First Task",
            assigned_to=USERS[0],
        ),
    ).task
    expect("due_date", created.due_date, "2030-10-25T11:00:00.000Z")
    names = {"contact_id": contact, "task_id": created.id, "client": client, "version": VERSION}

    changed = update_task.sync(**names, body=UpdateTaskBody(title="Renamed")).task
    expect("title", changed.title, "Renamed")
    # Reads the task, changes it, and sends all of it back.
    read = get_task.sync(**names).task.to_dict()
    whole = UpdateTaskBody.from_dict(read | {"body": "At noon"})
    expect("body", update_task.sync(**names, body=whole).task.body, "At noon")
    done = update_task_completed.sync(**names, body=UpdateTaskStatusParams(completed=True)).task
    expect("completed", done.completed, True)
    listed = get_all_tasks.sync(contact, client=client, version=VERSION).tasks
    expect("tasks", [task.id for task in listed], [created.id])
    expect("succeeded", delete_task.sync(**names).succeded, True)


if __name__ == "__main__":
    with server_of("openapi") as server:
        with AuthenticatedClient(
            base_url=server.url, token=TOKEN, raise_on_unexpected_status=True
        ) as client:
            check(client)
    print("gohighlevel-api: all calls came back with what they should")
