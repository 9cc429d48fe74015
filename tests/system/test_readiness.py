"""The monitor says when it is not fit, and shows nothing that it could not keep."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.system.outside import Site, Upstream, config, serving, until

KEY = "moonshot/kimi-k3"


def test_a_database_that_cannot_be_written_is_told_and_nothing_keeps_its_colour(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}}, probing={"max_stale": "2s"})
    with serving(file) as site:
        site.until_status(KEY, "operational")
        assert site.ask("/readyz").status_code == 200
        with full_disk(site):
            assert until(lambda: site.ask("/readyz").status_code == 503)
            answer = site.ask("/readyz")
            assert answer.headers["retry-after"].isdigit()
            assert answer.text == "the database cannot be written; the log says why\n"
            assert site.ask("/livez").status_code == 200
            assert site.until_status(KEY, "no_data")["class"] == "stale"
            assert set(site.levels(KEY).values()) == {"grey"}
            assert site.samples(KEY), "what is kept can still be read"
        site.until_status(KEY, "operational")
        assert until(lambda: site.ask("/readyz").status_code == 200)
        assert "could not be stored" in site.log
        assert "Traceback" not in site.log


@contextmanager
def full_disk(site: Site) -> Iterator[None]:
    """Lets no file of the process grow beyond the database's log as it is."""
    log_bytes = (site.folder / "history.db-wal").stat().st_size
    before = resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE, (log_bytes, resource.RLIM_INFINITY))
    yield
    resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE, before)
