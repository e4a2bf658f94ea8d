"""Run a client of somebody else's API with nothing of it changed but the host that it asks.

    python redirected.py ORIGIN HOST MODULE FUNCTION [ARGUMENT...]

Runs FUNCTION of MODULE as a program of its own, with what it asks of HOST sent to ORIGIN.
"""

import importlib
import sys

import requests

origin, host, module, function, *arguments = sys.argv[1:]
as_before = requests.Session.request


def elsewhere(session, method, url, **options):
    """Ask another host for the same address."""
    assert url.startswith(f"https://{host}/"), url
    return as_before(session, method, url.replace(f"https://{host}", origin, 1), **options)


requests.Session.request = elsewhere
sys.argv[1:] = arguments
getattr(importlib.import_module(module), function)()
