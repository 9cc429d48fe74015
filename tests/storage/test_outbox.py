"""The outbox: what every store keeps of notices and their deliveries."""

import msgspec
import pytest

from statuspage.domain.notice import STATUS_CHANGED, Audience, Delivery, DeliveryState, Notice, Severity
from statuspage.domain.ports import Store
from statuspage.domain.words import Status


def notice(name: str = "one", *, status: Status = Status.MAJOR_OUTAGE, audience: Audience = Audience.PUBLIC) -> Notice:
    return Notice(
        id=f"msg_{name}",
        kind=STATUS_CHANGED,
        at_ms=1_000,
        audience=audience,
        severity=Severity.FAILURE,
        subject="zoo/a",
        title=f"{name} happened",
        group="zoo",
        data=msgspec.Raw(msgspec.json.encode({"key": "zoo/a", "status": status})),
    )


def delivery(of: Notice, number: int = 1, channel: str = "ops", due_ms: int = 1_000) -> Delivery:
    return Delivery(number=number, channel=channel, notice=of, due_ms=due_ms)


async def test_a_notice_waits_until_it_is_addressed(store: Store) -> None:
    await store.outbox.post([notice("one"), notice("two")])

    found = await store.outbox.unaddressed(10)
    assert [each.id for _, each in found] == ["msg_one", "msg_two"]
    assert found[0][0] < found[1][0]

    await store.outbox.address([notice("one")], [delivery(notice("one"))])
    assert [each.id for _, each in await store.outbox.unaddressed(10)] == ["msg_two"]
    assert await store.outbox.waiting("ops", 10) == (delivery(notice("one")),)
    assert await store.outbox.waiting("other", 10) == ()


async def test_a_notice_that_is_posted_again_is_not_told_again(store: Store) -> None:
    await store.outbox.post([notice()])
    await store.outbox.address([notice()], [])
    await store.outbox.post([notice()])

    assert await store.outbox.unaddressed(10) == ()


async def test_a_settled_delivery_waits_no_more_and_stays_in_the_log(store: Store) -> None:
    await store.outbox.post([notice()])
    await store.outbox.address([notice()], [delivery(notice(), due_ms=2_000)])
    assert await store.outbox.backlog() == {"ops": (1, 2_000)}

    done = msgspec.structs.replace(delivery(notice()), state=DeliveryState.DELIVERED, settled_ms=5, attempts=1, remote="m1")
    await store.outbox.settle([done])

    assert await store.outbox.backlog() == {}
    assert await store.outbox.waiting("ops", 10) == ()
    assert await store.outbox.log(10) == (done,)
    assert await store.outbox.log(10, "other") == ()


async def test_it_knows_what_the_public_was_told_last(store: Store) -> None:
    grey = notice("grey", status=Status.NO_DATA, audience=Audience.OPERATOR)
    await store.outbox.post([notice("down"), notice("up", status=Status.OPERATIONAL), grey])

    assert await store.outbox.public_statuses() == {"zoo/a": Status.OPERATIONAL}
    assert await store.outbox.known(STATUS_CHANGED, "zoo/a") == grey
    assert await store.outbox.known(STATUS_CHANGED, "zoo/b") is None


@pytest.mark.parametrize(("before_ms", "left"), [(5, 1), (6, 0)])
async def test_old_deliveries_go(store: Store, before_ms: int, left: int) -> None:
    await store.outbox.post([notice()])
    done = msgspec.structs.replace(delivery(notice()), state=DeliveryState.DELIVERED, settled_ms=5)
    await store.outbox.address([notice()], [done])

    assert await store.outbox.prune(before_ms) == 1 - left
    assert len(await store.outbox.log(10)) == left


async def test_events_carry_their_notices(store: Store) -> None:
    await store.tell([], [notice()])

    assert [each.id for _, each in await store.outbox.unaddressed(10)] == ["msg_one"]
