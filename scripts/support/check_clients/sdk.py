"""HighLevel's Python client, with its models as they write themselves: unset fields are null."""

import asyncio

from check_clients.harness import expect, server_of
from check_highlevel.office import CONTACTS, LOCATION, TOKEN, USERS
from highlevel import HighLevel
from highlevel.services.contacts.models.contacts import (
    CreateTaskParams,
    TasksListSuccessfulResponseDto,
    TaskSchema,
    UpdateTaskBody,
    UpdateTaskStatusParams,
)
from highlevel.services.locations.models.locations import (
    RecurringTaskCreateDTO,
    RecurringTaskResponseDTO,
    RecurringTaskUpdateDTO,
    TaskSearchParamsDto,
)

RULE = {
    "intervalType": "monthly",
    "interval": 1,
    "startDate": "2031-01-31T17:00:00.000Z",
    "dayOfMonth": 31,
    "count": None,
    "endDate": None,
    "dueAfterSeconds": 3600,
}


async def check_contact_tasks(contacts):
    created = await contacts.create_task(
        CONTACTS[0],
        CreateTaskParams(
            title="Call Stacy", dueDate="2030-10-25T11:00:00Z", completed=False
        ).model_dump(),
    )
    task = TaskSchema.model_validate(created["task"])
    expect("assignedTo of a task of nobody", task.assignedTo or None, None)

    changed = await contacts.update_task(
        CONTACTS[0],
        task.id,
        UpdateTaskBody(title="Call her again", assignedTo=USERS[0]).model_dump(),
    )
    task = TaskSchema.model_validate(changed["task"])
    expect("title", task.title, "Call her again")
    expect("assignedTo", task.assignedTo, USERS[0])

    # The whole task as it was read, with one change.
    read = await contacts.get_task(CONTACTS[0], task.id)
    whole = TaskSchema.model_validate(read["task"]).model_copy(update={"body": "At noon"})
    changed = await contacts.update_task(CONTACTS[0], task.id, whole.model_dump())
    expect("body", changed["task"]["body"], "At noon")

    await contacts.update_task_completed(
        CONTACTS[0], task.id, UpdateTaskStatusParams(completed=True).model_dump()
    )
    listed = TasksListSuccessfulResponseDto.model_validate(
        await contacts.get_all_tasks(CONTACTS[0])
    )
    expect("completed", [row.completed for row in listed.tasks if row.id == task.id], [True])
    return task.id


async def check_search(locations, task_id):
    for body in [
        TaskSearchParamsDto(contactId=[CONTACTS[0]], completed=True),
        TaskSearchParamsDto(query="again", limit=25, skip=0),
        TaskSearchParamsDto(),
    ]:
        found = await locations.task_search(LOCATION, body.model_dump())
        names = [row["_id"] for row in found["tasks"]]
        expect(f"whether {body} finds the task", task_id in names, True)


async def check_recurring_tasks(locations):
    created = await locations.create_recurring_task(
        LOCATION,
        RecurringTaskCreateDTO(
            title="Water the plants", contactIds=[CONTACTS[0]], rruleOptions=RULE
        ).model_dump(),
    )
    series = RecurringTaskResponseDTO.model_validate(created["recurringTask"])
    changed = await locations.update_recurring_task(
        series.id, LOCATION, RecurringTaskUpdateDTO(description="All of them").model_dump()
    )
    expect("description", changed["recurringTask"]["description"], "All of them")
    expect("title", changed["recurringTask"]["title"], "Water the plants")
    deleted = await locations.delete_recurring_task(series.id, LOCATION)
    expect("success", deleted["success"], True)


async def check(server):
    class LocalHighLevel(HighLevel):
        BASE_URL = server.url

    client = LocalHighLevel(private_integration_token=TOKEN, log_level="none")
    try:
        task_id = await check_contact_tasks(client.contacts)
        await check_search(client.locations, task_id)
        await check_recurring_tasks(client.locations)
    finally:
        await client.http_client.aclose()


if __name__ == "__main__":
    with server_of("sdk") as server:
        asyncio.run(check(server))
    print("HighLevel's Python client: its models are taken as they write themselves")
