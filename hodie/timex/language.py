"""A language is a folder of two files: `lexicon.toml` (words) and `grammar.txt` (rules).

Words are sorted into classes; a word may be in several ("second", "may"). Every combination of
classes that occurs gets one character of the private use area, and the rules are compiled against
those characters.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from hodie.timex.patterns import (
    EMPTY,
    Pattern,
    PatternError,
    Reader,
    either,
    in_sequence,
    letter_class,
    optional,
    without_groups,
)
from hodie.timex.scan import CAPITALISED, OTHER, PAST, SUPERLATIVE, UNKNOWN, Codes, Tokens

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Value = int | float | str
Tree = dict[str, "Tree"]
Option = int | float | str

PROFILES = ("narrative", "news")

#: What a finished expression looks like to the rules of the next level: one character a sort.
NODES = {
    name: chr(0xF800 + i)
    for i, name in enumerate(
        (
            "DAY",
            "MONTHDAY",
            "FULLMONTH",
            "BAREMONTH",
            "YEAR",
            "ERAYEAR",
            "SEASON",
            "BARESEASON",
            "LONG",
            "WEEKDAY",
            "HOLIDAY",
            "PART",
            "TIME",
            "SPAN",
            "ATTRIBUTE",
        )
    )
}
_FIRST_CODE = 0xE000
_MOST_WORDS = 200_000
_SUFFIX_CODES = {"PAST": PAST, "EST": SUPERLATIVE}
_LITERAL = re.compile(r"<[a-z]+:|\{[^}]*\}|[A-Z][A-Z0-9_]*|([^\W\d_A-Z]+)|(\d+)")
_STATEMENT = re.compile(
    r"(?:level (?P<level>\w+)|(?:let (?P<let>[A-Z][A-Z0-9_]*) ="
    r"|rule (?P<kind>[A-Z]+) (?P<name>[\w-]+)(?: \((?P<options>[^)]*)\))?:)\s*(?P<pattern>.*))"
)


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule of a grammar: what it matches, and what its reading is told besides."""

    name: str
    kind: str
    pattern: Pattern
    options: dict[str, Option]
    level: str
    inside: str

    @cached_property
    def regex(self) -> "re.Pattern[str]":
        """The rule as a regular expression, compiled when it is first wanted."""
        return re.compile(f"(?<!{self.inside}){self.pattern.source}(?!{self.inside})")


@dataclass(frozen=True, eq=False)
class Level:
    """The rules of one level and profile."""

    rules: tuple[Rule, ...]
    inside: str

    @cached_property
    def by_first(self) -> dict[str, tuple[Rule, ...]]:
        """The rules whose matches can begin with a character."""
        table: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for letter in rule.pattern.first:
                table.setdefault(letter, []).append(rule)
        return {letter: tuple(rules) for letter, rules in table.items()}

    @cached_property
    def start(self) -> "re.Pattern[str]":
        """Finds the next element at which some rule matches.

        One search does in C what a loop over the rules would do at each element. The character
        class in front lets the engine skip; each bucket of rules that begin alike is tried only
        where its own first characters stand, by looking back at the one just read and ahead again.
        """
        buckets: dict[frozenset[str], list[Rule]] = {}
        for rule in self.rules:
            buckets.setdefault(rule.pattern.first, []).append(rule)
        tests = "|".join(_bucket(first, rules, self.inside) for first, rules in buckets.items())
        letters = letter_class(frozenset(self.by_first)).source
        return re.compile(f"{letters}(?<!{self.inside}{letters})(?<={tests})")


def _bucket(first: frozenset[str], rules: list[Rule], inside: str) -> str:
    options = "|".join(without_groups(rule.pattern).source for rule in rules)
    return f"{letter_class(first).source}(?<=(?=(?:{options})(?!{inside}))(?s:.))"


@dataclass(frozen=True, eq=False)
class Language:
    """Everything that is known about one language."""

    name: str
    words: dict[str, dict[str, Value]]
    known: dict[str, str]
    numbers: dict[frozenset[str], str]
    classes: dict[str, Pattern]
    grammars: dict[str, tuple[Level, ...]]
    suffixes: tuple[tuple[str, str], ...]

    def tokens(self, text: str, offset: int = 0) -> Tokens:
        """Cut and encode one chunk."""
        if len(self.recent[0]) > _MOST_WORDS:
            self.recent[0] = self.new_codes()
        return Tokens(text, offset, self.recent[0])

    @cached_property
    def recent(self) -> list[Codes]:
        """The characters of the words seen of late: one table, replaced whole when it is large."""
        return [self.new_codes()]

    def new_codes(self) -> Codes:
        """A table that knows the lexicon and has read nothing yet."""
        return Codes(self.known, self.number_code, self.suffixes)

    def number_code(self, digits: str) -> str:
        return self.known.get(digits) or self.numbers[number_shape(digits)]

    def value(self, name: str, text: str) -> Value | None:
        """What the lexicon says of a word or phrase, as a member of class `name`."""
        return self.words.get(name, {}).get(plain(text))


