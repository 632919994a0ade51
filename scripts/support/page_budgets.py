"""What a view may cost: time on the server and in the browser, and how steady it stands."""

import json
import statistics
import time

from page_site import told

ASKED = 200
SERVER_LIMIT = 20
CHANGE_LIMIT = 100
# The sum of what moved without anybody's doing, which the page keeps track of itself.
SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 300);
})"""
# From the press of a button to the first frame in which the row looks otherwise, and in which it is gone.
PRESS = """(selector) => new Promise((resolve) => {
  const button = document.querySelector(selector);
  const row = button.closest(".task");
  const id = row.dataset.id;
  const begun = performance.now();
  let seen;
  const look = () => requestAnimationFrame(() => {
    const now = document.querySelector(`#view .task:not(.over)[data-id="${CSS.escape(id)}"]`);
    if (!seen && (!now || now.classList.contains("leaving"))) seen = performance.now() - begun;
    if (now) look();
    else resolve([seen, performance.now() - begun]);
  });
  button.click();
  look();
})"""


class Visitor:
    """One connection of a browser that is signed in, without the browser."""

    def __init__(self, server, cookies):
        self.connection = server.connect()
        cookie = "; ".join(f"{one['name']}={one['value']}" for one in cookies)
        self.headers = {"Accept": "text/html", "Accept-Encoding": "gzip", "Cookie": cookie}

    def time(self, path):
        """Milliseconds."""
        begun = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        response = self.connection.getresponse()
        response.read()
        if response.status != 200:
            raise SystemExit(f"{path}: {response.status}")
        return (time.perf_counter() - begun) * 1000


def fill(site, dues, assignee):
    """Makes a task at each of some times, as a program does."""
    connection = site.server.connect()
    headers = {"Authorization": f"Bearer {site.token}", "Content-Type": "application/json"}
    for start in range(0, len(dues), 500):
        operations = [
            {
                "method": "POST",
                "path": "/tasks",
                "body": {
                    "title": f"Call contact {place} about the viewing",
                    "dueAt": due.strftime("%Y-%m-%dT%H:%M:%SZ"),
                    "assigneeId": assignee,
                    "contactId": "2",
                },
            }
            for place, due in enumerate(dues[start : start + 500], start)
        ]
        body = json.dumps({"operations": operations, "atomic": True})
        connection.request("POST", "/v1/batch", body, headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
        if response.status != 200 or any(one["status"] != 201 for one in answer["results"]):
            raise SystemExit(f"{response.status}: {json.dumps(answer)[:500]}")


def server_times(visitor, views, faults):
    """How long the server takes for a view: p50 and p95."""
    for name, path in views.items():
        for _ in range(20):
            visitor.time(path)
        times = sorted(visitor.time(path) for _ in range(ASKED))
        median, late = statistics.median(times), times[len(times) * 95 // 100]
        print(f"{name}: p50 {median:.1f} ms, p95 {late:.1f} ms", flush=True)
        if late > SERVER_LIMIT:
            faults.note("budgets", f"{name} takes {late:.1f} ms at p95")


def interaction(page, faults, limit=CHANGE_LIMIT):
    """How long after a press its effect is seen."""
    times = []
    for _ in range(10):
        times.append(page.evaluate(PRESS, "#view .task .done:not(.is-done)"))
        told(page, "Completed")
    seen = statistics.median(one[0] for one in times)
    gone = statistics.median(one[1] for one in times)
    print(f"a press is seen after {seen:.0f} ms, and done after {gone:.0f} ms", flush=True)
    if seen > limit:
        faults.note("budgets", f"a press is seen after {seen:.0f} ms")


def steadiness(browser, site, views, faults):
    """Whether anything moves by itself while a view comes."""
    for width, height in ((1280, 860), (390, 844)):
        page = browser.new_context(viewport={"width": width, "height": height}).new_page()
        site.sign_in(page)
        for path in views:
            page.goto(site.server.url + path)
            shift = page.evaluate(SHIFTS)
            if shift > 0:
                faults.note("budgets", f"{path} moves by {shift:.3f} at {width} px")
        page.context.close()


def zoom_and_print(browser, site, views, faults):
    """Whether a view can be read at twice its size, and on paper."""
    page = browser.new_context(
        # What a window of 1280 px has left at 200 %.
        viewport={"width": 640, "height": 430},
        device_scale_factor=2,
    ).new_page()
    site.sign_in(page)
    for path in views:
        page.goto(site.server.url + path)
        wider = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wider > 0:
            faults.note("zoom", f"{path} is {wider} px wider than the window")
    for path in views:
        page.goto(site.server.url + path)
        page.emulate_media(media="print")
        for name in ("navigation", "form"):
            if page.get_by_role(name, name="Main" if name == "navigation" else "Add a task").count():
                faults.note("print", f"{path} prints the {name}")
        if not page.get_by_role("heading", level=1).first.is_visible():
            faults.note("print", f"{path} prints no heading")
        if not page.pdf(format="A4").startswith(b"%PDF"):
            faults.note("print", f"{path} cannot be printed")
        page.emulate_media(media="screen")
    page.context.close()
