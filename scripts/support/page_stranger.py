"""Five tasks of somebody who never saw the page, done by what can be read on it alone."""

import datetime
import time

from playwright.sync_api import expect

from page_site import told

LIMIT = 20
# What a colleague is to see moved, and an office holiday on which nothing came.
VISIT = "Visit the Harbour flat"
ROUTINE = "Water the plants"


def prepare(browser, site):
    """What the office had before the stranger came: a visit every Tuesday, and a day off."""
    page = browser.new_context().new_page()
    site.sign_in(page)
    for line in (f"{VISIT} every Tuesday at 10:00 @ana", f"{ROUTINE} every day at 9:00 @ana"):
        page.get_by_role("textbox", name="Add a task").fill(line)
        page.get_by_role("button", name="Add", exact=True).click()
        told(page, f"Added “{line.split(' every')[0]}”")
    page.get_by_role("link", name="Admin", exact=True).click()
    page.get_by_role("textbox", name="Calendar", exact=True).fill("Office")
    page.get_by_role("button", name="New calendar").click()
    told(page, "Added")
    holiday = datetime.date.today() + datetime.timedelta(days=3)
    page.get_by_label("Day", exact=True).last.fill(holiday.isoformat())
    page.get_by_role("button", name="Add a day off").last.click()
    told(page, "Saved")
    page.get_by_role("link", name="Series", exact=True).click()
    page.get_by_role("link", name=ROUTINE, exact=True).click()
    page.get_by_text("More about how it repeats").click()
    page.get_by_role("combobox", name="On days off of").first.select_option("Office")
    page.get_by_role("combobox", name="On days off of").last.select_option("leave it out")
    page.get_by_role("button", name="Save").click()
    told(page, "Saved")
    page.context.close()
    return holiday


def find_overdue(page):
    """Find what is overdue."""
    heading = page.get_by_role("heading", name="Overdue")
    expect(heading).to_be_visible()
    rows = page.get_by_role("region", name="Overdue").get_by_role("listitem")
    assert rows.count() > 0


def add_rent(page):
    """Add “every last Friday at 4 pay rent until June”."""
    page.get_by_role("textbox", name="Add a task").fill(
        "every last Friday at 4 pay rent until June"
    )
    understood = page.get_by_role("status").filter(has_text="Next dates")
    expect(understood).to_contain_text("4:00 AM")
    page.get_by_role("button", name="4:00 PM?").click()
    expect(understood).to_contain_text("4:00 PM")
    page.get_by_role("button", name="Add", exact=True).click()
    told(page, "Added “pay rent”")
    page.get_by_role("link", name="Series", exact=True).click()
    expect(page.get_by_role("link", name="pay rent", exact=True)).to_be_visible()


def move_one_visit(page):
    """Move only next Tuesday’s visit to Wednesday."""
    page.get_by_role("link", name="Calendar", exact=True).click()
    page.get_by_role("link", name="Week", exact=True).click()
    page.get_by_role("link", name="Later", exact=True).click()
    page.get_by_role("link", name=VISIT).click()
    sheet = page.get_by_role("dialog")
    when = sheet.get_by_label("Another day")
    tuesday = datetime.datetime.fromisoformat(when.input_value())
    wednesday = tuesday + datetime.timedelta(days=1)
    when.fill(wednesday.isoformat(timespec="minutes"))
    sheet.get_by_role("button", name="Move", exact=True).click()
    told(page, f"Moved “{VISIT}”")
    page.get_by_role("link", name=VISIT).click()
    page.get_by_role("dialog").get_by_role("link", name="Open").click()
    expect(page.get_by_label("Due")).to_have_value(wednesday.isoformat(timespec="minutes"))
    # The one a week later stays.
    heading = page.get_by_role("heading", name="Before and after")
    after = page.locator("section").filter(has=heading).get_by_role("link").last
    expect(after).to_contain_text("Tue")


def explain_holiday(page, holiday):
    """See why nothing came on a holiday."""
    page.get_by_role("link", name="Series", exact=True).click()
    page.get_by_role("link", name=ROUTINE, exact=True).click()
    page.get_by_label("Day", exact=True).fill(holiday.isoformat())
    page.get_by_role("button", name="Explain").click()
    answer = page.get_by_role("status").filter(has_text="No task on that day.")
    expect(answer).to_contain_text("Office")


def hand_week_over(page):
    """Hand a colleague’s week to another."""
    page.get_by_role("link", name="Team", exact=True).click()
    page.get_by_label("Everything open of").select_option("Chloe Nguyen")
    page.get_by_label("of the next").fill("7")
    page.get_by_label("goes to").select_option("David Okafor")
    page.get_by_role("button", name="Hand over").click()
    told(page, "David Okafor’s now")


def five_tasks(browser, site, faults):
    holiday = prepare(browser, site)
    for task in (find_overdue, add_rent, move_one_visit, explain_holiday, hand_week_over):
        page = browser.new_context(viewport={"width": 1280, "height": 1600}).new_page()
        site.sign_in(page)
        begun = time.monotonic()
        if task is explain_holiday:
            task(page, holiday)
        else:
            task(page)
        seconds = time.monotonic() - begun
        print(f"{task.__doc__} {seconds:.1f} s", flush=True)
        if seconds > LIMIT:
            faults.note("stranger", f"{task.__doc__} took {seconds:.0f} s")
        page.context.close()
