"""From a request to a reply: which vendor, which endpoint, which fault, else good health."""

import math
import random
from collections import Counter, defaultdict, deque
from collections.abc import Generator
from email.utils import formatdate
from functools import partial
from typing import Final

from statuspage.domain.clock import Clock
from statuspage.zoo.account import Account, account_of
from statuspage.zoo.alteration import Alteration
from statuspage.zoo.answer import answer
from statuspage.zoo.call import ChatCall, NotAChatError, read_call
from statuspage.zoo.dialects.registry import DIALECTS
from statuspage.zoo.fault import Fault, FaultError
from statuspage.zoo.faults import Faults
from statuspage.zoo.official import STATUS, official_page
from statuspage.zoo.reply import Ending, Headers, Pause, Reply, Step, as_json, empty, whole
from statuspage.zoo.request import Request
from statuspage.zoo.rows.row import Row
from statuspage.zoo.scene import Pace, Scene, healthy
from statuspage.zoo.script import Script
from statuspage.zoo.shelf import Shelf
from statuspage.zoo.species import Species, Thinking, broken_rule
from statuspage.zoo.toolexchange import broken_exchange
from statuspage.zoo.vendor import SimulatedVendor
from statuspage.zoo.vendors.registry import SIMULATED

CANARY: Final = "canary"
_SPREAD: Final = 0.3
_ECHO_S: Final = 1.0
"""So soon after a model's fault the next `/models` shows what belongs to it."""
_APART_S: Final = 0.1
"""Such a fault is answered this much later, so that other models' look-ups at the same time are over."""
_KEY_ROWS: Final = frozenset({39, 41, 42})
_ROUTE_ROW: Final = 48


