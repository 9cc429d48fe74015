"""The shapes of our JSON documents, from which their JSON Schemas are made; a document with another key is no such document.

The documents themselves are written by the renderers beside this folder; the tests hold both together.
"""

from statuspage.render.openapi.shapes.base import OpenAiError, Problem
from statuspage.render.openapi.shapes.details import LatencyDocument, ModelDetail, Samples, UptimeDocument
from statuspage.render.openapi.shapes.flags import (
    Flag,
    FlagContext,
    FlagEvaluation,
    FlagEvaluations,
    FlagFailure,
    Flags,
    FlagSetting,
)
from statuspage.render.openapi.shapes.incidents import Incident, Incidents, JsonFeed, Maintenance, Maintenances
from statuspage.render.openapi.shapes.models import Dropdown
from statuspage.render.openapi.shapes.others import OEmbed, OpenAiModel, OpenAiModels, Shields, TargetGroup, Version
from statuspage.render.openapi.shapes.passive import TakenCalls, ToldCalls
from statuspage.render.openapi.shapes.routing import Comparison, Route
from statuspage.render.openapi.shapes.statuspage import (
    StatuspageComponents,
    StatuspageIncidents,
    StatuspageMaintenances,
    StatuspageStatus,
    StatuspageSummary,
)
from statuspage.render.openapi.shapes.writing import (
    AnnouncedMaintenance,
    CheckAsked,
    IncidentChange,
    IncidentOpening,
    MaintenanceAnnouncement,
    MaintenanceWord,
    Override,
    Overrides,
    OverrideSetting,
)

__all__ = [
    "AnnouncedMaintenance",
    "CheckAsked",
    "Comparison",
    "Dropdown",
    "Flag",
    "FlagContext",
    "FlagEvaluation",
    "FlagEvaluations",
    "FlagFailure",
    "FlagSetting",
    "Flags",
    "Incident",
    "IncidentChange",
    "IncidentOpening",
    "Incidents",
    "JsonFeed",
    "LatencyDocument",
    "Maintenance",
    "MaintenanceAnnouncement",
    "MaintenanceWord",
    "Maintenances",
    "ModelDetail",
    "OEmbed",
    "OpenAiError",
    "OpenAiModel",
    "OpenAiModels",
    "Override",
    "OverrideSetting",
    "Overrides",
    "Problem",
    "Route",
    "Samples",
    "Shields",
    "StatuspageComponents",
    "StatuspageIncidents",
    "StatuspageMaintenances",
    "StatuspageStatus",
    "StatuspageSummary",
    "TakenCalls",
    "TargetGroup",
    "ToldCalls",
    "UptimeDocument",
    "Version",
]
