"""What this process did since it started: probes by what they ended in, their tokens and their cost."""

from collections import Counter

from statuspage.domain.sample import Sample


class Tally:
    """Sums that only grow, by model; whoever reads them sees differences."""

    def __init__(self) -> None:
        self.probes: Counter[tuple[str, str, str]] = Counter()
        """By key, kind of probe and class."""
        self.tokens: Counter[tuple[str, str]] = Counter()
        """By key and direction, `input` or `output`."""
        self.cost_usd: dict[str, float] = {}
        """By key; a probe whose cost is not known adds nothing."""

    def follow(self, before: "Tally") -> None:
        """Goes on from where another one stopped."""
        self.probes.update(before.probes)
        self.tokens.update(before.tokens)
        for key, usd in before.cost_usd.items():
            self.cost_usd[key] = self.cost_usd.get(key, 0.0) + usd

    def add(self, sample: Sample) -> None:
        """Counts one probe."""
        key = sample.model
        self.probes[key, sample.probe.value, sample.class_name] += 1
        for direction, count in (("input", sample.tokens.input), ("output", sample.tokens.output)):
            if count is not None:
                self.tokens[key, direction] += count
        if sample.cost_usd is not None:
            self.cost_usd[key] = self.cost_usd.get(key, 0.0) + sample.cost_usd
