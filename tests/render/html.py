"""A page read back: elements in order, and the mistakes a browser would forgive."""

from html.parser import HTMLParser

VOID = frozenset(["br", "img", "input", "link", "meta"])


class Element:
    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.text = ""
        self.children: list[Element] = []

    def find(self, tag: str | None = None, **wanted: str | bool) -> "list[Element]":
        """Descendants by tag and attributes; `class_` means «has this class», True means «present», `_` stands for `-`."""
        found: list[Element] = []
        for child in self.children:
            if (tag is None or child.tag == tag) and all(child._matches(key, value) for key, value in wanted.items()):
                found.append(child)
            found += child.find(tag, **wanted)
        return found

    def one(self, tag: str | None = None, **wanted: str | bool) -> "Element":
        (element,) = self.find(tag, **wanted)
        return element

    def _matches(self, key: str, value: str | bool) -> bool:
        if key == "class_":
            return value in self.attributes.get("class", "").split()
        name = key.replace("_", "-")
        return name in self.attributes if value is True else self.attributes.get(name) == value

    @property
    def words(self) -> str:
        """All the text within, with single spaces."""
        return " ".join(self.text.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Element("", {}, None)
        self.mistakes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.mistakes.append(f"<{tag}> has an attribute twice")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag == "br":
            self.handle_data(" ")
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Element(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        if tag != self.here.tag or self.here.parent is None:
            self.mistakes.append(f"</{tag}> closes <{self.here.tag}>")
            return
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        at: Element | None = self.here
        while at is not None:
            at.text += data
            at = at.parent


def read(content: bytes) -> Element:
    """The root of a page that must be well-formed, with unique ids and nothing that a strict policy forbids."""
    reader = _Reader()
    reader.feed(content.decode())
    assert reader.mistakes == []
    assert reader.here is reader.root, f"<{reader.here.tag}> is never closed"
    ids = [element.attributes["id"] for element in reader.root.find(id=True)]
    assert len(ids) == len(set(ids)), f"ids are not unique: {ids}"
    assert reader.root.find(style=True) == []
    assert reader.root.find("style") == []
    assert all(script.attributes.get("src") and not script.text for script in reader.root.find("script"))
    handlers = [name for element in reader.root.find() for name in element.attributes if name.startswith("on")]
    assert handlers == []
    return reader.root
