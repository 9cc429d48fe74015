"""What readers learn of the configuration, and what they never do."""

import msgspec

from statuspage.config.fleet import Config
from statuspage.domain.method import Profile
from statuspage.domain.policy import DEFAULT_POLICY
from statuspage.domain.words import ProbeKind
from statuspage.service.method import method_of
from tests.service.world import config, model


def _config() -> Config:
    models = [model(name) for name in ("a", "b", "c", "d")]
    made = config(models)
    models[1] = msgspec.structs.replace(models[1], interval_s=900.0)
    models[3] = msgspec.structs.replace(models[3], public=False, name="secret")
    return msgspec.structs.replace(made, models=tuple(models), canaries=("https://one.example/",), monthly_usd=25.0)


def test_models_asked_alike_stand_together_and_private_ones_nowhere() -> None:
    made = _config()
    keys = [model.key for model in made.models]
    method = method_of(made, DEFAULT_POLICY)

    assert [(profile.interval_s, profile.models) for profile in method.profiles] == [
        (made.models[0].interval_s, (keys[0], keys[2])),
        (900.0, (keys[1],)),
    ]
    assert (method.canaries, method.budget_usd) == (1, 25.0)
    assert method.profile_of(keys[3]) is None
    assert method.profile_of(keys[1]) == method.profiles[1]


def test_a_month_costs_what_every_answer_of_full_length_would() -> None:
    profile = Profile(
        probes=(ProbeKind.CHAT,), interval_s=300, timeout_s=30, max_output_tokens=16, confirm_probes=4, confirm_spacing_s=20,
        max_stale_s=660,
    )  # fmt: skip

    assert profile.requests_a_month == 8640
    assert round(profile.usd_a_month(1.0, 2.0), 6) == round(8640 * (30 * 1.0 + 16 * 2.0) / 1e6, 6)
    assert msgspec.structs.replace(profile, probes=(ProbeKind.CATALOG,)).usd_a_month(1.0, 2.0) == 0.0
