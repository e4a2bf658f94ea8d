"""The description of the API, and a server that is tried against it by a machine."""

from __future__ import annotations

import json
import subprocess
import sys

import jsonschema
import pytest
from openapi_spec_validator import validate

from hodie.press.api.operations import OPERATIONS

MOST_TRIED = 5


@pytest.fixture(scope="module")
def document(client):
    """The description as it is served."""
    return client.get("/api/v1/openapi.json").json()


def test_the_description_is_openapi(document):
    """The document is OpenAPI 3.1 by its own rules."""
    assert document["openapi"].startswith("3.1.")
    validate(document)


def test_everything_is_described(document):
    """Each operation stands in the document, with all of its parameters."""
    for operation in OPERATIONS:
        described = document["paths"][operation.path]["get"]
        names = [each["name"] for each in described.get("parameters", ())]
        assert names == [*([operation.id.name] if operation.id else []), *operation.parameters]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_examples_are_as_described(client, document, operation):
    """The answer to each operation's example has the shape that the document says."""
    path = operation.path
    if operation.id:
        path = path.replace(f"{{{operation.id.name}}}", operation.id.example)
    query = "?q=trotsky" if "q" in operation.parameters else ""
    answer = client.get(f"/api/v1{path}{query}")
    described = document["paths"][operation.path]["get"]["responses"]["200"]
    shape = described["content"]["application/json"]["schema"]

    assert answer.status_code == 200
    jsonschema.validate(answer.json(), {**shape, "components": document["components"]})


@pytest.mark.parametrize(
    "options",
    [
        ["--phases=examples,fuzzing,stateful"],
        ["--phases=coverage", "--include-operation-id=story", "--include-operation-id=author_list"],
    ],
    ids=["every operation", "the bounds of two"],
)
def test_a_machine_finds_no_fault(served, options):
    """Whatever the description allows is answered as it says, and what it forbids is refused.

    Here with few examples; `schemathesis run URL` alone tries thousands.
    """
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", f"{served}/api/v1/openapi.json",
         f"--max-examples={MOST_TRIED}", "--generation-deterministic", "--no-color", *options],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout


def test_the_description_is_small(client):
    """The document names long lists once."""
    text = client.get("/api/v1/openapi.json").text

    assert text.count('"Europe/Lisbon"') == 1
    assert len(json.loads(text)["components"]["schemas"]) > 20
