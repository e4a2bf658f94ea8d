"""Small files of one's own records, one of each form; a module, for tests in other processes."""

import zipfile
from io import BytesIO

CSV = """\
Date,What,Who,Where,Ref
"Aug. 20, 1888","The ""Old"" Bridge opens","Ada Reader; John Smith",Riverside,A1
ca. 1750,A church is built,,Riverside,A2
25 Oct 1917 O.S.,"A revolution,
in two lines",,Petrograd,A3
44 BC,Caesar dies,Julius Caesar,Rome,A4
"""

ICS = """\
BEGIN:VCALENDAR
VERSION:2.0
X-WR-TIMEZONE:America/Mexico_City
BEGIN:VEVENT
UID:1@example.org
DTSTART;VALUE=DATE:19400820
RRULE:FREQ=YEARLY
SUMMARY:Attack on Trotsky
DESCRIPTION:He is struck\\, and dies
  the next day.
LOCATION:Mexico City
URL:https://example.org/1
END:VEVENT
BEGIN:VEVENT
UID:2@example.org
DTSTART:19400822T010000Z
CATEGORIES:Death
SUMMARY:Leon Trotsky died
END:VEVENT
BEGIN:VEVENT
UID:3@example.org
DTSTART;VALUE=DATE:20200101
RRULE:FREQ=YEARLY
CATEGORIES:HOLIDAY
SUMMARY:New Year's Day
END:VEVENT
END:VCALENDAR
"""

GEDCOM = """\
0 HEAD
1 GEDC
2 VERS 5.5.1
1 CHAR UTF-8
0 @I1@ INDI
1 NAME Ada /Reader/
1 BIRT
2 DATE 1 MAY 1811
2 PLAC Riverside, Kent
1 DEAT
2 DATE @#DJULIAN@ 25 OCT 1917
0 @I2@ INDI
1 NAME John /Smith/
1 BIRT
2 DATE 11 FEB 1731/32
1 DEAT Y
0 @I3@ INDI
1 NAME John /Smith/
1 BIRT
2 DATE 3 MAR 1980
0 @F1@ FAM
1 HUSB @I2@
1 WIFE @I1@
1 MARR
2 DATE ABT 1790
0 TRLR
"""

BSD = """\
LANG=en_US.UTF-8
/* What happened,
   and when. */
08/20\tTrotsky attacked in Mexico City, 1940
Aug 21\tLeon Trotsky died in Mexico City, 1940
01/01*\tNew Year's Day
03/15\tJulius Caesar is killed
\tin Rome, 44 BC
"""

NDJSON = """\
{"id": 1, "date": "1888-05-01", "title": "The Old Bridge opens", "people": ["Ada Reader"]}
{"id": 2, "date": 1750, "title": "A church is built", "places": ["Riverside", "Kent"]}
{"date": "20 August 1940", "title": "Attack", "kind": null, "weight": 0.75}
"""


def xlsx(rows: list[list[str | int]]) -> bytes:
    """Return a workbook of one sheet, as small as a program of sheets reads it."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(rows).items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>\n' + text)
    return packed.getvalue()


def _parts(rows: list[list[str | int]]) -> dict[str, str]:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    numbered = enumerate(rows, 1)
    sheet = "".join(f'<row r="{n}">{"".join(map(_cell, row))}</row>' for n, row in numbered)
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Register" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData>'
        "</worksheet>",
    }


def _cell(value: str | int) -> str:
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
