"""Every shape of a webhook's body, by the word of the configuration."""

from typing import Final

from statuspage.notify.encodings import alertmanager, cloudevents, standard, statuspage
from statuspage.notify.encodings.encoding import Encode

ENCODINGS: Final[dict[str, Encode]] = {
    "standard": standard.encode,
    "statuspage": statuspage.encode,
    "cloudevents": cloudevents.encode,
    "alertmanager": alertmanager.encode,
}
