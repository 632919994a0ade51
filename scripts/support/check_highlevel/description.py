"""Reads an OpenAPI description, and compares answers with it."""

import copy
import json

from jsonschema import Draft202012Validator

METHODS = ("get", "put", "post", "delete")


class Description:
    """The operations of an OpenAPI 3 document by their names."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.document = without_misprints(json.load(file))
        self.name = path
        self.operations = {}
        for template, item in self.document["paths"].items():
            shared = item.get("parameters", [])
            for method in METHODS:
                if method in item:
                    operation = Operation(self, method.upper(), template, item[method], shared)
                    self.operations[operation.name] = operation

    @property
    def is_own(self):
        """Whether it is ours, which has every status and every bound; published ones leave some
        out, and do not know the list of recurring tasks."""
        return "list-recurring-tasks" in self.operations

    def resolve(self, value):
        """Returns the schema that a reference names; an `allOf` of one schema is that schema."""
        while "$ref" in value or len(value.get("allOf", [])) == 1:
            if "$ref" in value:
                value, path = self.document, value["$ref"].removeprefix("#/").split("/")
                for part in path:
                    value = value[part]
            else:
                value = value["allOf"][0]
        return value

    def errors(self, schema, value):
        """Returns how a value differs from a schema."""
        whole = {**schema, "components": self.document["components"]}
        return [
            f"{error.json_path}: {error.message[:200]}"
            for error in Draft202012Validator(whole).iter_errors(value)
        ]


class Operation:
    def __init__(self, description, method, template, definition, shared_parameters):
        self.description = description
        self.method = method
        self.template = template
        self.name = definition["operationId"]
        self.responses = definition["responses"]
        parameters = shared_parameters + definition.get("parameters", [])
        self.parameters = [description.resolve(each) for each in parameters]
        body = definition.get("requestBody")
        self.body = body and body["content"]["application/json"]["schema"]

    @property
    def versions(self):
        header = next(each for each in self.parameters if each["name"] == "Version")
        return self.description.resolve(header["schema"])["enum"]

    @property
    def path_names(self):
        return [each["name"] for each in self.parameters if each["in"] == "path"]

    @property
    def is_of_location(self):
        """Whether the path or the query names the location."""
        return any(each["name"] == "locationId" for each in self.parameters)

    def path(self, ids):
        """Returns the path with its names, and a query of what it must have."""
        required = [
            f"{each['name']}={ids[each['name']]}"
            for each in self.parameters
            if each["in"] == "query" and each.get("required")
        ]
        path = self.template.format(**ids)
        return f"{path}?{'&'.join(required)}" if required else path

    def findings(self, answer):
        """Returns how an answer differs from the description, and whether that has its status."""
        definition = self.responses.get(str(answer.status))
        if definition is None:
            return [], False
        definition = self.description.resolve(definition)
        findings = []
        content = definition["content"]
        media_type = answer.headers.get("Content-Type", "").split(";")[0]
        if media_type not in content:
            findings.append(f"the body is {media_type or 'of no type'}")
        elif answer.json is None:
            findings.append("the body is not JSON")
        else:
            findings += self.description.errors(content[media_type]["schema"], answer.json)
        for name, header in definition.get("headers", {}).items():
            findings += self.header_findings(name, self.description.resolve(header), answer)
        return findings, True

    def header_findings(self, name, header, answer):
        text = answer.headers.get(name)
        if text is None:
            return [f"there is no {name}"] if header.get("required") else []
        value = int(text) if text.isdecimal() else text
        return [f"{name}: {text}" for _ in self.description.errors(header["schema"], value)]


def without_misprints(document):
    """Corrects what is known to be wrong in the files that HighLevel publishes.

    They say that a search returns a list of lists; it returns a list of tasks.
    """
    document = copy.deepcopy(document)
    schemas = document["components"]["schemas"]
    found = schemas["LocationTaskListSuccessfulResponseDto"]["properties"]["tasks"]
    if found["items"].get("type") == "array":
        found["items"] = {"type": "object"}
    return document
