"""aiohttp: bodies that wait for the word to go on, bodies in parts, and compressed ones."""

import asyncio

import aiohttp
from check_clients.harness import expect, server_of
from check_highlevel.office import CONTACTS, TASK, TOKEN, USER_TOKEN
from server import TASKS

ROW = {
    "assigned_user_id": "1",
    "due_at": "2030-01-07T09:00:00",
    "description": "Call Stacy",
    "status": "incomplete",
}
DIALECTS = [
    (TASKS, ROW, {"Authorization": f"Bearer {USER_TOKEN}"}),
    (
        f"/contacts/{CONTACTS[0]}/tasks",
        TASK,
        {"Authorization": f"Bearer {TOKEN}", "Version": "2021-07-28"},
    ),
]
WAYS = {
    "plain": {},
    "expect100": {"expect100": True},
    "chunked": {"chunked": True},
    "gzip": {"compress": "gzip"},
    "deflate": {"compress": "deflate"},
    "all at once": {"expect100": True, "chunked": True, "compress": "gzip"},
}


async def check(server):
    async with aiohttp.ClientSession(server.url) as session:
        for path, body, headers in DIALECTS:
            for name, way in WAYS.items():
                async with session.post(path, json=body, headers=headers, **way) as answer:
                    expect(f"POST {path} {name}", answer.status, 201)
            # One that is refused before its body, on a connection that others use after it.
            async with session.post(path, json=body, expect100=True) as answer:
                expect(f"POST {path} without a token", answer.status, 401)
            coded = headers | {"Content-Encoding": "br"}
            async with session.post(path, data=b"\x0b\x02\x80{}\x03", headers=coded) as answer:
                expect(f"POST {path} in br", answer.status, 415)
            async with session.get(path, headers=headers) as answer:
                expect(f"GET {path}", answer.status, 200)


if __name__ == "__main__":
    with server_of("aiohttp") as server:
        asyncio.run(check(server))
    print("aiohttp: all bodies were taken, and each answer was its request's")
