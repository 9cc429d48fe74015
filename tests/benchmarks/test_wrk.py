"""Reading what wrk says."""

import pytest

from benchmarks.wrk import parse

SAID = """Running 3s test @ http://127.0.0.1:8000/
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.02ms  250.10us   9.01ms   90.00%
  Latency Distribution
     50%    0.98ms
     99%  {p99}
  93412 requests in 3.00s, 1.20GB read
{trouble}Requests/sec:  31137.33
"""


@pytest.mark.parametrize(("p99", "p99_ms"), [("850.00us", 0.85), ("2.31ms", 2.31), ("1.20s", 1200.0)])
def test_it_reads_requests_and_the_slowest_percent(p99: str, p99_ms: float) -> None:
    burst = parse(SAID.format(p99=p99, trouble=""))
    assert (burst.requests, burst.refused) == (93412, 0)
    assert burst.p99_ms == pytest.approx(p99_ms)


@pytest.mark.parametrize(
    ("trouble", "refused"),
    [
        ("  Non-2xx or 3xx responses: 17\n", 17),
        ("  Socket errors: connect 1, read 2, write 0, timeout 4\n", 7),
    ],
)
def test_it_counts_what_went_wrong(trouble: str, refused: int) -> None:
    assert parse(SAID.format(p99="1.00ms", trouble=trouble)).refused == refused


def test_it_does_not_take_another_text_for_a_result() -> None:
    with pytest.raises(ValueError, match="unable to connect"):
        parse("unable to connect to 127.0.0.1:8000")
