"""Which file stands for which address, so that a plain file server gives the same answers."""

from collections.abc import Mapping
from typing import Final

from statuspage.render.encoded import IDENTITY, Document

_NAME_BYTES: Final = 255
"""What the usual file systems take for one name."""
_ASSETS: Final = "static/"


def files_of(documents: Mapping[str, Document]) -> dict[str, Document]:
    """The documents by the file that holds their bytes, what others refer to first.

    An address that no file name can stand for is left out, and so are what is not found there (a status other than 200)
    and translations, which stand under `path language`: a file server cannot know what its reader speaks.
    """
    found: dict[str, Document] = {}
    for path in sorted(documents):
        document = documents[path]
        translated = document.language is not None and path.endswith(f" {document.language}")
        name = file_of(path, _content_type(document)) if document.status == 200 and not translated else None
        if name is not None:
            found.setdefault(name, document)
    return dict(sorted(found.items(), key=lambda item: not item[0].startswith(_ASSETS)))


def file_of(path: str, content_type: str) -> str | None:
    """The file's name below the directory, with `/` between folders; None where none can be.

    A page is the `index.html` of a folder, since `/models/x` has more below it; JSON ends in `.json`.
    """
    name = path.removeprefix("/")
    if content_type == "text/html":
        name = f"{name}/index.html".lstrip("/")
    elif content_type == "application/json" and not name.endswith(".json"):
        name = f"{name}.json"
    return name if is_name(name) else None


def is_name(name: str) -> bool:
    """Whether it names a file below the directory on every usual file system."""
    return all(_is_part(part) for part in name.split("/"))


def _is_part(part: str) -> bool:
    try:
        size = len(part.encode())
    except UnicodeEncodeError:
        return False
    return part not in (".", "..") and "\0" not in part and 0 < size <= _NAME_BYTES


def _content_type(document: Document) -> str:
    headers = dict(document.variants[IDENTITY].headers)
    return headers.get(b"content-type", b"").partition(b";")[0].decode()
