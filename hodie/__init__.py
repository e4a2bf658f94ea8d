"""Hodie: run your own Today in History."""

__version__ = "0.1.0"
