"""Replaces made-up names with existing ones, where Schemathesis means a good request."""

import http.client
import os
import re

import schemathesis
from schemathesis.core import NOT_SET
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.parameters import ParameterLocation
from schemathesis.openapi.checks import RejectedPositiveData

from check_highlevel.office import CONTACTS, LOCATION, USERS, Caller

caller = Caller(http.client.HTTPConnection("127.0.0.1", int(os.environ["PERENNIAL_PORT"])))

# The names that the server gave, to which links lead, are not replaced. The names of deleted
# objects are remembered too.
given_names = set()
deleted_names = set()

LIVING = {
    "locationId": lambda: LOCATION,
    "contactId": lambda: CONTACTS[0],
    "userId": lambda: USERS[0],
    "id": caller.make_recurring_task,
    "taskId": caller.make_task,
}


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is None:
        return
    if not case.meta.is_negative_at(ParameterLocation.PATH):
        for name, value in case.path_parameters.items():
            if value not in given_names:
                case.path_parameters[name] = LIVING[name]()
    if not case.meta.is_negative_at(ParameterLocation.QUERY) and case.query:
        for name in case.query.keys() & {"locationId", "startAfterId"}:
            case.query[name] = LOCATION if name == "locationId" else CONTACTS[0]
        # Two ways of saying which page must not contradict each other.
        if "skip" in case.query:
            case.query.pop("offset", None)
    if not case.meta.is_negative_at(ParameterLocation.BODY) and isinstance(case.body, dict):
        case.body = filled(case.body)
        if "contactId" in case.body and "contactId" in case.path_parameters:
            case.body["contactId"] = case.path_parameters["contactId"]


@schemathesis.hook
def after_call(context, case, response):
    if 200 <= response.status_code < 300:
        members = response.json()
        for name in ("recurringTask", "task"):
            if name in members:
                given_names.add(members[name]["id"])
        if case.method == "DELETE":
            deleted_names.update(case.path_parameters.values())


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Ignores what is not a mistake: a missing body is read as an empty one, and an object that was
    deleted cannot be found."""
    if isinstance(failure, AcceptedNegativeData):
        return case.body is not NOT_SET
    if isinstance(failure, RejectedPositiveData) and response.status_code == 400:
        return deleted_names.isdisjoint(case.path_parameters.values())
    return True


def filled(body):
    """Returns a body of the right form with existing names, and with an end after the beginning."""
    body = dict(body)
    for name, known in [("contactIds", CONTACTS), ("owners", USERS)]:
        if body.get(name):
            body[name] = [known[index % len(known)] for index, _ in enumerate(body[name])]
    if isinstance(body.get("assignedTo"), str):
        body["assignedTo"] = USERS[0]
    if "skip" in body:
        body.pop("page", None)
    if "limit" in body:
        body.pop("pageLimit", None)
    if body.get("searchAfter"):
        body["searchAfter"] = [int(body["searchAfter"][0]), caller.make_task()]
        body.pop("sortKey", None)
    if isinstance(body.get("dueDate"), str):
        body["dueDate"] = date(body["dueDate"])
    if body.get("rruleOptions"):
        rule = dict(body["rruleOptions"])
        rule["startDate"] = date(rule["startDate"])
        if rule.get("endDate"):
            rule["startDate"] = "2030-01-07T10:00:00.000Z"
            rule["endDate"] = "9900-12-31T00:00:00.000Z"
        body["rruleOptions"] = rule
    return body


def date(text):
    """Returns a date that exists: the description allows a 29th of February in any year, and the
    published files any text."""
    text = text.replace("-02-29T", "-02-28T")
    return text if re.match(r"\d{4}-\d{2}-\d{2}T", text) else "2030-01-07T10:00:00.000Z"
