"""A language is a folder: German is read by the same engine, and a broken folder is named."""

import pytest

from hodie.timex import PatternError, tag
from hodie.timex.patterns import Reader, letter_class

GERMAN = [
    ("Am 20. August 1940 starb er.", ["1940-08-20"]),
    ("Am Dienstag, dem 20. August 1940 starb er.", ["1940-08-20"]),
    ("Am 20.8.1940 starb er.", ["1940-08-20"]),
    ("Er kam 1922 und ging zwei Jahre später.", ["1922", "1924"]),
    ("Er kam 1927. Im folgenden Jahr ging er.", ["1927", "1928"]),
    ("Er kam am 3. Mai 1940. Am nächsten Tag ging er.", ["1940-05-03", "1940-05-04"]),
    ("Im Oktober 1940 begann es und endete im Februar.", ["1940-10", "1941-02"]),
    ("Im Sommer 1917 und im 18. Jahrhundert.", ["1917-SU", "17"]),
    ("Caesar starb 44 v. Chr. in Rom.", ["BC0044"]),
    ("In den 1920er Jahren war es still.", ["192"]),
    ("Der Krieg von 1914-18 endete.", ["1914", "1918"]),
    ("Vom 5. bis 9. März 1918 tagten sie.", ["1918-03-05", "1918-03-09"]),
    ("Ende 1942 und Anfang Mai 1943 kamen sie.", ["1942", "1943-05"]),
    ("Nach drei Jahren war es vorbei.", ["P3Y"]),
    ("Mehrere Wochen lang ist es jetzt still.", ["PXW", "PRESENT_REF"]),
    ("1940 Soldaten und 12.500 Mann.", []),
]


@pytest.mark.parametrize(("text", "values"), GERMAN)
def test_german_is_a_folder(text, values):
    """Dates, lengths and the flow of a German story are found by its own rules."""
    found = tag(text, language="de")

    assert [t.value for t in found] == values
    assert all(text[t.start : t.end] == t.text for t in found)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("the NOSUCH", "no class and no definition is called 'NOSUCH'"),
        ("(the", "missing ')' in the pattern '(the'"),
        ("the)", "unbalanced ')' in the pattern 'the)'"),
        ("<year:the", "missing '>' in the pattern '<year:the'"),
    ],
)
def test_a_broken_pattern_is_named(pattern, message):
    """Whoever writes a language hears which pattern is wrong, and how."""
    letters = frozenset("t")
    reader = Reader({"WORD": letter_class(letters)}, {"the": letters})

    with pytest.raises(PatternError) as caught:
        reader.read(pattern)

    assert str(caught.value) == message
