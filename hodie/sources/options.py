"""The options of a source's table in hodie.toml, held against what the source takes."""

import difflib
import inspect
from collections.abc import Callable, Iterable, Mapping
from inspect import Parameter
from typing import Any, get_type_hints

import msgspec

GIVEN = frozenset({"folder", "work", "today", "sleep"})
"""Parameters that nobody writes into hodie.toml: whoever makes the source gives them."""

_NAMED = (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)

Factory = Callable[..., object]


def parameters_of(factory: Factory) -> dict[str, Parameter] | None:
    """Return what a source takes, by name; None where it takes any name, or that cannot be seen.

    What a class passes on to the one that it extends (`**options`) counts as its own.

    >>> def ledger(*, file: str, weight: float = 0.5): ...
    >>> list(parameters_of(ledger))
    ['file', 'weight']
    """
    found: dict[str, Parameter] = {}
    for function in _functions(factory):
        try:
            parameters = inspect.signature(function).parameters.values()
        except (TypeError, ValueError):
            return None
        for parameter in parameters:
            if parameter.kind in _NAMED and parameter.name != "self":
                found.setdefault(parameter.name, parameter)
        if not any(each.kind is Parameter.VAR_KEYWORD for each in parameters):
            return found
    return None


def _functions(factory: Factory) -> Iterable[Factory]:
    if not isinstance(factory, type):
        return [factory]
    return [vars(each)["__init__"] for each in factory.__mro__ if "__init__" in vars(each)]


def fault_of(factory: Factory, options: Mapping[str, object]) -> tuple[str, str] | None:
    """Return the first key that is wrong and what is wrong with it; None where all is well.

    >>> def ledger(*, file: str, weight: float = 0.5): ...
    >>> fault_of(ledger, {"fil": "a.csv"})
    ('fil', "is not one of its keys; did you mean 'file'? it takes file, weight")
    >>> fault_of(ledger, {"file": 7})
    ('file', '7 must be text, not a whole number')
    """
    parameters = parameters_of(factory)
    if parameters is None:
        return None
    for key in options:
        if key not in parameters:
            return key, f"is not one of its keys; {_way_out(key, parameters)}"
    for key, parameter in parameters.items():
        if key not in options and parameter.default is Parameter.empty:
            return key, f"is missing; {_way_out('', parameters)}"
    hints = _hints(factory)
    faults = ((key, _unfit(value, hints[key])) for key, value in options.items() if key in hints)
    return next(((key, fault) for key, fault in faults if fault), None)


def _way_out(key: str, parameters: Mapping[str, Parameter]) -> str:
    known = sorted(parameters.keys() - GIVEN)
    return f"{meant(key, known)}it takes {', '.join(known)}" if known else "it takes no keys"


def meant(word: str, known: Iterable[str]) -> str:
    """Ask whether a name that is known was meant by one that is not; "" where none is near.

    >>> meant("fiel", ["file", "weight"]), meant("x", ["file"])
    ("did you mean 'file'? ", '')
    """
    near = difflib.get_close_matches(word.casefold(), known, n=1)
    return f"did you mean {near[0]!r}? " if near else ""


def _hints(factory: Factory) -> dict[str, Any]:
    hints: dict[str, Any] = {}
    for function in _functions(factory):
        try:
            hints = get_type_hints(function) | hints
        except (NameError, TypeError):
            continue
    return hints


_WORDS = {
    "`str`": "text",
    "`array`": "a list",
    "`object`": "a table",
    "`int`": "a whole number",
    "`float`": "a number",
    "`bool`": "true or false",
}


def _worded(said: str) -> str:
    """Word what msgspec says as TOML has it.

    >>> _worded("Expected `str | array`, got `int`")
    'must be text or a list, not a whole number'
    """
    said = said.replace(" | null", "").replace(" | ", "` or `")
    for name, word in _WORDS.items():
        said = said.replace(name, word)
    return (
        said.replace("Expected", "must be").replace(", got", ", not").replace(" - at `$", " at `")
    )


def _unfit(value: object, hint: Any) -> str:
    """Say why a value is none of a type, "" where it is, or the type is none of TOML's."""
    try:
        msgspec.convert(value, hint)
    except msgspec.ValidationError as error:
        return f"{value!r} {_worded(str(error))}"
    except TypeError:
        return ""
    return ""
