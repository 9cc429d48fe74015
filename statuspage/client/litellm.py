"""Gives LiteLLM's Router what a statuspage server knows: of the deployments that could serve a call, only the best remain.

LiteLLM is no dependency of ours; it is imported when `attach` is called.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from statuspage.client.evidence import Evidence

Deployment = Mapping[str, Any]
"""An entry of the Router's `model_list`."""
KEY: Final = "statuspage"
"""Where a deployment's `model_info` names the key of its model on the page."""
_TRIED: Final = ("_excluded_deployment_ids", "_retry_skipped_deployment_ids")
"""Where the Router keeps, within one call, what it has tried already."""


def key_of(deployment: Deployment) -> str | None:
    """The key that `model_info` names, None where it names none: then nothing is said of the deployment."""
    key = (deployment.get("model_info") or {}).get(KEY)
    return key if isinstance(key, str) else None


def keys_of(deployments: Sequence[Deployment]) -> tuple[str, ...]:
    """The keys of a `model_list`, for `Evidence`."""
    return tuple(dict.fromkeys(key for each in deployments if (key := key_of(each)) is not None))


def best(
    deployments: Sequence[Deployment], rank: Callable[[str], int], tried: Collection[str] = (), order: int | None = None
) -> list[Deployment]:
    """The deployments that are as good as any, and those of which nothing is said; never none where there are some.

    What was tried within this call counts only where nothing else is left. With an `order` only deployments of that order
    are compared, as the Router will take no other.
    """
    open_ = [each for each in deployments if order is None or _order(each) == order]
    fresh = [each for each in open_ if (each.get("model_info") or {}).get("id") not in tried] or open_
    ranks = [rank(key) for each in fresh if (key := key_of(each)) is not None]
    if not ranks:
        return list(deployments)
    return [each for each in fresh if (key := key_of(each)) is None or rank(key) == min(ranks)]


def attach(evidence: Evidence) -> object:
    """Has every Router of this process ask the evidence before it chooses; returns the callback, for `detach`.

    It acts on the Router's asynchronous calls (`acompletion` …), which LiteLLM's proxy makes too: its synchronous ones ask no
    callback. Raises `ImportError` where LiteLLM is not installed.
    """
    import litellm  # type: ignore[import-not-found]
    from litellm.integrations.custom_logger import CustomLogger  # type: ignore[import-not-found]

    class Filter(CustomLogger):  # type: ignore[misc]  # LiteLLM is not there when types are checked
        """Drops deployments that the page knows to be worse."""

        async def async_filter_deployments(
            self,
            model: str,  # noqa: ARG002 - the interface is LiteLLM's
            healthy_deployments: list[dict[str, Any]],
            messages: object = None,  # noqa: ARG002
            request_kwargs: dict[str, Any] | None = None,
            parent_otel_span: object = None,  # noqa: ARG002
        ) -> list[Deployment]:
            asked = request_kwargs or {}
            tried = {deployment_id for name in _TRIED for deployment_id in asked.get(name) or ()}
            return best(healthy_deployments, evidence.rank, tried, asked.get("_target_order"))

    callback = Filter()
    litellm.callbacks.append(callback)
    return callback


def detach(callback: object) -> None:
    """Has Routers choose by themselves again."""
    import litellm

    litellm.callbacks.remove(callback)


def _order(deployment: Deployment) -> object:
    return (deployment.get("litellm_params") or {}).get("order")
