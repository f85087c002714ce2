"""Who runs this program: a machine need not have a name for its user."""

import os
import subprocess
import sys

import pytest

from allonym.whoami import user

NAMES = ("LOGNAME", "USER", "LNAME", "USERNAME")
ASK = "import os; from allonym.whoami import user; os.setuid({uid}); print(user())"


def test_the_name_that_the_environment_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ines")
    assert user() == "ines"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become a user without a name"
)
def test_a_user_whom_the_machine_does_not_know_by_name() -> None:
    env = {k: v for k, v in os.environ.items() if k not in NAMES}
    done = subprocess.run([sys.executable, "-c", ASK.format(uid=54_321)], env=env, capture_output=True, text=True)
    assert done.stdout.strip() == "uid 54321", done.stderr
