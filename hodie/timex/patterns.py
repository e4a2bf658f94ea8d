"""The little language in which the rules are written, turned into regular expressions.

    the first <unit:UNIT> of( the)? <of:DATE>

A lower-case word or a number is that very word, whatever its case in the text. An upper-case name
is a class of the lexicon, or a pattern defined before. A blank is white space between two tokens;
`~` is a blank or a hyphen. `( | ) ? * +` and `{m,n}` mean what they always mean, `<name:...>` keeps
what it matched, `!(...)` looks ahead and refuses, `!<(...)` looks behind and refuses. Any other
mark is itself, and so is any mark after a backslash.
"""

import re
from dataclasses import dataclass, field

from hodie.errors import HodieError

_LEX = re.compile(
    r"<([a-z]+):|!<\(|!\(|\{\d+,\d*\}|[A-Z][A-Z0-9_]*|[^\W\d_A-Z]+|\d+|\\.|.", re.DOTALL
)
_REPEATS = ("?", "*", "+")


class PatternError(HodieError, ValueError):
    """A rule of a language folder cannot be read; says which pattern and where."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled piece: its regular expression, its group names, and how it can begin."""

    source: str
    groups: tuple[str, ...] = ()
    first: frozenset[str] = frozenset()
    nullable: bool = False


EMPTY = Pattern("", nullable=True)


def letter_class(letters: frozenset[str]) -> Pattern:
    """A pattern for one token out of a class."""
    body = "".join(re.escape(c) for c in sorted(letters))
    return Pattern(f"[{body}]" if body else "(?!)", first=letters)


def in_sequence(left: Pattern, right: Pattern) -> Pattern:
    first = left.first | right.first if left.nullable else left.first
    return Pattern(
        left.source + right.source,
        left.groups + right.groups,
        first,
        left.nullable and right.nullable,
    )


def either(options: list[Pattern]) -> Pattern:
    if len(options) == 1:
        return options[0]
    return Pattern(
        "(?:" + "|".join(o.source for o in options) + ")",
        tuple(name for o in options for name in o.groups),
        frozenset().union(*(o.first for o in options)),
        any(o.nullable for o in options),
    )


def optional(pattern: Pattern) -> Pattern:
    return Pattern(f"(?:{pattern.source})?", pattern.groups, pattern.first, nullable=True)


def without_groups(pattern: Pattern) -> Pattern:
    """The same pattern, keeping nothing of what it matches."""
    return Pattern(
        re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern.source), (), pattern.first, pattern.nullable
    )


@dataclass(slots=True)
class Reader:
    """Reads patterns against the classes and definitions known so far."""

    classes: dict[str, Pattern]
    literals: dict[str, frozenset[str]]
    _parts: list[str] = field(default_factory=list)
    _at: int = 0

    def read(self, text: str) -> Pattern:
        """Compile `text`; raises PatternError where it cannot."""
        self._parts = [m.group() for m in _LEX.finditer(text)]
        self._at = 0
        pattern = self._alternatives()
        if self._at < len(self._parts):
            raise PatternError(f"unbalanced {self._parts[self._at]!r} in the pattern {text!r}")
        return pattern

    def parts(self, text: str) -> list[str]:
        """The pieces of a phrase that has no operators, each a pattern by itself."""
        parts = [m.group() for m in _LEX.finditer(text)]
        return [part if part.isalnum() else "\\" + part for part in parts]

    def _alternatives(self) -> Pattern:
        options = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            options.append(self._sequence())
        return either(options)

    def _sequence(self) -> Pattern:
        pattern = EMPTY
        while self._peek() not in ("", "|", ")", ">"):
            pattern = in_sequence(pattern, self._repeated())
        return pattern

    def _repeated(self) -> Pattern:
        pattern = self._atom()
        mark = self._peek()
        if mark in _REPEATS or mark.startswith("{"):
            self._at += 1
            nullable = pattern.nullable or mark in "?*" or mark.startswith("{0")
            source = f"(?:{pattern.source}){mark}"
            return Pattern(source, pattern.groups, pattern.first, nullable)
        return pattern

    def _atom(self) -> Pattern:
        part = self._parts[self._at]
        self._at += 1
        if part == "(":
            inner = self._alternatives()
            self._close(")")
            return Pattern(f"(?:{inner.source})", inner.groups, inner.first, inner.nullable)
        if part.startswith("<") and part.endswith(":"):
            inner = self._alternatives()
            self._close(">")
            groups = (part[1:-1], *inner.groups)
            return Pattern(f"({inner.source})", groups, inner.first, inner.nullable)
        if part == "!(":
            inner = self._alternatives()
            self._close(")")
            return Pattern(f"(?!{without_groups(inner).source})", nullable=True)
        if part == "!<(":
            return self._behind()
        return self._token(part)

    def _behind(self) -> Pattern:
        checks = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            checks.append(self._sequence())
        self._close(")")
        return Pattern("".join(f"(?<!{check.source})" for check in checks), nullable=True)

    def _token(self, part: str) -> Pattern:
        if part == "~":
            return Pattern("[ -]", first=frozenset(" -"))
        if part[0].isupper():
            if part not in self.classes:
                raise PatternError(f"no class and no definition is called {part!r}")
            return self.classes[part]
        if part.isalnum():
            return letter_class(self.literals[part])
        mark = part[-1]
        return Pattern(re.escape(mark), first=frozenset(mark))

    def _peek(self) -> str:
        return self._parts[self._at] if self._at < len(self._parts) else ""

    def _close(self, mark: str) -> None:
        if self._peek() != mark:
            raise PatternError(f"missing {mark!r} in the pattern {''.join(self._parts)!r}")
        self._at += 1
