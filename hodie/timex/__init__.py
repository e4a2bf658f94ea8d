"""Time expressions in prose: found, resolved, and explained, with offsets into the text as given.

>>> from hodie.timex import tag
>>> for t in tag("Lenin fell ill in 1922. Two years later he died."):
...     print(t.text, t.value, "|", t.how)
1922 1922 | explicit
Two years later 1924 | P2Y after 1922 ('1922')
"""

from hodie.timex.bridge import between, date_of
from hodie.timex.model import Profile, Timex, TimexError, Type
from hodie.timex.patterns import PatternError
from hodie.timex.tagging import tag

__all__ = ["PatternError", "Profile", "Timex", "TimexError", "Type", "between", "date_of", "tag"]
