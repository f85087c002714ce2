"""Commands in processes of their own, to be killed and to run beside each other. Run by the tests of this folder.

running.py forked   for each line on standard input, JSON [seconds or null, words], forks a child that runs `allonym`
                    with the words, and kills it after so many seconds; says how it ended: its exit status, or the
                    signal as a negative number
running.py asked    for each line on standard input, a JSON list of words, runs `allonym` with them in this process, and
                    says, as JSON, [exit status, standard output, standard error]
running.py holding  holds the loading lock of the data folder in the first line until standard input ends
"""

import json
import os
import signal
import sys
import time

from allonym import cli, lists, pipeline, update  # imported before the fork, so that each child starts at once
from allonym.store import Store, loading
from tests.command import command

assert lists and pipeline and update and loading


def forked() -> None:
    """See the module's docstring."""
    for line in sys.stdin:
        seconds, words = json.loads(line)
        child = os.fork()
        if child == 0:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
            os._exit(cli.run(words))
        if seconds is not None:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def asked() -> None:
    """See the module's docstring."""
    for line in sys.stdin:
        ran = command(*json.loads(line))
        print(json.dumps([ran.status, ran.text, ran.err]), flush=True)


def holding() -> None:
    """See the module's docstring."""
    with Store.open(json.loads(sys.stdin.readline())[0]) as store, store.loading():
        print("held", flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    {"forked": forked, "asked": asked, "holding": holding}[sys.argv[1]]()
