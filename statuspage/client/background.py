"""Work in a thread of its own, so that no call ever waits for it."""

import os
import threading
from collections.abc import Callable


class Background:
    """Does `work` again and again; it answers how many seconds to rest before the next time.

    The thread begins with the first `begin`, and anew in a process that was forked.
    """

    def __init__(self, name: str, work: Callable[[], float]) -> None:
        self._name = name
        self._work = work
        self._woken = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._process = 0
        self._over = False

    def begin(self, rest_s: float) -> bool:
        """Has the work done from now on, the first time after a rest; False where that is so already."""
        with self._lock:
            if self._over or (self._thread is not None and self._process == os.getpid()):
                return False
            self._process = os.getpid()
            self._thread = threading.Thread(target=self._run, args=(rest_s,), name=self._name, daemon=True)
            self._thread.start()
            return True

    def wake(self) -> None:
        """Ends the rest."""
        self._woken.set()

    def end(self) -> None:
        """Has the work done no more; what is under way ends by itself."""
        self._over = True
        self._woken.set()

    def _run(self, rest_s: float) -> None:
        while not self._over:
            self._woken.wait(rest_s)
            self._woken.clear()
            if not self._over:
                rest_s = self._work()
