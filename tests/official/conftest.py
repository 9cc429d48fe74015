import pytest

from tests.zoo.conftest import HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()
