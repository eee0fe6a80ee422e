"""Work that goes on while its caller makes the next piece."""

from __future__ import annotations

import sys
import threading

import pytest

from graph.stores.behind import Behind


def test_the_interpreter_changes_hands_quickly_only_while_something_goes_on() -> None:
    usual = sys.getswitchinterval()
    seen = []
    with Behind() as one, Behind() as other:
        begun, done = threading.Event(), threading.Event()

        def first() -> None:
            begun.set()
            assert done.wait(10)

        one.do(first)
        assert begun.wait(10)
        other.do(lambda: seen.append(sys.getswitchinterval()))
        other.wait()
        assert sys.getswitchinterval() < usual / 10  # the first one still needs it
        done.set()
        one.wait()
    assert seen
    assert seen[0] < usual / 10
    assert sys.getswitchinterval() == usual


def test_what_work_meets_is_raised_to_who_waits_for_it() -> None:
    usual = sys.getswitchinterval()
    with Behind() as behind:
        behind.do(lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            behind.wait()
        behind.wait()  # once
    assert sys.getswitchinterval() == usual
