"""A file of flags that cannot be used is a warning: the server starts, without its flags."""

from pathlib import Path

import pytest

from statuspage.config.load import load

CONFIG = "flags: flags.json\nproviders: {groq: {api_key: 'env:KEY', models: [a]}}\n"


@pytest.mark.parametrize(
    ("written", "warned"),
    [
        (None, None),
        (b'{"flags": {}}', None),
        (b"{", "the file flags.json cannot be used: it is no JSON"),
        (b'{"flags": {"a": {"state": "on", "variants": {"x": 1}}}}', "flag 'a': `state` must be ENABLED or DISABLED"),
    ],
)
def test_it_is_looked_at(tmp_path: Path, written: bytes | None, warned: str | None) -> None:
    path = tmp_path / "statuspage.yml"
    path.write_text(CONFIG, encoding="utf-8")
    if written is not None:
        (tmp_path / "flags.json").write_bytes(written)
    loaded = load(path, {"KEY": "k"})
    assert loaded.config is not None
    assert loaded.config.flags == tmp_path / "flags.json"
    told = [each.message for each in loaded.warnings if each.path == "flags"]
    assert len(told) == (warned is not None)
    assert all(str(warned) in message for message in told)
