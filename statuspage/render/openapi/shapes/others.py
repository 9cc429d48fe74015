"""Shapes that other programs made up: OpenAI's, shields.io's, Prometheus's, oEmbed's."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from statuspage.domain.words import Level, Status
from statuspage.render.openapi.shapes.base import (
    Key,
    Shape,
)


class OpenAiModel(Shape):
    """OpenAI's model object, with our status."""

    id: Key
    object: Literal["model"]
    created: Annotated[int, Meta(ge=0, description="UTC seconds.")]
    owned_by: str
    status: Status
    level: Level


class OpenAiModels(Shape):
    """OpenAI's list of models."""

    object: Literal["list"]
    data: tuple[OpenAiModel, ...]


class Shields(Shape, kw_only=True):
    """shields.io's endpoint badge; it rejects any other key."""

    schemaVersion: Literal[1]  # noqa: N815 - shields' own name
    label: str
    message: Annotated[str, Meta(min_length=1)]
    color: str
    isError: bool = False  # noqa: N815 - shields' own name
    style: str = "flat"
    cacheSeconds: Annotated[int, Meta(ge=300)]  # noqa: N815 - shields' own name


class TargetGroup(Shape):
    """A group of Prometheus's HTTP service discovery."""

    targets: tuple[Key, ...]
    labels: dict[str, str]


class Version(Shape):
    """The program and its version."""

    name: Literal["statuspage"]
    version: str


class OEmbed(msgspec.Struct, kw_only=True):
    """oEmbed's answer."""

    version: str
    type: str
    html: str
    width: int
    height: int
