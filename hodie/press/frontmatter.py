"""YAML front matter of a story's file: read with the line of every value, and written.

A scalar is always the text that stands there. YAML's own reading would make a date of
`1940-08-20`, a number of `1940` and a truth value of `No`, and lose what was written.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import yaml
from msgspec import Struct

from hodie.errors import HodieError
from hodie.press.publication import nearest

FENCE = "---"
# A story is prose; a file beyond this is something else, and would stall the reader.
SIZE_LIMIT = 2_000_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# YAML ends a line at these too, an editor does not: lines would be counted two ways.
_ODD_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


class StoryError(HodieError, ValueError):
    """A story's file is not as it should be; says which line, and what to do."""

    def __init__(self, message: str, *, file: Path, line: int) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.file, self.line = file, line


class Item(Struct, frozen=True):
    """One value of the front matter, and where it stands: text, or a table of further values."""

    file: Path
    line: int
    name: str
    node: Any

    def refuse(self, message: str) -> NoReturn:
        raise StoryError(f"{self.name}: {message}", file=self.file, line=self.line)

    @property
    def is_table(self) -> bool:
        return isinstance(self.node, yaml.MappingNode)

    @property
    def text(self) -> str:
        """The text of the value, on one line; refuses a list or a table, and empty text."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.refuse("must be text, not a list or a table; put it in quotation marks")
        value = " ".join(str(self.node.value).split())
        if not value:
            self.refuse("is empty; write something or leave it out")
        return value

    def table(self) -> "Table":
        """The value as a table; refuses anything else."""
        return Table(self.file, self.node, self.name + ".")


class Table:
    """A table of the front matter: hands out its values, then refuses keys nobody asked for."""

    def __init__(self, file: Path, node: Any, path: str = "") -> None:
        self.file, self.path = file, path
        self.line = node.start_mark.line + 2
        self.asked: set[str] = set()
        if not isinstance(node, yaml.MappingNode):
            message = f"{path.rstrip('.') or 'front matter'}: must be lines of 'key: value'"
            raise StoryError(message, file=file, line=self.line)
        self.items = dict(self._items(node))

    def refuse(self, key: str, message: str) -> NoReturn:
        """Raise StoryError on the line of `key`, else of the table."""
        line = self.items[key].line if key in self.items else self.line
        raise StoryError(f"{self.path}{key}: {message}", file=self.file, line=line)

    def __contains__(self, key: object) -> bool:
        return key in self.items

    def item(self, key: str) -> Item | None:
        """Return the value of `key`, or None where it is absent or nothing stands after it."""
        self.asked.add(key)
        item = self.items.get(key)
        return None if item is None or _is_nothing(item.node) else item

    def required(self, key: str, example: str) -> Item:
        item = self.item(key)
        if item is None:
            self.refuse(key, f"is missing; write for example `{key}: {example}`")
        return item

    def text(self, key: str) -> str | None:
        item = self.item(key)
        return None if item is None else item.text

    def truth(self, key: str) -> bool:
        """Return whether `key` is true; absent is false."""
        item = self.item(key)
        if item is None:
            return False
        if item.text.lower() not in ("true", "false"):
            item.refuse(f"{item.text!r} must be true or false")
        return item.text.lower() == "true"

    def list(self, key: str) -> list[Item]:
        """Return the values of a list; a single value counts as a list of one."""
        item = self.item(key)
        if item is None:
            return []
        if not isinstance(item.node, yaml.SequenceNode):
            return [item]
        return [self._item(key, node, node) for node in item.node.value]

    def finish(self) -> None:
        """Refuse the first key that nobody asked for."""
        for key in self.items:
            if key not in self.asked:
                self.refuse(key, f"is no known key; {nearest(key, self.asked)}")

    def _items(self, node: Any) -> Iterator[tuple[str, Item]]:
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise StoryError(
                    "a key must be a plain word", file=self.file, line=key.start_mark.line + 2
                )
            if key.value in seen:
                raise StoryError(
                    f"{self.path}{key.value}: stands twice; keep one of the two",
                    file=self.file,
                    line=key.start_mark.line + 2,
                )
            seen.add(key.value)
            yield key.value, self._item(key.value, value, key)

    def _item(self, key: str, node: Any, at: Any) -> Item:
        return Item(self.file, at.start_mark.line + 2, self.path + key, node)


class Parts(Struct, frozen=True):
    """A story's file taken apart: its front matter, its body, the line where the body begins."""

    front: Table
    body: str
    body_line: int


