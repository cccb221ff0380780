"""A change is made known by notify, and wait says what became of it."""

import json
import urllib.parse
import uuid
from dataclasses import dataclass
from datetime import datetime, timezone

from .errors import FreshetError, NotReached, NotSettled
from .server import AGAIN, Server

TYPE = "io.freshet.data-changed.v1"
UNKNOWN = 404
LONGEST_WAIT = 55.0
MARGIN = 15.0


@dataclass(frozen=True)
class Change:
    """What a change is known by."""

    account: str
    source: str
    id: str


@dataclass(frozen=True)
class Settled:
    """What became of a change."""

    outcome: str
    data: str
    runs: dict
    not_succeeded: list
    answer: dict

    @property
    def succeeded(self):
        """Whether each run ended well, if any was needed."""
        return self.outcome in ("succeeded", "nothing_to_do")


def notify(
    data_source=None,
    *,
    space=None,
    datasets=None,
    tables=None,
    account=None,
    changed_at=None,
    reason=None,
    source="/python",
    id=None,
    url=None,
    token=None,
    give_up_after=120.0,
    server=None,
):
    """Makes known that the data of a data source, a space or some datasets has changed; returns the Change.

    It is tried again until Freshet has it, with the same id, so it is one change. Give an id of your own, such as that of a
    DAG's run, if your task may be run again as a whole.
    """
    change = {
        "account": account,
        "data_source": data_source,
        "space": space,
        "datasets": _listed(datasets),
        "tables": _listed(tables),
        "changed_at": (changed_at or datetime.now(timezone.utc)).isoformat(),
        "reason": reason,
    }
    event = {
        "specversion": "1.0",
        "type": TYPE,
        "source": source,
        "id": id or str(uuid.uuid4()),
        "data": {name: value for name, value in change.items() if value is not None},
    }
    _, answer = (server or Server(url, token)).call(
        "/api/v1/changes",
        body=json.dumps(event).encode(),
        headers={"Content-Type": "application/cloudevents+json"},
        give_up_after=give_up_after,
    )
    try:
        return Change(**answer["accepted"][0])
    except (KeyError, IndexError, TypeError) as error:
        raise FreshetError("The answer is none of Freshet's: is FRESHET_URL its address?") from error


def wait(change, *, url=None, token=None, give_up_after=3600.0, server=None):
    """Waits until the change has come to its end, and returns how it did.

    Raises NotSettled where it hasn't within give_up_after seconds.
    """
    server = server or Server(url, token)
    begin, last = server.clock(), None
    while True:
        left = give_up_after - (server.clock() - begin)
        if left <= 0:
            raise NotSettled(
                f"{change.source} {change.id} isn't settled after {give_up_after:.0f} s: it is "
                f"{(last or {}).get('state', 'not known yet')}. Wait again, or see why in Freshet's runbook",
                last,
            )
        patience = min(LONGEST_WAIT, max(1.0, left))
        asked = {"account": change.account, "source": change.source, "id": change.id, "wait": f"{patience:.0f}s"}
        asked_at = server.clock()
        try:
            _, answer = server.call(
                "/api/v1/changes?" + urllib.parse.urlencode(asked),
                timeout=patience + MARGIN,
                give_up_after=left,
                again=AGAIN | {UNKNOWN},  # it may be on its way
            )
        except NotReached as failure:
            raise NotSettled(str(failure), last) from failure
        last = answer if isinstance(answer, dict) else {}
        settled = last.get("settled")
        if not settled and server.clock() - asked_at < 1.0:
            server.sleep(1.0)  # whoever answered didn't wait
        if settled:
            return Settled(
                settled.get("outcome"),
                settled.get("data"),
                settled.get("runs", {}),
                settled.get("not_succeeded", []),
                last,
            )


def _listed(names):
    return None if names is None else list(names)
