"""What the monitor itself says of incidents and maintenance, as patterns; `retelling` reads them back in other languages."""

from typing import Final

TITLE: Final = "{model}: {caption}"
TITLE_OF_MANY: Final = "{count} models of {provider}: {caption}"

SAID: Final = "{reason}."
JOINED: Final = "Also affected: {names}."
BACK: Final = "Affected again: {names}."
WELL: Final = "Works again: {names}."
MORE: Final = "{names} and {count} more"
RETURNED: Final = "It is back after {span}. {reason}."
WAITS: Final = "{model} is being measured; its status waits for proof. The incident stays open until {model} is known to work."
KEPT_OPEN: Final = "{model} {says}. The incident stays open until {model} is known to work."
ALL_WELL: Final = "{model} works again, and with it all {count} models. The incident lasted {span}."
COUNTED: Final = "{model} works again. The incident lasted {span}; {failed} of {of} requests failed."
OVER: Final = "{model} works again. The incident lasted {span}."
UNWATCHED: Final = "No longer watched: {names}. The incident is closed after {span}."
RETIRED: Final = "{reason}. The incident is closed after {span}."

BEGUN: Final = "The maintenance has begun."
ENDED: Final = "The maintenance is over."

RESOLVED: Final = "Resolved: {title}"
ANNOUNCED: Final = "Maintenance announced: {title}"
HAS_BEGUN: Final = "Maintenance has begun: {title}"
IS_OVER: Final = "Maintenance is over: {title}"
CANCELLED: Final = "Maintenance cancelled: {title}"
CHANGED: Final = "{group}: {count} of its models and matters changed"
