"""Waiting for conditions. Nothing in the tests waits for time to pass."""

import threading
import time

_nobody = threading.Event()


def wait_until(condition, what, seconds=30.0):
    """Returns the first true value of `condition()`; fails with `what` when none came in time."""
    deadline = time.monotonic() + seconds
    pause = 0.005
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:g} s in vain: {what() if callable(what) else what}")
        _nobody.wait(pause)
        pause = min(pause * 1.5, 0.1)
