"""Makes bad bodies from good ones, in every way that a schema forbids."""

# Values that a property of a type must not have. Only one that may be left out may be null.
WRONG_VALUES = {
    "string": [5, True, ["text"], {}],
    "boolean": ["true", 1, []],
    "integer": ["1", True, 1.5, [1]],
    "number": ["1", True, [1]],
    "array": ["text", 5, {}],
    "object": ["text", 5, []],
}


def bad_bodies(description, schema, good):
    """Yields spoilt copies of a good body that has every property, and what may answer them.

    A name of the wrong form may be refused as a property, or as one of nothing that exists.
    """
    schema = description.resolve(schema)
    yield {**good, "unheardOf": 1}, {422}
    for name in schema.get("required", []):
        yield {key: value for key, value in good.items() if key != name}, {422}
        yield {**good, name: None}, {422}
    for name, definition in schema["properties"].items():
        definition = description.resolve(definition)
        statuses = {422, 400} if "pattern" in definition else {422}
        for value in bad_values(description, definition):
            yield {**good, name: value}, statuses
        if definition.get("type") == "object":
            for value, statuses in bad_bodies(description, definition, good[name]):
                yield {**good, name: value}, statuses
        elif definition.get("type") == "array" and "items" in definition:
            for value in bad_values(description, description.resolve(definition["items"])):
                yield {**good, name: [value]}, {422, 400}
            yield {**good, name: [None]}, {422}


def bad_values(description, schema):
    """Returns values that a schema forbids, each for another reason."""
    values = list(WRONG_VALUES[schema["type"]])
    if "enum" in schema or "pattern" in schema:
        values.append("nothing")
    if schema.get("minLength", 0) > 0:
        values.append("")
    if "maxLength" in schema:
        values.append("x" * (schema["maxLength"] + 1))
    if "minimum" in schema:
        values.append(schema["minimum"] - 1)
    if schema.get("maximum", 2**53) < 2**53 - 1:
        values.append(schema["maximum"] + 1)
    if "maxItems" in schema:
        values.append(["x"] * (schema["maxItems"] + 1))
    return values
