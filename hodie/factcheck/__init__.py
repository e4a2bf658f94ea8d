"""Claims in prose against the almanac: what a story says happened when, and whether that is so.

>>> from hodie.factcheck import check
>>> [verdict.says for verdict in check("It was Friday, 20 August 1940.")]
['20 August 1940 was a Tuesday']
"""

from hodie.factcheck.checking import check, findings
from hodie.factcheck.lexicon import FactcheckError
from hodie.factcheck.model import Certainty, Claim, Kind, Moment, Status, Suggestion, Verdict
from hodie.factcheck.timeline import timeline

__all__ = [
    "Certainty",
    "Claim",
    "FactcheckError",
    "Kind",
    "Moment",
    "Status",
    "Suggestion",
    "Verdict",
    "check",
    "findings",
    "timeline",
]
