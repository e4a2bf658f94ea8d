"""The making of the starter's tables from the facts at hand; `build_starter.py` runs it."""