class Stage:
    """Answers requests; everything that outlives one request is here, and time comes from the clock."""

    def __init__(self, *, script: Script, seed: int, clock: Clock, pace: float) -> None:
        self.faults = Faults(script, seed)
        self.cut: set[str] = set()
        self.requests: Counter[str] = Counter()
        """Requests by prefix."""
        self.asked: Counter[str] = Counter()
        """Requests by `prefix/model-id` and `prefix/@endpoint`."""
        self._clock = clock
        self._started_s = clock.monotonic_s()
        self._seed = seed
        self._pace = pace
        self._shelves = {vendor.prefix: Shelf(vendor) for vendor in SIMULATED.values()}
        self._accounts: dict[tuple[str, str], Account] = {}
        self._luck: dict[str, random.Random] = {}
        self._memories: dict[str, dict[str, str]] = {}
        self._echoes: defaultdict[tuple[str, str | None], deque[tuple[str, float]]] = defaultdict(partial(deque, maxlen=100))
        self._date: tuple[int, str] = (0, "")
        self._number = 0

    def alter(self, alteration: Alteration) -> None:
        """Changes models of one vendor, the pattern's prefix. Raises `ValueError` where there are none."""
        shelf = self._shelves.get(alteration.models.partition("/")[0])
        if shelf is None:
            raise ValueError(f"{alteration.models!r} names no vendor: write prefix/model-id")
        shelf.alter(alteration)

    def answer(self, request: Request) -> Reply:
        """The reply to one request."""
        prefix, _, rest = request.path.lstrip("/").partition("/")
        self.requests[prefix] += 1
        if prefix in self.cut or "*" in self.cut:
            return (Ending.RESET,)
        if prefix == CANARY:
            return empty(204)
        if prefix == STATUS:
            return official_page(rest)
        vendor = SIMULATED.get(prefix)
        if vendor is None:
            sentence = f"The zoo has no vendor {prefix!r}; it has {', '.join(SIMULATED)}."
            return whole(404, as_json({"error": {"message": sentence, "type": "invalid_request_error"}}))
        self._number += 1
        scene = Scene(request=request, vendor=vendor, name="", dialect=DIALECTS[vendor.dialect], headers=self._headers(vendor))
        try:
            return self._at_vendor(scene, rest)
        except FaultError as error:
            return whole(501, as_json({"error": {"message": f"{error}.", "type": "zoo_error"}}))

    def _at_vendor(self, scene: Scene, path: str) -> Reply:
        endpoint = _endpoint(scene.vendor, path.rstrip("/"))
        request = scene.request
        if endpoint in {"chat/completions", "messages"} and request.method == "POST":
            return self._chat(scene, endpoint)
        if request.method not in {"GET", "HEAD"} or endpoint is None:
            scene.name = "@nowhere"
            return scene.refuse("no_route")
        if endpoint == "models" or endpoint.startswith("models/"):
            return self._models(scene, endpoint[len("models/") :])
        if endpoint in scene.vendor.balances:
            return self._balance(scene, endpoint)
        scene.name = "@nowhere"
        return scene.refuse("no_route")

    def _chat(self, scene: Scene, endpoint: str) -> Reply:
        vendor = scene.vendor
        scene.dialect = DIALECTS["anthropic" if endpoint == "messages" else "openai"]
        try:
            call = read_call(scene.request.body, scene.dialect.name)
        except NotAChatError as error:
            return scene.refuse("invalid_request", detail=str(error))
        scene.name, scene.call = call.model, call
        name = f"{vendor.prefix}/{call.model}"
        self.asked[name] += 1
        scene.memory = self._memories.setdefault(name, {})
        shelf = self._shelves[vendor.prefix]
        species = shelf.species(call.model)
        if species is not None:
            served = species.alias_of or call.model
            scene.answer = answer(call, species, served, self._number, self._clock.now_ms() // 1000)
            scene.pace = self._pace_of(name, species)
        fault = self._fault(scene, name)
        if fault is not None:
            shelf.asked_for(call.model, fault.row)
            return self._played(scene, fault)
        account = self._account(vendor, scene.request)
        refused = self._refused(scene)
        if refused is not None:
            return refused
        if species is None:
            return scene.refuse("unknown_model")
        if species.retired:
            return scene.refuse("retired")
        broken = _broken(vendor, call, species, scene.dialect.name)
        if broken is not None:
            condition, words = broken
            return scene.refuse(condition, **words)
        now_s = self._clock.monotonic_s()
        limit = account.refusal(now_s)
        if limit is not None:
            return scene.refuse(limit[0], **limit[1])
        return account.seat(healthy(scene), now_s)

    def _models(self, scene: Scene, wanted: str) -> Reply:
        vendor, shelf = scene.vendor, self._shelves[scene.vendor.prefix]
        scene.name = "@models"
        if vendor.router and wanted.endswith("/endpoints"):
            species = shelf.species(wanted.removesuffix("/endpoints"))
            scene.payload = None if species is None else _upstreams(vendor, species)
            return self._endpoint(scene, missing=wanted if species is None else None)
        elapsed_s = self._elapsed_s()
        entries = shelf.entries(lambda model_id: self.faults.concerning(f"{vendor.prefix}/{model_id}", elapsed_s))
        if wanted:
            entries = [each for each in entries if each["id"] == wanted]
        scene.payload = entries[0] if wanted and entries else vendor.listing(entries)
        return self._endpoint(scene, missing=wanted if not entries and wanted else None)

    def _balance(self, scene: Scene, endpoint: str) -> Reply:
        scene.name = "@balance"
        account = self._account(scene.vendor, scene.request)
        broke = self._fault_going_on(f"{scene.vendor.prefix}/@balance")
        shown = account_of(account.key + "-broke") if broke else account
        scene.payload = scene.vendor.balances[endpoint](shown)
        return self._endpoint(scene)

    def _endpoint(self, scene: Scene, missing: str | None = None) -> Reply:
        """An endpoint beside chat: a fault that reaches it, a key that is refused, else its payload."""
        name = f"{scene.vendor.prefix}/{scene.name}"
        self.asked[name] += 1
        scene.memory = self._memories.setdefault(name, {})
        fault = self._fault(scene, name)
        if fault is not None and not (scene.name == "@balance" and fault.row.number in _EMPTY_PURSE):
            return self._played(scene, fault)
        refused = self._refused(scene)
        if refused is not None:
            return refused
        if missing is not None:
            scene.name = missing
            return scene.refuse("unknown_model")
        return healthy(scene)

    def _fault_going_on(self, name: str) -> bool:
        return any(row.number in _EMPTY_PURSE for row in self.faults.concerning(name, self._elapsed_s()))

    def _played(self, scene: Scene, fault: Fault) -> Reply:
        row = fault.row
        if row.play is None:
            raise FaultError(f"the zoo cannot play row {row.label} ({row.title}): {row.instead}")
        scene.directions = fault.directions
        if scene.answer is None and scene.call is not None:
            scene.answer = answer(scene.call, Species(id=scene.name), scene.name, self._number, self._clock.now_ms() // 1000)
        echoes = self._echoes_of(scene, row) if scene.call is not None else ()
        return self._echoing(row.play(scene), echoes, scene.request.key) if echoes else row.play(scene)

    def _echoes_of(self, scene: Scene, row: Row) -> tuple[tuple[str, str], ...]:
        """Where `/models` shows the fault too: a bad key is bad at sibling surfaces, a route that is gone has no list."""
        if row.number == _ROUTE_ROW:
            return ((scene.vendor.prefix, "no_route"),)
        return tuple((sibling, "bad_key") for sibling in scene.vendor.siblings) if row.number in _KEY_ROWS else ()

    def _echoing(self, reply: Reply, echoes: tuple[tuple[str, str], ...], key: str | None) -> Generator[Step, None, None]:
        yield Pause(_APART_S)
        for prefix, condition in echoes:
            self._echoes[prefix, key].append((condition, self._clock.monotonic_s() + _ECHO_S))
        yield from reply

    def _echo(self, vendor: SimulatedVendor, key: str | None) -> str | None:
        """The condition that this `/models` shall show, once."""
        waiting = self._echoes.get((vendor.prefix, key))
        while waiting:
            condition, until_s = waiting.popleft()
            if self._clock.monotonic_s() < until_s:
                return condition
        return None

    def _fault(self, scene: Scene, name: str) -> Fault | None:
        return self.faults.meets(name, scene.request, self._elapsed_s())

    def _refused(self, scene: Scene) -> Reply | None:
        """How a key that is missing, invalid or of a sibling surface is refused; None lets it pass."""
        vendor, key = scene.vendor, scene.request.key
        if key is None:
            return None if vendor.key_optional else scene.refuse("missing_key")
        if "invalid" in key:
            return scene.refuse("bad_key")
        if any(region in key.split("-") for region in vendor.foreign_regions):
            return scene.refuse("wrong_region")
        if scene.name == "@models":
            condition = self._echo(vendor, key)
            return scene.refuse(condition) if condition else None
        return None

    def _account(self, vendor: SimulatedVendor, request: Request) -> Account:
        key = request.key or ""
        found = self._accounts.get((vendor.prefix, key))
        if found is None:
            if len(self._accounts) > 10_000:
                self._accounts.clear()
            found = self._accounts[vendor.prefix, key] = account_of(key)
        return found

    def _headers(self, vendor: SimulatedVendor) -> Headers:
        now_s = self._clock.now_ms() // 1000
        if self._date[0] != now_s:
            self._date = (now_s, formatdate(now_s, usegmt=True))
        request_id = f"zoo-{vendor.prefix}-{self._number:08x}"
        return (("Date", self._date[1]), ("Server", "zoo"), (vendor.request_id_header, request_id), *vendor.headers)

    def _pace_of(self, name: str, species: Species) -> Pace:
        if not self._pace:
            return Pace()
        luck = self._luck.get(name)
        if luck is None:
            luck = self._luck[name] = random.Random(f"{self._seed}/{name}")
        factor = self._pace * math.exp(luck.gauss(0, _SPREAD))
        return Pace(species.first_content_s * factor, 1 / species.tokens_per_s * factor)

    def _elapsed_s(self) -> float:
        return self._clock.monotonic_s() - self._started_s


_EMPTY_PURSE: Final = frozenset({22, 26, 29, 33, 34})


def _upstreams(vendor: SimulatedVendor, species: Species) -> object:
    """What a router lists of the upstreams behind one model: here one."""
    upstream = {
        "name": f"{vendor.served_by} | {species.id}",
        "provider_name": vendor.served_by,
        "tag": (vendor.served_by or "").lower().replace(" ", ""),
        "quantization": species.quantization,
        "context_length": species.context,
        "status": 0,
    }
    return {"data": {"id": species.id, "name": species.title, "created": species.created, "endpoints": [upstream]}}


def _endpoint(vendor: SimulatedVendor, path: str) -> str | None:
    """The endpoint behind one of the vendor's base paths; the longest base wins; None is no route."""
    for base in sorted(vendor.bases, key=len, reverse=True):
        start = f"{base}/" if base else ""
        if path.startswith(start):
            endpoint = path[len(start) :]
            speaks_messages = vendor.dialect == "anthropic" or base.startswith("anthropic")
            if endpoint == ("chat/completions" if speaks_messages else "messages"):
                return None
            return endpoint
    return None


def _broken(vendor: SimulatedVendor, call: ChatCall, species: Species, dialect: str) -> tuple[str, dict[str, str]] | None:
    """Why the request is refused although all is well: its parameters."""
    if dialect == "anthropic" and "max_tokens" not in call.parameters:
        return "invalid_request", {"detail": "max_tokens: Field required"}
    if vendor.known_parameters is not None:
        unknown = next((each for each in call.parameters if each not in vendor.known_parameters), None)
        if unknown is not None:
            return "unknown_parameter", {"parameter": unknown, "detail": vendor.parameter_words.replace("{parameter}", unknown)}
    asked = call.parameters.get("thinking")
    state = asked.get("type") if isinstance(asked, dict) else None
    thinking = (
        species.thinking is Thinking.ALWAYS or (species.thinking is Thinking.TOGGLE and state != "disabled") or state == "enabled"
    )
    broken = broken_rule(call.parameters, species.rules, thinking=thinking)
    if broken is not None:
        return "parameter", {"parameter": broken[0], "detail": broken[1]}
    wanted_back = vendor.reasoning_field if thinking and vendor.wants_reasoning_back and dialect == "openai" else None
    complaint = broken_exchange(call, reasoning_field=wanted_back)
    return None if complaint is None else ("invalid_request", {"detail": complaint})
