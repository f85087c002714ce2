"""The other end of `process.ask`: calls one function with arguments in JSON and prints its answer as JSON.

python -m bench.child asking:one_by_one '{"data": "…"}'
"""

import json
import sys
from importlib import import_module


def main(function: str, arguments: str) -> None:
    """Call it and print the answer."""
    module, _, name = function.partition(":")
    answer = getattr(import_module(f"bench.{module}"), name)(**json.loads(arguments))
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
