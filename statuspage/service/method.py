"""The running configuration as the page of methods tells it."""

from collections.abc import Iterable

import msgspec

from statuspage.config.fleet import Config, Model
from statuspage.domain.method import Method, Profile
from statuspage.domain.policy import Policy


def method_of(config: Config, policy: Policy) -> Method:
    """Models that are asked alike stand together, in the order of the configuration; private ones are left out."""
    return Method(
        profiles=_profiles(model for model in config.models if model.public),
        policy=policy,
        canaries=len(config.canaries),
        concurrency=config.concurrency,
        timezone=config.site.timezone,
        budget_usd=config.monthly_usd,
        samples_kept_s=config.retention.samples_s,
        hours_kept_s=config.retention.hourly_s,
        days_kept_s=config.retention.daily_s,
    )


def _profiles(models: Iterable[Model]) -> tuple[Profile, ...]:
    keys: dict[Profile, list[str]] = {}
    for model in models:
        profile = Profile(
            probes=model.probes,
            interval_s=model.interval_s,
            timeout_s=model.timeout_s,
            max_output_tokens=model.max_output_tokens,
            confirm_probes=model.confirm_probes,
            confirm_spacing_s=model.confirm_spacing_s,
            max_stale_s=model.max_stale_s,
        )
        keys.setdefault(profile, []).append(model.key)
    return tuple(msgspec.structs.replace(profile, models=tuple(of_it)) for profile, of_it in keys.items())
