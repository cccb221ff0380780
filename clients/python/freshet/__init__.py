"""Tells Freshet that data has changed, and waits until Mode's reports show it."""

from .changes import Change, Settled, notify, wait
from .errors import FreshetError, NotReached, NotSettled, Refused

__all__ = ["Change", "FreshetError", "NotReached", "NotSettled", "Refused", "Settled", "notify", "wait"]
