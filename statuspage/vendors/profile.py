"""How a probe must be phrased for a family of models."""

import re
from collections.abc import Mapping

import msgspec


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What a chat request to models that match `models` carries beside the bare minimum.

    `models` is searched in the model id, case does not matter. `extra` is merged into the request's body.
    `bound_parameter` overrides the vendor's name for the output bound.
    """

    models: re.Pattern[str]
    extra: Mapping[str, object] = {}
    bound_parameter: str | None = None


def profile(models: str, *, bound_parameter: str | None = None, **extra: object) -> Profile:
    """A profile for the model ids that the pattern finds."""
    return Profile(models=re.compile(models, re.IGNORECASE), extra=extra, bound_parameter=bound_parameter)
