"""Uses the Python client that was generated from the API's description."""

import argparse

from perennial_client import AuthenticatedClient
from perennial_client.api.default import (
    complete_task,
    create_task,
    create_webhook,
    delete_task,
    get_task,
    issue_token,
    list_changes,
    list_deliveries,
    list_tasks,
    me,
    preview_recurrence,
    patch_task,
    patch_user,
)
from perennial_client.models import (
    PreviewBody,
    RecurrenceBody,
    TaskBody,
    TaskPatch,
    TokenBody,
    UserPatch,
    UserPatchRole,
    WebhookBody,
)

from check_api.office import TOKEN, office_server


def expect(condition, what):
    if not condition:
        raise SystemExit(f"FAILED: {what}")
    print(f"ok: {what}")


def use(client):
    who = me.sync(client=client)
    expect(who.user.name == "Ana Lopez" and who.role == "admin", "me tells whose the token is")

    recurrence = RecurrenceBody(words="every Friday at 10, 3 times")
    made = create_task.sync(
        client=client, body=TaskBody(title="Call Stacy", recurrence=recurrence)
    )
    expect(made.effect.created == 3, "a series is made from words")
    answer = get_task.sync_detailed(made.task.id, client=client)
    expect(answer.parsed.task.title == "Call Stacy", "its first task is read")
    expect(answer.headers["etag"] == answer.parsed.task.etag, "the task has its tag")

    tried = patch_task.sync(
        made.task.id, client=client, body=TaskPatch(title="Write"), dry_run=True
    )
    expect(tried.task.title == "Write", "an edit is tried")
    done = patch_task.sync(
        made.task.id, client=client, body=TaskPatch(title="Write"), if_match=made.task.etag
    )
    expect(done.task.title == "Write" and done.effect.changed == tried.effect.changed, "and made")
    stale = patch_task.sync_detailed(
        made.task.id, client=client, body=TaskPatch(title="Late"), if_match=made.task.etag
    )
    expect(stale.status_code == 412, "an edit of what has changed is refused")
    expect(stale.parsed.task.title == "Write", "with the task as it is")

    completed = complete_task.sync(made.task.id, client=client)
    expect(completed.task.state == "complete", "the task is completed")
    tasks = list_tasks.sync(client=client, state="open")
    expect([task.title for task in tasks.tasks] == ["Call Stacy"] * 2, "the others are open")
    changes = list_changes.sync(client=client, after=tasks.cursor)
    expect(changes.changes == [], "nothing has changed since")
    delete_task.sync(tasks.tasks[0].id, client=client)
    changes = list_changes.sync(client=client, after=tasks.cursor)
    expect(len(changes.changes) == 1, "a deletion is followed")

    preview = preview_recurrence.sync(client=client, body=PreviewBody(rule="FREQ=DAILY", count=3))
    expect(len(preview.occurrences) == 3, "a rule is previewed")

    changed = patch_user.sync("2", client=client, body=UserPatch(role=UserPatchRole.MANAGER))
    expect(changed.user.role == "manager", "a user's role is changed")
    token = issue_token.sync(client=client, body=TokenBody(user_id="2"))
    expect(len(token.token) == 40, "a token is issued")
    webhook = create_webhook.sync(client=client, body=WebhookBody(url="http://127.0.0.1:9/"))
    expect(webhook.secret.startswith("whsec_"), "a webhook is made")
    deliveries = list_deliveries.sync(webhook.webhook.id, client=client)
    expect(deliveries.deliveries == [], "which was told of nothing yet")
    other = AuthenticatedClient(base_url=client._base_url, token=token.token)
    expect(me.sync(client=other).user.name == "Ben Cole", "and works")


def main():
    parser = argparse.ArgumentParser(prog="check-api client")
    parser.add_argument("--binary", required=True)
    arguments = parser.parse_args()
    with office_server(arguments.binary) as server:
        use(AuthenticatedClient(base_url=f"{server.url}/v1", token=TOKEN))


if __name__ == "__main__":
    main()
