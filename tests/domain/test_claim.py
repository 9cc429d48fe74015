"""What a page claims of one model: of the model itself, else of the API, else as a whole."""

import pytest

from statuspage.domain.claim import Claim, Scope, claim_of
from statuspage.domain.official import (
    Availability,
    Detail,
    OfficialComponent,
    OfficialIncident,
    OfficialMaintenance,
    OfficialReading,
    Severity,
    failed,
)
from statuspage.domain.words import Status


def page(*components: tuple[str, Status | None], severity: Severity = Severity.NONE, **more: object) -> OfficialReading:
    items = tuple(OfficialComponent(name=name, status=status) for name, status in components)
    return OfficialReading(
        engine="statuspage",
        overall=Availability.AVAILABLE,
        severity=severity,
        components=Detail(availability=Availability.AVAILABLE, items=items),
        **more,  # type: ignore[arg-type]
    )


def incidents(*items: OfficialIncident) -> Detail[OfficialIncident]:
    return Detail(availability=Availability.AVAILABLE, items=items)


@pytest.mark.parametrize(
    ("model_id", "component"),
    [
        ("meta-llama/Llama-3.3-70B-Instruct-Turbo", "Llama 3.3 70B"),
        ("meta-llama/Llama-3.3-70B-Instruct-Turbo", "Meta Llama 3.3 70B Instruct"),
        ("moonshotai/kimi-k2.6", "Kimi K2.6 (Inference)"),
        ("kimi-k3", "Kimi K3 API"),
        ("accounts/fireworks/models/kimi-k2p6", "Kimi K2.6"),
        ("gpt-6-mini", "GPT-6 mini"),
        ("claude-opus-5", "Claude Opus 5"),
    ],
)
def test_a_component_of_the_models_name_speaks_for_it(model_id: str, component: str) -> None:
    claim = claim_of(page((component, Status.MAJOR_OUTAGE)), model_id, (), None)
    assert claim == Claim(status=Status.MAJOR_OUTAGE, scope=Scope.MODEL, component=component)


@pytest.mark.parametrize(
    ("model_id", "component"),
    [
        ("kimi-k3", "Kimi K3.1"),
        ("kimi-k3.1", "Kimi K3"),
        ("gpt-6", "GPT-6 mini"),
        ("gpt-6-mini", "GPT-6"),
        ("claude-opus-4-1", "Claude Opus 4"),
        ("deepseek-chat", "Chat"),
        ("deepseek-chat", "DeepSeek API"),
        ("llama-3.3-70b", "Llama 3.3 8B"),
    ],
)
def test_another_models_component_does_not(model_id: str, component: str) -> None:
    claim = claim_of(page((component, Status.MAJOR_OUTAGE)), model_id, (), None)
    assert claim == Claim(status=Status.OPERATIONAL, scope=Scope.PAGE)


def test_the_closest_of_several_names_speaks() -> None:
    reading = page(("Llama 3.3 70B", Status.OPERATIONAL), ("Llama 3.3 70B Turbo", Status.MAJOR_OUTAGE))
    claim = claim_of(reading, "meta-llama/Llama-3.3-70B-Instruct-Turbo", (), None)
    assert claim is not None
    assert claim.component == "Llama 3.3 70B Turbo"


def test_the_configured_name_counts_too() -> None:
    claim = claim_of(page(("Kimi K3", Status.PARTIAL_OUTAGE)), "internal-7", ("Kimi K3",), None)
    assert claim is not None
    assert claim.scope is Scope.MODEL


def test_the_providers_component_speaks_where_no_model_is_named() -> None:
    reading = page(("Open API", Status.OPERATIONAL), ("Chat app", Status.MAJOR_OUTAGE), severity=Severity.MAJOR)
    assert claim_of(reading, "kimi-k3", (), "open api") == Claim(
        status=Status.OPERATIONAL, scope=Scope.COMPONENT, component="Open API"
    )


@pytest.mark.parametrize("component", [None, "Gone"])
def test_the_page_as_a_whole_speaks_last(component: str | None) -> None:
    reading = page(("Open API", Status.OPERATIONAL), severity=Severity.MAJOR)
    assert claim_of(reading, "kimi-k3", (), component) == Claim(status=Status.PARTIAL_OUTAGE, scope=Scope.PAGE)


def test_a_component_in_an_unknown_state_does_not_speak() -> None:
    reading = page(("Open API", None), severity=Severity.MINOR)
    claim = claim_of(reading, "kimi-k3", (), "Open API")
    assert claim is not None
    assert claim.scope is Scope.PAGE


def test_an_incident_that_names_the_component_worsens_its_claim() -> None:
    named = OfficialIncident(name="a", severity=Severity.MAJOR, components=("Open API",), published_ms=7)
    other = OfficialIncident(name="b", severity=Severity.CRITICAL, components=("Chat app",), published_ms=3)
    reading = page(("Open API", Status.OPERATIONAL), severity=Severity.CRITICAL, incidents=incidents(named, other))
    assert claim_of(reading, "kimi-k3", (), "Open API") == Claim(
        status=Status.PARTIAL_OUTAGE, scope=Scope.COMPONENT, component="Open API", published_ms=7
    )


def test_a_running_maintenance_of_the_component_shows() -> None:
    upkeep = OfficialMaintenance(name="a", in_progress=True, components=("Open API",))
    planned = OfficialMaintenance(name="b", components=("Open API",))
    for item, status in ((upkeep, Status.UNDER_MAINTENANCE), (planned, Status.OPERATIONAL)):
        listed = Detail(availability=Availability.AVAILABLE, items=(item,))
        claim = claim_of(page(("Open API", Status.OPERATIONAL), maintenances=listed), "kimi-k3", (), "Open API")
        assert claim is not None
        assert claim.status is status


def test_the_claim_of_a_page_is_as_old_as_its_oldest_open_incident() -> None:
    told = incidents(
        OfficialIncident(name="a", severity=Severity.MINOR, published_ms=9),
        OfficialIncident(name="b", severity=Severity.MINOR, published_ms=5),
        OfficialIncident(name="c", severity=Severity.NONE, published_ms=1),
    )
    claim = claim_of(page(severity=Severity.MINOR, incidents=told), "kimi-k3", (), None)
    assert claim is not None
    assert claim.published_ms == 5


def test_a_failed_look_claims_nothing() -> None:
    assert claim_of(failed("it is gone"), "kimi-k3", (), "Open API") is None
