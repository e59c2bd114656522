"""asyncapi.yaml held against what is published: nothing may be there that it does not name."""

import datetime
import json

import jsonschema
import yaml

from support.gateway import ROOT

FILE = ROOT / "gateway/notice/asyncapi.yaml"

_formats = jsonschema.FormatChecker(["date"])


@_formats.checks("date-time")
def _is_instant(text):
    if not isinstance(text, str):
        return True
    try:
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).tzinfo is not None
    except ValueError:
        return False


def references(value):
    """Every $ref, wherever it stands."""
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from references(each)


class Document:
    def __init__(self):
        self.root = yaml.safe_load(FILE.read_text())
        self.others = {}  # schemas of other files

    def at(self, reference):
        """What a reference of the document leads to."""
        value = self.root
        for key in reference.removeprefix("#/").split("/"):
            value = value[key]
        return value

    def messages_of(self, channel):
        """{routing key or address: message} of a channel, by the names that the document gives them."""
        return {
            name: self.at(each["$ref"]) for name, each in self.root["channels"][channel]["messages"].items()
        }

    def strict(self, schema):
        """The schema with references followed and `allOf` folded, so that no object takes a member that the
        document does not name. Other files are strict themselves."""
        if "$ref" in schema:
            reference = schema["$ref"]
            if reference.startswith("#"):
                return self.strict(self.at(reference))
            file = FILE.parent / reference
            other = json.loads(file.read_text())
            del other["$id"]  # a URN, with which Python cannot join what refers into the same file
            self.others[file.as_uri()] = other
            return {"$ref": file.as_uri()}
        parts = [self.strict(each) for each in schema.get("allOf", [])]
        if any("$ref" in part for part in parts):
            return {**schema, "allOf": parts}
        folded = {key: value for key, value in schema.items() if key != "allOf"}
        properties = {name: self.strict(each) for name, each in schema.get("properties", {}).items()}
        required = list(schema.get("required", []))
        for part in parts:
            # The later one says more of a member that both name: `data` is an object, and then which.
            properties = {**properties, **part.get("properties", {})}
            required += part.get("required", [])
            folded = {**part, **folded}
        if "items" in schema:
            folded["items"] = self.strict(schema["items"])
        if properties:
            open_ended = "propertyNames" in schema  # its description says what may stand there
            folded.update(properties=properties, required=required, additionalProperties=open_ended)
        return folded

    def faults(self, schema, value):
        """What is wrong with a value, one line each."""
        if "schemaFormat" in schema:
            schema = schema["schema"]
        schema = self.strict(schema)
        resolver = jsonschema.RefResolver("", schema, store=self.others)
        validator = jsonschema.Draft7Validator(schema, resolver=resolver, format_checker=_formats)
        return [f"{each.json_path}: {each.message}" for each in validator.iter_errors(value)]