def plain(text: str) -> str:
    """A phrase as the lexicon keys it: lower case, single blanks, plain hyphens."""
    return " ".join(text.lower().replace("‐", "-").replace("–", "-").replace("’", "'").split())


def number_shape(digits: str) -> frozenset[str]:
    """The classes of a run of digits, by its length and size.

    >>> sorted(number_shape("1943"))
    ['CLOCK4', 'FOUR', 'NUMBER', 'YEAR4']
    """
    length = len(digits)
    if length > 4:
        return frozenset({"NUMBER", "LONG"})
    number = int(digits)
    tests = _SHORT if length < 3 else _LONG
    return frozenset({"NUMBER", *(name for name, test in tests.items() if test(number, digits))})


_SHORT: dict[str, Callable[[int, str], bool]] = {
    "DAY": lambda n, d: 1 <= n <= 31,
    "MONTHNUM": lambda n, d: 1 <= n <= 12,
    "HOUR": lambda n, d: n <= 24,
    "HOUR12": lambda n, d: 1 <= n <= 12,
    "TWO": lambda n, d: len(d) == 2,
    "MINUTE": lambda n, d: len(d) == 2 and n < 60,
    "CENTURYNUM": lambda n, d: 1 <= n <= 40 and d[0] != "0",
    "YEAR12": lambda n, d: n > 0 and d[0] != "0",
}
_LONG: dict[str, Callable[[int, str], bool]] = {
    "YEAR3": lambda n, d: len(d) == 3 and d[0] != "0",
    "THREE": lambda n, d: len(d) == 3,
    "YEAR4": lambda n, d: 1000 <= n <= 2199,
    "FOUR": lambda n, d: len(d) == 4 and d[0] != "0",
    "CLOCK4": lambda n, d: len(d) == 4 and n < 2400 and n % 100 < 60,
    "TENYEARS": lambda n, d: len(d) == 4 and n % 10 == 0,
    "ROUND": lambda n, d: len(d) == 4 and n % 100 == 0,
}


def _shapes() -> set[frozenset[str]]:
    numbers = [str(n) for n in range(10000)] + [f"{n:02d}" for n in range(10)]
    numbers += [f"{n:03d}" for n in range(100)] + [f"{n:04d}" for n in range(1000)] + ["10000"]
    return {number_shape(digits) for digits in numbers}


@cache
def load(name: str = "en") -> Language:
    """Read a language's folder and compile it; the first call takes a moment, later ones none."""
    folder = files("hodie.timex") / "languages" / name
    if not folder.is_dir():
        raise PatternError(f"no language {name!r}; there is no folder hodie/timex/languages/{name}")
    return _build(name, folder)


def _build(name: str, folder: "Traversable") -> Language:
    lexicon = tomllib.loads((folder / "lexicon.toml").read_text(encoding="utf-8"))
    statements = _statements((folder / "grammar.txt").read_text(encoding="utf-8"))
    cased, nouns = set(lexicon.pop("cased", [])), set(lexicon.pop("nouns", []))
    endings = lexicon.pop("suffixes", {})
    suffixes = tuple((end, _SUFFIX_CODES[kind]) for end, kind in endings.items())
    words = {key: {plain(w): v for w, v in members.items()} for key, members in lexicon.items()}
    known, numbers, members = _alphabet(words, cased, statements)
    members["LOWER"] = _ordinary(members, nouns) | {UNKNOWN}
    classes = _base_classes(members)
    literals = {key[1:]: letters for key, letters in members.items() if key[0] == "="}
    reader = Reader(classes, literals)
    for key in words:
        classes[key] = _word_class(words[key], members.get(key, frozenset()), reader)
    rules = _rules(statements, reader, classes)
    grammars = {profile: _levels(rules, profile) for profile in PROFILES}
    return Language(name, words, known, numbers, classes, grammars, suffixes)


def _statements(text: str) -> list[dict[str, str]]:
    joined = re.sub(
        r"\n[ \t]+", " ", "\n".join(line for line in text.split("\n") if line[:1] != "#")
    )
    found = []
    for line in filter(None, map(str.strip, joined.split("\n"))):
        match = _STATEMENT.fullmatch(line)
        if match is None:
            raise PatternError(f"neither a 'let' nor a 'rule': {line!r}")
        found.append({key: value or "" for key, value in match.groupdict().items()})
    return found


def _alphabet(
    words: dict[str, dict[str, Value]], cased: set[str], statements: list[dict[str, str]]
) -> tuple[dict[str, str], dict[frozenset[str], str], dict[str, frozenset[str]]]:
    """Give each combination of classes its character: codes of words, of numbers, of classes."""
    low, high = _memberships(words, cased, _literals(words, statements))
    shapes = _shapes()
    digits = {word: low[word] | number_shape(word) for word in low if word.isdecimal()}
    signatures = sorted(map(sorted, {*low.values(), *high.values(), *shapes, *digits.values()}))
    codes = {frozenset(s): chr(_FIRST_CODE + i) for i, s in enumerate(signatures) if s}
    known = {word: codes[signature] for word, signature in low.items() if signature}
    known |= {"^" + word: codes[signature] for word, signature in high.items() if signature}
    known |= {word: codes[signature] for word, signature in digits.items()}
    members: dict[str, set[str]] = {}
    for signature, code in codes.items():
        for key in signature:
            members.setdefault(key, set()).add(code)
    members["WORD"] = {code for s, code in codes.items() if "NUMBER" not in s}
    return known, {s: codes[s] for s in shapes}, {k: frozenset(v) for k, v in members.items()}


