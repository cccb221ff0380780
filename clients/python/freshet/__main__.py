"""python3 -m freshet --data-source 843786b025e5 [--wait]: for scripts. Exit 0, 1 where reports failed, 2 where it can't be told."""

import argparse
import sys

from . import FreshetError, notify, wait


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="freshet", description="Tells Freshet that data has changed.")
    parser.add_argument("--data-source")
    parser.add_argument("--space")
    parser.add_argument("--dataset", action="append", dest="datasets")
    parser.add_argument("--table", action="append", dest="tables")
    parser.add_argument("--account")
    parser.add_argument("--reason")
    parser.add_argument("--source", default="/python")
    parser.add_argument("--id", help="the same id is the same change")
    parser.add_argument("--wait", action="store_true", help="until the reports have run")
    parser.add_argument("--give-up-after", type=float, default=3600.0, help="seconds")
    options = vars(parser.parse_args(arguments))
    waits, patience = options.pop("wait"), options.pop("give_up_after")
    try:
        change = notify(**options, give_up_after=min(patience, 120.0))
        print(f"accepted account={change.account} source={change.source} id={change.id}", flush=True)
        if not waits:
            return 0
        settled = wait(change, give_up_after=patience)
        print(f"settled outcome={settled.outcome} data={settled.data} succeeded={settled.runs.get('succeeded')}")
        return 0 if settled.succeeded else 1
    except FreshetError as error:
        print(f"freshet: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
