"""python -m ingest PATH… [--library DIR] [--json]"""

from __future__ import annotations

import argparse
import json
import sys

from bot.errors import BotError
from ingest.build import ingest


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m ingest")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--library")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    try:
        report = ingest(*arguments.paths, library=arguments.library)
    except BotError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(report.to_dict()) if arguments.json else report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
