import sys

import pytest

from bench import process


def test_a_process_is_timed_and_its_memory_counted() -> None:
    code = (
        "import sys, time; block = bytearray(200_000_000); time.sleep(0.2); print('out'); print('err', file=sys.stderr)"
    )
    usage = process.run([sys.executable, "-c", code])
    assert usage.wall >= 0.2
    assert 0 < usage.cpu < usage.wall + 1
    assert 200 < usage.peak < 400
    assert (usage.output, usage.errors) == ("out\n", "err\n")


def test_the_memory_of_one_process_is_not_that_of_the_one_before() -> None:
    large = process.run([sys.executable, "-c", "block = bytearray(800_000_000)"]).peak
    assert process.run([sys.executable, "-c", "pass"]).peak < large / 2


def test_the_memory_of_the_starting_process_does_not_count() -> None:
    block = bytearray(400_000_000)
    block[::4096] = bytes(len(block[::4096]))
    assert process.run([sys.executable, "-c", "pass"]).peak < 100
    assert len(block) == 400_000_000


def test_a_process_that_fails_is_no_measurement() -> None:
    with pytest.raises(process.ProcessError, match=r"ended with 1: .*ZeroDivisionError"):
        process.run([sys.executable, "-c", "1 / 0"])


def test_a_function_is_asked_in_a_process_of_its_own() -> None:
    answer, usage = process.ask("storing:through", file=None)
    assert answer["source"] == "register"
    assert answer["statements"] == answer["stored"] > 1_000
    assert min(answer[lap] for lap in ("reading", "loading", "again", "viewing")) > 0
    assert usage.wall > answer["loading"]
