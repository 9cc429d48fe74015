"""Languages seen from outside: pages follow the reader, data only `?lang=`."""

import httpx

from tests.system.conftest import GOOD
from tests.system.outside import Site

ZH = "zh-CN,zh;q=0.9"


def lang(answer: httpx.Response) -> str:
    return answer.text.split('<html lang="', 1)[1].split('"', 1)[0]


def test_a_page_follows_the_query_and_then_the_browser(gallery: Site) -> None:
    assert lang(gallery.ask("/")) == "en"
    assert lang(gallery.ask("/", accept_language=ZH)) == "zh-CN"
    assert lang(gallery.ask("/?lang=zh-CN")) == "zh-CN"
    assert lang(gallery.ask("/?lang=en", accept_language=ZH)) == "en"
    assert lang(gallery.ask("/?lang=xx")) == "en"
    assert lang(gallery.ask("/nothing-here?lang=zh-CN")) == "zh-CN"
    assert lang(gallery.ask("/models/moonshot-kimi-k3?lang=zh-CN")) == "zh-CN"


def test_caches_can_tell_the_languages_apart(gallery: Site) -> None:
    english, chinese = gallery.ask("/"), gallery.ask("/", accept_language=ZH)
    for answer in (english, chinese):
        assert "Accept-Language" in answer.headers["vary"]
    assert english.headers["content-language"] == "en"
    assert chinese.headers["content-language"] == "zh-CN"
    assert english.headers["etag"] != chinese.headers["etag"]
    again = gallery.ask("/", accept_language=ZH, if_none_match=chinese.headers["etag"])
    assert again.status_code == 304
    assert gallery.ask("/", if_none_match=chinese.headers["etag"]).status_code == 200


def test_data_ignores_the_browser_and_translates_only_label_and_reason(gallery: Site) -> None:
    bare, browser = gallery.ask("/api/v1/models"), gallery.ask("/api/v1/models", accept_language=ZH)
    assert bare.json()["models"][GOOD]["label"] == browser.json()["models"][GOOD]["label"] == "Operational"
    english = gallery.json("/api/v1/models?lang=en")["models"][GOOD]
    chinese = gallery.json("/api/v1/models?lang=zh-CN")["models"][GOOD]
    assert chinese["label"] == "运行正常"
    assert "工作正常" in chinese["reason"]
    ticking = ("label", "reason", "checked_at", "uptime", "latency_ms")
    assert {k: v for k, v in english.items() if k not in ticking} == {k: v for k, v in chinese.items() if k not in ticking}
    assert gallery.json("/badge/moonshot-kimi-k3.json?lang=zh-CN")["message"] == "正常"
    assert "正常" in gallery.ask("/badge/moonshot-kimi-k3.svg?lang=zh-CN").text
    assert gallery.json("/badge/moonshot-kimi-k3.json")["message"] == "operational"
    one = gallery.json("/api/v1/models/moonshot-kimi-k3?lang=zh-CN")
    assert one["label"] == "运行正常"
