"""A guess at which column says what, to be confirmed: from the names of columns and their cells."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from hodie.dates import DateError, read_written
from hodie.sources.records import Unread
from hodie.sources.table.columns import KEYS, Columns
from hodie.sources.table.rows import Form, Row, open_table

SAMPLE = 200
"""So many rows are looked at."""

# Names of columns as people give them, by what they say; folded, in a few languages.
_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "identifier", "number", "no", "nr", "key", "signature", "ref", "inventory number"),
    "date": ("date", "when", "day of event", "event date", "datum", "wann", "fecha", "data", "дата",
             "year", "jahr", "annee", "ano", "год", "日付", "日期"),
    "month": ("month", "monat", "mois", "mes"),
    "day": ("day", "tag", "jour", "dia"),
    "birth": ("birth", "born", "birthdate", "date of birth", "birth date", "geboren", "geburt",
              "geburtsdatum", "naissance", "date de naissance", "nacimiento",
              "fecha de nacimiento"),
    "death": ("death", "died", "death date", "date of death", "gestorben", "tod", "sterbedatum",
              "deces", "mort", "date de deces", "muerte", "fecha de muerte"),
    "kind": ("kind", "type", "art", "typ", "tipo"),
    "subkind": ("subkind", "category", "kategorie", "categorie", "categoria"),
    "title": ("title", "event", "heading", "headline", "titel", "ereignis", "titre", "evenement",
              "titulo", "evento", "summary", "what", "was"),
    "line": ("line", "text", "description", "details", "story", "notes", "beschreibung", "texte",
             "descripcion", "content"),
    "subject": ("subject", "name", "person", "full name", "nom", "nombre", "имя"),
    "people": ("people", "persons", "who", "participants", "personen", "beteiligte", "personnes",
               "personas", "wer"),
    "places": ("places", "place", "where", "location", "ort", "orte", "lieu", "lugar", "town",
               "city", "stadt", "место"),
    "context": ("context", "series", "belongs to", "war"),
    "wikidata": ("wikidata", "qid", "q", "wikidata id", "item"),
    "wikipedia": ("wikipedia", "article", "artikel"),
    "countries": ("countries", "country", "land", "lander", "pays", "pais"),
    "calendar": ("calendar", "kalender", "style"),
    "weight": ("weight", "importance", "score"),
    "source": ("source", "quelle", "fuente", "reference", "citation"),
    "url": ("url", "link", "address", "web"),
    "licence": ("licence", "license", "lizenz", "rights"),
}  # fmt: skip
_LANGUAGES = ("en", "en-GB", "en-US", "de", "fr", "es", "it", "pt", "ru", "nl", "pl", "sv", "tr")


def guess(path: Path, form: Form, language: str | None = None) -> Columns:
    """Guess a file's mapping from its columns' names and its first rows."""
    table = open_table(path, form, _deaf)
    rows = list(islice(table.rows, SAMPLE))
    columns = _by_name(table.columns)
    tag = language or _language(rows, columns)
    if not {"date", "birth", "death"} & columns.keys():
        dates = [name for name in table.columns if _dates(rows, name, tag) > 0.5]
        if dates:
            columns["date"] = dates[0]
    if not {"title", "line", "subject"} & columns.keys():
        left = [name for name in table.columns if name not in columns.values()]
        if left:
            columns["title" if _length(rows, left) < 60 else "line"] = _longest(rows, left)
    ordered = {key: columns[key] for key in KEYS if key in columns}
    return Columns(ordered, tag, separator=_separator(rows, columns))


def own_names(columns: Iterable[str]) -> dict[str, str]:
    """Return the mapping of a file whose columns bear the names of what they say."""
    return {key: column for column in columns if (key := _folded(column)) in KEYS}


def _deaf(unread: Unread) -> None:
    """Hear nothing: a guess reports no rows."""


def _by_name(columns: tuple[str, ...]) -> dict[str, str]:
    """Take the columns whose names are known, each key once: its first name before its others."""
    found: dict[str, tuple[int, str]] = {}
    for column, (key, names) in itertools.product(columns, _NAMES.items()):
        folded = _folded(column)
        if folded in names:
            rank = names.index(folded)
            if key not in found or rank < found[key][0]:
                found[key] = rank, column
    mapping = {key: column for key, (_, column) in found.items()}
    if "date" not in mapping or "month" not in mapping:
        mapping.pop("month", None)
        mapping.pop("day", None)
    if "date" in mapping and {"birth", "death"} & mapping.keys():
        # Born and died beside a plain date are years of a life, which the subject has.
        mapping = {key: column for key, column in mapping.items() if key not in ("birth", "death")}
    return mapping


def _language(rows: list[Row], columns: dict[str, str]) -> str:
    """Return the language in which most dates can be read; of equals the first."""
    keys = [columns[key] for key in ("date", "birth", "death") if key in columns]
    names = keys or list(dict.fromkeys(name for row in rows for name in row.cells))
    counts = {tag: sum(_dates(rows, name, tag) for name in names) for tag in _LANGUAGES}
    return max(_LANGUAGES, key=lambda tag: counts[tag])


def _dates(rows: list[Row], column: str, language: str) -> float:
    """Return the share of a column's cells that are dates."""
    cells = list(_cells(rows, column))
    return sum(_is_date(cell, language) for cell in cells) / len(cells) if cells else 0.0


def _is_date(text: str, language: str) -> bool:
    try:
        read_written(text, language)
    except DateError:
        return False
    return True


def _longest(rows: list[Row], columns: list[str]) -> str:
    return max(columns, key=lambda name: sum(map(len, _cells(rows, name))))


def _length(rows: list[Row], columns: list[str]) -> float:
    cells = list(_cells(rows, _longest(rows, columns)))
    return sum(map(len, cells)) / len(cells) if cells else 0.0


def _separator(rows: list[Row], columns: dict[str, str]) -> str:
    names = [columns[key] for key in ("people", "places", "context") if key in columns]
    cells = [cell for name in names for cell in _cells(rows, name)]
    counts = {sign: sum(sign in cell for cell in cells) for sign in (";", "|", ",")}
    return max(counts, key=lambda sign: counts[sign]) if any(counts.values()) else ";"


def _cells(rows: list[Row], column: str) -> Iterator[str]:
    for row in rows:
        cell = row.cells.get(column, "")
        yield from [cell] if isinstance(cell, str) and cell else ()


def _folded(name: str) -> str:
    """Fold the name of a column: without case, accents and signs."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", plain.replace("_", " ")))
