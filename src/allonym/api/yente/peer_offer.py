"""What the nomenklatura of a Python offers.

Takes the path of a Python; gives names and descriptions of its algorithms. It is asked once, by the supervisor, which
stays small: must not import what answers.
"""

import json
import subprocess
from pathlib import Path
from typing import Any

from allonym.errors import InputError

PROGRAM = Path(__file__).with_name("peer_child.py")
PATIENCE = 120  # seconds for a first start, which may compile what it imports
REMEDY = "give --nomenklatura the Python of an environment that has nomenklatura"


def described(python: str) -> dict[str, Any]:
    """What it offers, with its path: `python`, `version`, `algorithms` as /algorithms has them. Raises InputError when
    that Python cannot be run or has no nomenklatura that works.
    """
    place = Path(python).expanduser()
    # nomenklatura says where its functions are, and fails in a folder that is a link. The Python itself is a link, too:
    # followed, it would leave its environment.
    path = str(place.parent.resolve() / place.name) if len(place.parts) > 1 else python
    try:
        ran = subprocess.run([path, "-I", str(PROGRAM), "describe"], capture_output=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        told = getattr(error, "strerror", None) or "it does not answer"
        raise InputError(f"{python}: cannot be run ({told}); {REMEDY}") from None
    try:
        return {"python": path, **json.loads(ran.stdout)}
    except ValueError:
        last = (ran.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"])[-1]
        raise InputError(f"{python}: no nomenklatura works there ({last[:200]}); {REMEDY}") from None
