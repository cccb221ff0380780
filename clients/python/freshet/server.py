"""Calls to Freshet's API: tried again where that can help, and never sent on to another address."""

import json
import os
import time
import urllib.error
import urllib.request

from .errors import FreshetError, NotReached, Refused

AGAIN = {408, 429, 500, 502, 503, 504}
LONGEST_PAUSE = 30.0

WHAT_TO_DO = {
    401: "set FRESHET_TOKEN, or token=, to a token that Freshet knows",
    403: "ask for a token whose roles allow it: producer to notify, and viewer to wait where reading needs a role",
    404: "is FRESHET_URL the address of Freshet, without a path?",
    413: "send fewer or smaller changes",
}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token goes to the address that was given, and nowhere else."""

    def redirect_request(self, *_):
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


class Server:
    """Where Freshet is, and who asks."""

    def __init__(self, url=None, token=None, sleep=time.sleep, clock=time.monotonic):
        self.url = (url or os.environ.get("FRESHET_URL", "")).rstrip("/")
        if not self.url.startswith(("http://", "https://")):
            raise FreshetError("Say where Freshet is: set FRESHET_URL, or url=, such as https://freshet.example.com")
        self.token = token or os.environ.get("FRESHET_TOKEN", "")
        self.sleep = sleep
        self.clock = clock

    def call(self, path, body=None, headers=None, timeout=30.0, give_up_after=120.0, again=AGAIN):
        """The answer's status and JSON. Raises Refused where no repetition helps, and NotReached in the end."""
        begin, pause = self.clock(), 1.0
        while True:
            status, answer, wanted = self._once(path, body, headers or {}, timeout)
            if status is not None and status < 300:
                return status, answer
            if status is not None and status not in again:
                raise Refused(status, explained(status, answer))
            left = give_up_after - (self.clock() - begin)
            if left <= 0:
                raise NotReached(
                    f"{self.url} gave no good answer for {give_up_after:.0f} s, the last one was: "
                    f"{answer if status is None else explained(status, answer)}. Try the same again later"
                )
            self.sleep(min(max(wanted, pause), LONGEST_PAUSE, left))
            pause *= 2

    def _once(self, path, body, headers, timeout):
        """Status, JSON or what went wrong, and the seconds that the answer asks to wait."""
        request = urllib.request.Request(self.url + path, data=body, method="GET" if body is None else "POST")
        for name, value in headers.items():
            request.add_header(name, value)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with _OPENER.open(request, timeout=timeout) as answer:
                return answer.status, _json(answer.read()), 0.0
        except urllib.error.HTTPError as failure:
            with failure:
                return failure.code, _json(failure.read()), _seconds(failure.headers.get("Retry-After"))
        except (OSError, ValueError) as failure:  # no connection, none in time, or one that broke off
            return None, f"{type(failure).__name__}: {failure}", 0.0


def explained(status, answer):
    """One line on what is wrong, and what to do."""
    answer = answer if isinstance(answer, dict) else {}
    errors = "; ".join(str(error.get("reason")) for error in answer.get("errors", []) if isinstance(error, dict))
    parts = [str(answer.get("detail") or "no reason was given"), errors, WHAT_TO_DO.get(status, "")]
    return f"{status}: " + " - ".join(part for part in parts if part)


def _json(text):
    try:
        return json.loads(text)
    except ValueError:
        return {}


def _seconds(text):
    return float(text) if text and text.isdigit() else 0.0
