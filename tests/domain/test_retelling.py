"""What was stored in English is said in Chinese, whatever the monitor can say; what people wrote stays theirs."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain import incident_words as words
from statuspage.domain.classes import CLASSES
from statuspage.domain.incident import Incident, IncidentUpdate
from statuspage.domain.incidents import uncapitalised
from statuspage.domain.languages import CHINESE
from statuspage.domain.notice import STATUS_CHANGED, Audience, Notice, Severity
from statuspage.domain.reading import Reading
from statuspage.domain.retelling import retold, retold_body, retold_notice
from statuspage.domain.speech import reason
from statuspage.domain.timeline import duration
from statuspage.domain.words import Fault, Status
from statuspage.render.language import speaking, tr

NAMES = st.text(st.characters(blacklist_categories=["C", "Z"]), min_size=1, max_size=12)


def in_chinese(body: str) -> str:
    with speaking(CHINESE):
        return retold_body(body, tr)


@pytest.mark.parametrize("class_name", CLASSES)
@pytest.mark.parametrize("status", [Status.DEGRADED_PERFORMANCE, Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE])
@pytest.mark.parametrize("mixed", [True, False])
def test_every_first_entry_is_what_would_be_said_in_chinese(class_name: str, status: Status, mixed: bool) -> None:
    read = Reading(status=status, class_name=class_name, fault=Fault.PROVIDER, failed=8, of=10, mixed=mixed)
    with speaking(CHINESE):
        assert retold_body(words.SAID.format(reason=reason("Kimi K3", read)), tr) == f"{reason('Kimi K3', read, tr)}。"


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("Also affected: Kimi K3, GLM 5.", "同样受影响：Kimi K3, GLM 5。"),
        ("Works again: Kimi K3, GLM 5 and 4 more.", "已恢复：Kimi K3, GLM 5 等，另有 4 个。"),
        ("Kimi K3 works again. The incident lasted 1 hour and 2 minutes.", "Kimi K3 已恢复。事件持续了 1 小时 2 分钟。"),
        ("No longer watched: a/b. The incident is closed after 2 hours.", "不再监测：a/b。事件在 2 小时后关闭。"),
        ("It is back after 5 minutes. Kimi K3 is overloaded.", "5 分钟后故障再次出现。Kimi K3 过载。"),
        ("The maintenance has begun.\n\nWe move house.", "维护已开始。\n\nWe move house."),
    ],
)
def test_what_follows_is_said_in_chinese(stored: str, said: str) -> None:
    assert in_chinese(stored) == said


@given(NAMES, st.integers(1, 500), st.integers(1, 99))
def test_names_and_figures_survive(name: str, hours: int, count: int) -> None:
    filled = {"model": name, "names": name, "count": count, "failed": count, "of": count + 1}
    for pattern in (words.JOINED, words.ALL_WELL, words.COUNTED, words.OVER, words.WAITS):
        stored = pattern.format(span=duration(hours * 3_600_000), **filled)
        with speaking(CHINESE):
            assert retold_body(stored, tr) == tr(pattern).format(span=f"{hours} 小时", **filled)


@pytest.mark.parametrize(
    "body", ["", "Kimi K3 dances.", "We look into it.", "Works again: .", "{model} {says}.", "Kimi K3 works again"]
)
def test_what_is_none_of_ours_stays(body: str) -> None:
    assert in_chinese(body) == body


def test_titles_are_said_and_peoples_words_are_kept() -> None:
    updates = (
        IncidentUpdate(id="1-2", status="identified", body="Kimi K3 is overloaded.", at_ms=2, author="Ada"),
        IncidentUpdate(id="1-1", status="investigating", body="Kimi K3 is overloaded.", at_ms=1),
    )
    stored = Incident(
        id="1",
        title=f"3 models of Moonshot: {uncapitalised(CLASSES['engine_overloaded'].label)}",
        status="identified",
        impact="major",
        models=("moonshot/kimi-k3",),
        started_at_ms=0,
        detected_at_ms=1,
        updates=updates,
    )
    with speaking(CHINESE):
        said = retold(stored, tr)
        by_hand = retold(msgspec.structs.replace(stored, auto=False), tr)
    assert said.title == "Moonshot 的 3 个模型：过载"
    assert [update.body for update in said.updates] == ["Kimi K3 is overloaded.", "Kimi K3 过载。"]
    assert by_hand.title == stored.title


def test_a_notice_is_said_and_its_data_stay() -> None:
    told = Notice(
        id="msg_1",
        kind=STATUS_CHANGED,
        at_ms=1,
        audience=Audience.PUBLIC,
        severity=Severity.FAILURE,
        subject="moonshot/kimi-k3",
        title="Resolved: Kimi K3: overloaded",
        body="Kimi K3 is overloaded.",
        data=msgspec.Raw(b'{"reason": "Kimi K3 is overloaded"}'),
    )
    with speaking(CHINESE):
        said = retold_notice(told, tr)
    assert (said.title, said.body, said.data) == ("已解决：Kimi K3：过载", "Kimi K3 过载。", told.data)