def read(content: bytes, file: Path) -> Parts:
    """Take a story's file apart; raises StoryError."""
    if len(content) > SIZE_LIMIT:
        message = f"the file has {len(content):,} bytes, and a story at most {SIZE_LIMIT:,}"
        raise StoryError(message, file=file, line=1)
    lines = _decoded(content, file).split("\n")
    if lines[0].rstrip() != FENCE:
        message = f"the file must begin with a line {FENCE!r}, then keys such as `headline: …`"
        raise StoryError(message, file=file, line=1)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        message = f"the front matter has no end; close it with a line {FENCE!r} before the text"
        raise StoryError(message, file=file, line=1)
    front = Table(file, _composed("\n".join(lines[1:end]), file))
    return Parts(front, "\n".join(lines[end + 1 :]), end + 2)


def write(fields: Mapping[str, Any], body: str) -> str:
    """Return a story's file: `fields` in their order as front matter, then the body.

    Text is quoted where other YAML readers would take it for something else; `Bare` text is not.
    """
    front = yaml.dump(
        dict(fields),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=2**31,
    )
    return f"{FENCE}\n{front}{FENCE}\n\n{body}\n" if body else f"{FENCE}\n{front}{FENCE}\n"


class Bare(str):
    """Text that is written without quotation marks, such as a date."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        # Lists stand further in than their key, as people write them.
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_bare(dumper: yaml.SafeDumper, text: Bare) -> yaml.ScalarNode:
    # A text that bears the tag which YAML would guess for it anyway is written bare.
    tag = dumper.resolve(yaml.ScalarNode, str(text), (True, False))  # type: ignore[no-untyped-call]
    return dumper.represent_scalar(str(tag), str(text))


_Dumper.add_representer(Bare, _represent_bare)


def _decoded(content: bytes, file: Path) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise StoryError("is not UTF-8; save it in that encoding", file=file, line=line) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise StoryError("holds a NUL character; is it a text file?", file=file, line=line)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _composed(text: str, file: Path) -> Any:
    odd = _ODD_LINE_ENDS.search(text)
    if odd is not None:
        line = text[: odd.start()].count("\n") + 2
        raise StoryError(f"holds {odd.group()!r}; replace it by a space", file=file, line=line)
    try:
        _refuse_aliases(text, file)
        node = yaml.compose(text, Loader=_LOADER)
    except RecursionError as error:
        raise StoryError("the front matter is nested too deep", file=file, line=2) from error
    except yaml.YAMLError as error:
        raise _yaml_error(error, text, file) from error
    if node is None:
        raise StoryError("the front matter is empty; write `headline: …`", file=file, line=1)
    return node


def _refuse_aliases(text: str, file: Path) -> None:
    # A few lines of YAML with aliases can stand for billions of values; a story needs none.
    if "&" not in text and "*" not in text and "!" not in text:
        return
    for event in yaml.parse(text, Loader=_LOADER):
        line = getattr(event.start_mark, "line", 0) + 2
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "YAML anchors and aliases are not for stories; put the value in quotes"
            raise StoryError(message, file=file, line=line)
        if getattr(event, "tag", None):
            message = "YAML tags are not for stories; put the value in quotes"
            raise StoryError(message, file=file, line=line)


def _yaml_error(error: yaml.YAMLError, text: str, file: Path) -> StoryError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    line = mark.line + 2 if mark is not None else 2
    position = getattr(error, "position", None)
    if mark is None and isinstance(position, int):
        line = text[:position].count("\n") + 2
    quoted = f"the front matter is not YAML ({problem}); text with a colon needs quotation marks"
    return StoryError(quoted, file=file, line=line)


def _is_nothing(node: Any) -> bool:
    plain = isinstance(node, yaml.ScalarNode) and not node.style
    return plain and node.value == ""
