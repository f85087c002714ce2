"""Who runs this program, as the machine knows them."""

import getpass
import os


def user() -> str:
    """The name of this machine's user; "uid 1000" where the machine has no name for them, as in many containers."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # OSError from Python 3.13 on
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"
