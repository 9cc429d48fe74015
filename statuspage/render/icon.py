"""The favicon: the status of what is shown."""

from urllib.parse import quote

from statuspage.domain.words import Status
from statuspage.render.looks import LOOKS


def icon(status: Status) -> str:
    """The status as a favicon, in the address itself: no request is needed."""
    look = LOOKS[status]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" color="{look.colour}" fill="{look.colour}">'
        f"{look.drawing}</svg>"
    )
    return f"data:image/svg+xml,{quote(svg, safe=' /=:.,')}"
