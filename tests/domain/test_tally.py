"""What a process did since it started."""

from statuspage.domain.sample import Sample, Tokens
from statuspage.domain.tally import Tally
from statuspage.domain.words import Fault, ProbeKind


def probe(cost_usd: float | None = 0.25) -> Sample:
    return Sample(
        model="zoo/a",
        at_ms=0,
        probe=ProbeKind.CHAT,
        class_name="ok",
        fault=Fault.NONE,
        tokens=Tokens(input=3, output=1),
        cost_usd=cost_usd,
    )


def test_a_tally_goes_on_from_where_another_stopped() -> None:
    before, after = Tally(), Tally()
    before.add(probe())
    before.add(probe())
    after.add(probe())
    after.follow(before)
    assert after.probes["zoo/a", "chat", "ok"] == 3
    assert (after.tokens["zoo/a", "input"], after.tokens["zoo/a", "output"]) == (9, 3)
    assert after.cost_usd == {"zoo/a": 0.75}
