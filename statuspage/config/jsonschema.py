"""The JSON Schema of the file, for editors and other programs."""

import inspect
from typing import Final

import msgspec

from statuspage.config.schema import ConfigFile
from statuspage.config.schema_providers import ProviderSection
from statuspage.vendors.registry import VENDORS

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, object]:
    """JSON Schema 2020-12 of `statuspage.yml`; what no schema can say is left to `check-config`."""
    (root,), definitions = msgspec.json.schema_components([ConfigFile], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        definition["description"] = inspect.cleandoc(definition["description"])
        if not definition.get("required"):
            definition.pop("required", None)
    vendor = definitions[ProviderSection.__name__]["properties"]["vendor"]
    vendor["anyOf"] = [{"enum": list(VENDORS)}, {"pattern": r"\$"}]
    return {"$schema": DIALECT, "title": "statuspage.yml", **root, "$defs": definitions}