def _literals(words: dict[str, dict[str, Value]], statements: list[dict[str, str]]) -> set[str]:
    sources = [s["pattern"] for s in statements]
    sources += [phrase for group in words.values() for phrase in group if _is_phrase(phrase)]
    return {w for source in sources for pair in _LITERAL.findall(source) for w in pair if w}


def _memberships(
    words: dict[str, dict[str, Value]], cased: set[str], literals: set[str]
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """The classes of each word, written small and written with a capital."""
    low: dict[str, set[str]] = {word: {"=" + word} for word in literals}
    high: dict[str, set[str]] = {word: {"=" + word} for word in literals if not word.isdecimal()}
    for key, group in words.items():
        for word in group:
            if not _is_phrase(word):
                high.setdefault(word, set()).add(key)
                if key not in cased:
                    low.setdefault(word, set()).add(key)
    return (
        {word: frozenset(keys) for word, keys in low.items()},
        {word: frozenset(keys) for word, keys in high.items()},
    )


def _is_phrase(word: str) -> bool:
    return not (word.isalpha() or word.isdecimal())


def _ordinary(members: dict[str, frozenset[str]], nouns: set[str]) -> frozenset[str]:
    """The characters of words that some rule names, but that are ordinary nouns all the same."""
    special = {"WORD", "NUMBER", *(key for key in members if key[0] == "=" and len(key) < 4)}
    telling = [k for k in members if k not in nouns and k not in special and k[0] != "="]
    short = [key for key in special if key[0] == "="]
    taken = frozenset().union(*(members[key] for key in (*telling, *short, "NUMBER")))
    return members["WORD"] - taken


def _base_classes(members: dict[str, frozenset[str]]) -> dict[str, Pattern]:
    named = {k: letter_class(v) for k, v in members.items() if k[0] != "="}
    named["UPPER"] = letter_class(frozenset(CAPITALISED))
    named["PAST"] = letter_class(frozenset(PAST))
    named["WORD"] = letter_class(members["WORD"] | {UNKNOWN, CAPITALISED, PAST, SUPERLATIVE})
    named["EST"] = letter_class(frozenset(SUPERLATIVE))
    named["OTHER"] = letter_class(frozenset(OTHER))
    named |= {f"NODE_{name}": letter_class(frozenset(code)) for name, code in NODES.items()}
    return named


def _word_class(group: dict[str, Value], letters: frozenset[str], reader: Reader) -> Pattern:
    """The pattern of a class: its words are one character class, its phrases a tree."""
    tree: Tree = {}
    for phrase in filter(_is_phrase, group):
        node = tree
        for part in reader.parts(phrase):
            node = node.setdefault(part, {})
        node[""] = {}
    options = [_branches(tree, reader)] if tree else []
    return either([*options, letter_class(letters)]) if letters or not options else options[0]


def _branches(tree: "Tree", reader: Reader) -> Pattern:
    options = [
        in_sequence(reader.read(part), _branches(rest, reader))
        for part, rest in tree.items()
        if part
    ]
    if not options:
        return EMPTY
    return optional(either(options)) if "" in tree else either(options)


def _rules(
    statements: list[dict[str, str]], reader: Reader, classes: dict[str, Pattern]
) -> list[Rule]:
    inside = letter_class(_codes_of(classes)).source
    rules: list[Rule] = []
    level = ""
    for statement in statements:
        level = statement["level"] or level
        pattern = reader.read(statement["pattern"])
        if statement["let"]:
            classes[statement["let"]] = pattern
        elif statement["kind"]:
            if pattern.nullable:
                raise PatternError(f"the rule {statement['name']!r} matches nothing at all")
            options = _options(statement["options"])
            rules.append(
                Rule(statement["name"], statement["kind"], pattern, options, level, inside)
            )
    return rules


def _codes_of(classes: dict[str, Pattern]) -> frozenset[str]:
    return classes["WORD"].first | classes["NUMBER"].first


def _options(text: str) -> dict[str, Option]:
    pairs = (item.split("=", 1) for item in text.split(",") if item.strip())
    return {key.strip(): _option(value.strip()) for key, value in pairs}


def _option(text: str) -> Option:
    try:
        return int(text)
    except ValueError:
        return text


def _levels(rules: list[Rule], profile: str) -> tuple[Level, ...]:
    kept = [rule for rule in rules if rule.options.get("only", profile) == profile]
    names = dict.fromkeys(rule.level for rule in kept)
    return tuple(
        Level(tuple(rule for rule in kept if rule.level == name), kept[0].inside) for name in names
    )
