"""The almanac's file: its tables, its marks and its codes.

docs/reference/almanac.md tells the same to those who open the file with other tools. Whatever
changes the meaning of a column raises SCHEMA. `shelf` stays as it is: by it a build counts what an
almanac of an older schema has.
"""

from hodie.almanac.model import Kind
from hodie.dates import Calendar

SCHEMA = 3
"""The version of the layout, in the file's user_version."""

APPLICATION_ID = 0x486F6469
"""Marks the file as an almanac: "Hodi" in ASCII, in the file's application_id."""

PAGE_SIZE = 8192
# Larger pages read faster from a cold disk, smaller ones waste less; see the notes on SQLite.

WEIGHTS = 10_000
"""Weights are kept as whole numbers out of this."""

NO_YEAR = 1 << 19
"""Stands for the year of entries without a date, in `run`; it sorts behind every year."""

BEST = 500
"""How many entries of a shelf `best` holds. Selection looks at some hundreds, a reader at fifty."""

BEST_OF_YEAR = 100
"""How many entries of a year `year` holds, and how many of each kind in it."""

PAGE = 50
"""How many entries a page of a shelf has, kept ready to be shown."""

TOP = 200_000
"""How many of the weightiest entities, and titled entries, are searched first.

With 6.5 million entities a word that fewer than a hundred of these have is rare in the rest too,
so nobody waits for the long lists of common words.
"""

KEY_LOAD = 32
"""About how many numbers share one row of the key tables."""

KINDS = (Kind.EVENT, Kind.BIRTH, Kind.DEATH, Kind.HOLIDAY)
"""Kinds by code: the order in which a day's shelves lie in the file."""

LETTERS = "ebdh"
"""What an id in the form e:1940-08-20:647e955d7e begins with, by code of its kind."""

CALENDARS = (
    Calendar.GREGORIAN,
    Calendar.JULIAN,
    Calendar.HEBREW,
    Calendar.ISLAMIC,
    Calendar.REPUBLICAN,
)
"""Calendars by code."""

ENTRY_COLUMNS = (
    "n, id, year, calendar, subkind, title, line, weight, flags, subject, parts, refs, more"
)
ENTITY_COLUMNS = (
    "n, id, name, kind, wikidata, wikipedia, "
    "(SELECT text FROM word WHERE word.n = entity.description), image, weight, born, died, "
    "also, more"
)

TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE word (n INTEGER PRIMARY KEY, class TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE shelf (n INTEGER PRIMARY KEY, hidden INTEGER NOT NULL, day TEXT, kind TEXT,
    first INTEGER NOT NULL, count INTEGER NOT NULL);
CREATE INDEX shelf_first ON shelf (first) WHERE kind IS NOT NULL;
CREATE TABLE run (shelf INTEGER, year INTEGER, first INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (shelf, year)) WITHOUT ROWID;
CREATE TABLE best (shelf INTEGER PRIMARY KEY, entries BLOB NOT NULL, outlines BLOB NOT NULL);
CREATE TABLE year (year INTEGER, kind TEXT, count INTEGER NOT NULL, entries BLOB NOT NULL,
    PRIMARY KEY (year, kind)) WITHOUT ROWID;
CREATE TABLE page (shelf INTEGER PRIMARY KEY, entries BLOB NOT NULL);
CREATE TABLE entry (n INTEGER PRIMARY KEY, id, year INTEGER, calendar INTEGER, subkind INTEGER,
    title, line TEXT, weight INTEGER NOT NULL, flags INTEGER, subject INTEGER, parts TEXT,
    refs INTEGER, more TEXT);
CREATE TABLE entity (n INTEGER PRIMARY KEY, id TEXT, name TEXT NOT NULL, kind INTEGER, wikidata,
    wikipedia, description INTEGER, image TEXT, weight INTEGER NOT NULL, born INTEGER,
    died INTEGER, also TEXT, more TEXT);
CREATE TABLE timeline (n INTEGER PRIMARY KEY, entries BLOB NOT NULL);
CREATE TABLE entry_key (bucket INTEGER PRIMARY KEY, numbers BLOB NOT NULL);
CREATE TABLE entity_key (bucket INTEGER PRIMARY KEY, numbers BLOB NOT NULL);
CREATE TABLE titled (n INTEGER PRIMARY KEY, entry INTEGER NOT NULL);
"""


VIEWS = """
CREATE VIEW entities AS SELECT n,
    coalesce(id, replace(lower(name), ' ', '-')) AS id, name,
    (SELECT text FROM word WHERE n = e.kind) AS kind,
    CASE typeof(wikidata) WHEN 'integer' THEN 'Q' || wikidata ELSE wikidata END AS wikidata,
    CASE wikipedia WHEN 1 THEN name ELSE wikipedia END AS wikipedia,
    (SELECT text FROM word WHERE n = e.description) AS description,
    image, weight / 10000.0 AS weight, born, died, also, more
FROM entity AS e;
CREATE VIEW entries AS SELECT e.n,
    CASE typeof(e.id) WHEN 'text' THEN e.id ELSE substr(shelf.kind, 1, 1) || ':'
        || printf(CASE WHEN e.year < 0 THEN '%05d' ELSE '%04d' END, e.year)
        || '-' || shelf.day || ':' || printf('%010x', e.id) END AS id,
    shelf.kind, (SELECT text FROM word WHERE n = e.subkind) AS subkind,
    shelf.day, e.year, json_extract(e.more, '$.date') AS written,
    CASE e.calendar WHEN 0 THEN 'gregorian' WHEN 1 THEN 'julian' WHEN 2 THEN 'hebrew'
        WHEN 3 THEN 'islamic' WHEN 4 THEN 'french-republican' END AS calendar,
    CASE e.title WHEN 1 THEN s.name ELSE e.title END AS title, e.line,
    e.weight / 10000.0 AS weight, shelf.hidden,
    (SELECT text FROM word WHERE n = e.flags) AS flags,
    json_extract(e.more, '$.countries') AS countries, s.id AS subject,
    (SELECT json_group_array(json_array(word.text, entities.id))
        FROM json_each(e.parts) JOIN word ON word.n = json_extract(value, '$[0]')
        JOIN entities ON entities.n = json_extract(value, '$[1]')) AS participants,
    (SELECT text FROM word WHERE n = e.refs) AS refs,
    json_extract(e.more, '$.addresses') AS addresses
FROM entry AS e LEFT JOIN entities AS s ON s.n = e.subject
    JOIN shelf ON shelf.n = (SELECT n FROM shelf WHERE kind IS NOT NULL AND first <= e.n
        ORDER BY first DESC LIMIT 1);
"""
"""For people with a database browser: the same facts in full words. Hodie itself never reads it."""
