"""The list that OpenAI's clients ask for."""

import json

import msgspec

from statuspage.render.openai_models import error_document, model_card, models_list
from tests.render import world


def test_the_list_has_openais_shape_and_our_status() -> None:
    told = json.loads(models_list(world.page(2).models))

    assert told["object"] == "list"
    assert told["data"][0] == {
        "id": "moonshot/kimi-k3", "object": "model", "created": 1777888800, "owned_by": "moonshot",
        "status": "major_outage", "level": "red",
    }  # fmt: skip


def test_a_card_is_one_object_of_the_list() -> None:
    model = world.model(1)

    assert json.loads(model_card(model)) == json.loads(models_list([model]))["data"][0]


def test_created_is_zero_while_the_first_sight_is_unknown() -> None:
    model = msgspec.structs.replace(world.model(1), first_seen_ms=None)

    assert json.loads(model_card(model))["created"] == 0


def test_an_error_has_openais_shape() -> None:
    told = json.loads(error_document("The model 'x' does not exist", "model_not_found"))

    assert told == {
        "error": {"message": "The model 'x' does not exist", "type": "invalid_request_error", "param": None,
                  "code": "model_not_found"},
    }  # fmt: skip
