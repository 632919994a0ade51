"""What the checks of clients share: the server, and how a difference is told."""

import argparse
import contextlib

from check_highlevel.office import NO_LIMITS, office_server


@contextlib.contextmanager
def server_of(name, *options):
    """Runs the server that the command line names; the check succeeds if nothing is raised."""
    parser = argparse.ArgumentParser(prog=f"check-clients {name}")
    parser.add_argument("--binary", required=True)
    with office_server(parser.parse_args().binary, *NO_LIMITS, *options) as server:
        yield server


def expect(name, found, expected):
    """Compares what was found with what should be there."""
    if found != expected:
        raise SystemExit(f"{name}: {found!r} instead of {expected!r}")
