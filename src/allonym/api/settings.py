"""What a server is told when it starts.

Takes options of `allonym serve`; gives frozen settings that every worker process gets. Must not read the environment.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """`data`: the data folder; `manifest`: a yente manifest whose files are served, if any; `host` and `port` that are
    listened on; `workers`: processes; `open_to_all`: on loopback nobody needs a key, on any other address everybody
    does unless this is set; `nomenklatura`: what a Python with nomenklatura offers (`yente.peer_offer`), if any;
    `hidden`: algorithms that are not shown; `update_token`: what POST /updatez asks for, empty: nobody may; limits:
    bytes of a body, queries of a batch, seconds of a request, requests a second and client (0: none)."""

    data: Path
    manifest: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    open_to_all: bool = False
    nomenklatura: dict[str, Any] | None = None
    hidden: tuple[str, ...] = ()
    update_token: str = ""
    most_bytes: int = 20_000_000
    most_queries: int = 10_000
    most_seconds: float = 60.0
    most_a_second: float = 0.0

    def to_json(self) -> str:
        """In one line, for a worker process."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, line: str) -> "Settings":
        """What `to_json` wrote."""
        told = json.loads(line)
        manifest = told.pop("manifest")
        told["hidden"] = tuple(told["hidden"])
        return cls(Path(told.pop("data")), Path(manifest) if manifest else None, **told)
