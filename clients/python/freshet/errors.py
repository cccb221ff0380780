"""What can go wrong, and what to do about it."""


class FreshetError(Exception):
    """Any failure of this package."""


class Refused(FreshetError):
    """Freshet won't take it, however often it is sent. The message says what to change."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class NotReached(FreshetError):
    """Nobody answered for as long as was allowed. Send the same again: it is still one change."""


class NotSettled(FreshetError):
    """The change hasn't come to its end for as long as was allowed. Wait again, or look at the last answer."""

    def __init__(self, message, answer=None):
        super().__init__(message)
        self.answer = answer
