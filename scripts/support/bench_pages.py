"""Measures the page: what a view takes of the server and of the browser."""

import argparse
import datetime
import sys
import tempfile

from playwright.sync_api import sync_playwright

from mail_drop import MailDrop
from page_budgets import Visitor, fill, interaction, server_times
from page_site import Faults, Site


def dues(now, count, first, last):
    """Times from so many days ahead on until as many, evenly."""
    step = (last - first) * 86_400 / count
    return [now + datetime.timedelta(days=first, seconds=step * place) for place in range(count)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    arguments = parser.parse_args()
    faults = Faults()
    with (
        tempfile.TemporaryDirectory() as folder,
        MailDrop() as mails,
        sync_playwright() as playwright,
    ):
        site = Site(arguments.binary, folder, mails, "demo")
        with site.server:
            now = datetime.datetime.now(datetime.timezone.utc)
            # One user has 500 open tasks that Today shows, another 2,000 in a month.
            fill(site, dues(now, 500, -20, 7), "2")
            fill(site, dues(now.replace(day=1), 2000, 0, 28), "5")
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            for user, views in {
                2: {"Today, 500 open tasks": "/"},
                5: {"a month, 2,000 tasks": "/calendar", "a week of it": "/calendar?view=week"},
            }.items():
                page = browser.new_context().new_page()
                site.sign_in(page, user)
                server_times(Visitor(site.server, page.context.cookies()), views, faults)
                if user == 2:
                    page.goto(site.server.url)
                    interaction(page, faults)
                page.context.close()
            browser.close()
    if faults.found:
        sys.exit(f"{len(faults.found)} budgets are missed")


if __name__ == "__main__":
    main()
