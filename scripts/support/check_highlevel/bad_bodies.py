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

# What the server takes although a published description forbids it, because clients send it.
TAKEN_TEXTS = {"completed": "true", "limit": "1", "skip": "1"}


def bad_bodies(description, schema, good):
    """Yields spoilt copies of a good body that has every property, and what may answer them.

    A name of the wrong form may be refused as a property, or as one of nothing that exists.
    """
    schema = description.resolve(schema)
    yield {**good, "unheardOf": 1}, {422}
    for name in schema.get("required", []):
        yield {key: value for key, value in good.items() if key != name}, {422}
        yield {**good, name: None}, {422}
    for name, whole in schema["properties"].items():
        definition = published_form(description, whole)
        if definition.get("readOnly"):
            continue
        statuses = {422, 400} if "pattern" in definition else {422}
        for value in bad_values(definition):
            is_allowed = description.is_own and not description.errors(whole, value)
            if not is_allowed and TAKEN_TEXTS.get(name) != value:
                yield {**good, name: value}, statuses
        if type_of(definition) == "object":
            for value, statuses in bad_bodies(description, definition, good[name]):
                yield {**good, name: value}, statuses
        elif type_of(definition) == "array" and "items" in definition:
            for value in bad_values(description.resolve(definition["items"])):
                yield {**good, name: [value]}, {422, 400}
            yield {**good, name: [None]}, {422}


def published_form(description, schema):
    """Returns the first of the forms that a property may have; the others are beyond it."""
    schema = description.resolve(schema)
    while "anyOf" in schema:
        schema = description.resolve(schema["anyOf"][0])
    return schema


def type_of(schema):
    """Returns the type of a schema that may allow null besides."""
    types = schema.get("type")
    return types[0] if isinstance(types, list) else types


def bad_values(schema):
    """Returns values that a schema forbids, each for another reason."""
    values = list(WRONG_VALUES[type_of(schema)])
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
