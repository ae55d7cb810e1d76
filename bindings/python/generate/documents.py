"""The JSON Schemas of the documents as TypedDicts."""
import json
import keyword
import pathlib
from typing import Any

Schema = dict[str, Any]
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None", "object": "dict[str, Any]", "array": "list[Any]"}


def camel(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def singular(name: str) -> str:
    if name.endswith("ies"):
        return name[:-3] + "y"
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


class Types:
    """Names a class for every object of the schemas, once."""

    def __init__(self, schemas: dict[str, Schema]):
        self.schemas = schemas
        self.documents = {camel(urn.split(":")[2]) for urn in schemas}
        self.names: dict[str, str] = {}
        self.classes: dict[str, str] = {}

    def of_reference(self, reference: str, within: str) -> str:
        urn, _, pointer = reference.partition("#")
        urn = urn or within
        found: Any = self.schemas[urn]
        for step in filter(None, pointer.split("/")):
            found = found[step]
        last, document = pointer.rsplit("/", 1)[-1], camel(urn.split(":")[2])
        name = camel(last) if last and "properties" not in pointer else document + camel(singular(last))
        if last and name in self.documents:
            name = document + name
        return self.of(found, name, urn, urn + "#" + pointer)

    def of(self, schema: Schema, name: str, urn: str, where: str) -> str:
        if "$ref" in schema:
            return self.of_reference(schema["$ref"], urn)
        if "const" in schema:
            return f"Literal[{schema['const']!r}]"
        if "enum" in schema:
            return "Literal[" + ", ".join(repr(value) for value in schema["enum"]) + "]"
        if "oneOf" in schema:
            return self.one_of(schema["oneOf"], name, urn, where)
        kind = schema.get("type", "any")
        if isinstance(kind, list):
            return " | ".join(sorted((PLAIN[one] for one in kind), key=lambda one: one == "None"))
        if kind == "array":
            return self.of_array(schema, name, urn, where)
        if kind == "object" and "properties" in schema:
            return self.of_object(schema, name, urn, where)
        if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
            return f"dict[str, {self.of(schema['additionalProperties'], singular(name), urn, where + '/additionalProperties')}]"
        return PLAIN.get(kind, "Any")

    def one_of(self, choices: list[Schema], name: str, urn: str, where: str) -> str:
        many = sum("properties" in choice for choice in choices) > 1
        written = [self.of(choice, f"{name}{number + 1}" if many else name, urn, f"{where}/oneOf/{number}") for number, choice in enumerate(choices)]
        flat = list(dict.fromkeys(part for one in written for part in one.split(" | ")))
        return " | ".join(sorted(flat, key=lambda one: one == "None"))

    def of_array(self, schema: Schema, name: str, urn: str, where: str) -> str:
        items = schema.get("items", {})
        return f"list[{self.of(items, singular(name), urn, where + '/items')}]"

    def of_object(self, schema: Schema, name: str, urn: str, where: str) -> str:
        if where in self.names:
            return self.names[where]
        taken = name
        while taken in self.classes:
            taken += "_"
        self.names[where] = taken
        self.classes[taken] = ""  # keeps its place
        required = set(schema.get("required", []))
        members = {}
        for member, inner in schema["properties"].items():
            written = self.of(inner, name + camel(member), urn, f"{where}/properties/{member}")
            members[member] = written if member in required else f"NotRequired[{written}]"
        self.classes[taken] = self.write(taken, members, schema.get("description", ""))
        return taken

    @staticmethod
    def write(name: str, members: dict[str, str], description: str) -> str:
        if any(keyword.iskeyword(member) or not member.isidentifier() for member in members):
            lines = [f"{name} = TypedDict({name!r}, {{"] + [f"    {member!r}: {written!r}," for member, written in members.items()] + ["})"]
            return "\n".join(([f"# {description}"] if description else []) + lines)
        lines = [f"class {name}(TypedDict):", f'    """{description}"""'] if description else [f"class {name}(TypedDict):"]
        return "\n".join(lines + [f"    {member}: {written}" for member, written in members.items()])


def write(folder: pathlib.Path, to: pathlib.Path) -> None:
    schemas = {schema["$id"]: schema for schema in (json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json")))}
    types = Types(schemas)
    for urn, schema in schemas.items():
        if "type" in schema:
            types.of(schema, camel(urn.split(":")[2]), urn, urn + "#")
    head = ['"""The documents of Evenkeel as typed dictionaries, made from its JSON Schemas. Spans are half-open ranges of bytes [begin, end);',
            'instants are UTC, "2026-05-30T22:30:00Z"; clock times "HH:MM" in the booking\'s zone."""',
            "from __future__ import annotations", "", "from typing import Any, Literal, NotRequired, TypedDict"]
    to.write_text("\n".join(head) + "\n\n\n" + "\n\n\n".join(types.classes.values()) + "\n", encoding="utf-8")
