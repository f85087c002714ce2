"""The pages in a real browser: by keyboard alone, on a phone, without script, and looked at by axe.

Needs chromium and Playwright; axe-core where `make test` put it (an npm package, used here and not shipped).
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.serving import Running, running
from tests.command import copied
from tests.web.conftest import CUSTOMERS, browsing
from tests.web.pairs import load_pairs

api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed; `make test` installs it")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")
AXE = Path(sys.prefix) / "axe" / "package" / "axe.min.js"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WAIT = 20_000  # ms
LOOKS = [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": {"width": 320, "height": 700}}]
ARTICLE = "The Treasury Department said on Thursday that it had sanctioned the Cartel of the Suns."


@pytest.fixture(scope="module")
def server(new_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with a finished run and its alerts, and pairs of entries that wait to be judged."""
    data = copied(new_folder, tmp_path_factory.mktemp("pages") / "data")
    load_pairs(data)
    with running(data) as started, browsing(started.port) as client:
        at = client.submit("/screening", files={"file": ("customers.csv", CUSTOMERS.read_bytes())}).url.path
        path = client.submit(at, act="start").url.path
        while "data-ended" not in client.get(path).text:
            pass
        client.submit(path, act="alerts")
        started.app.state.run = path
        yield started


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(server: Running, chromium: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page; whatever its console complains of fails the test."""
    options = getattr(request, "param", {})
    context = chromium.new_context(base_url=f"http://127.0.0.1:{server.port}", accept_downloads=True, **options)
    context.set_default_timeout(WAIT)
    found = context.new_page()
    wrong: list[str] = []
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on("console", lambda m: wrong.append(m.text) if m.type == "error" and "status of 4" not in m.text else None)
    found.on("request", lambda r: None if r.url.startswith(f"http://127.0.0.1:{server.port}/") else wrong.append(r.url))
    yield found
    context.close()
    assert not wrong


def focused(page: Any, attribute: str) -> str:
    return str(page.evaluate("name => document.activeElement.getAttribute(name) || ''", attribute))


def tab_to(page: Any, attribute: str, wanted: str, most: int = 60) -> None:
    """Press Tab until that element has the focus; every stop on the way must show it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches(':focus-visible')"):
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style != "none", "a focus that cannot be seen"
        if wanted in focused(page, attribute):
            return
    raise AssertionError(f"Tab does not lead to {attribute}={wanted}")


def test_from_search_to_dossier_by_keyboard(page: Any) -> None:
    page.goto("/lists")
    page.keyboard.press("Tab")
    assert focused(page, "class") == "skip"
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/")
    page.wait_for_selector("#q:focus")
    page.keyboard.type("cartel of the sums")  # a slip
    page.wait_for_selector("a[href='/entity/reg-cartel-de-los-soles']")
    assert "q=cartel" in page.url
    tab_to(page, "href", "/entity/reg-cartel-de-los-soles")
    page.keyboard.press("Enter")
    page.wait_for_selector("#slider:visible")
    before = page.inner_text("#h-amounts")
    tab_to(page, "id", "slider")
    for _ in range(3):
        page.keyboard.press("PageDown")
    page.wait_for_function("before => document.querySelector('#h-amounts').innerText !== before", arg=before)
    assert "as_of=" in page.url and page.input_value("#as_of") in page.inner_text("#h-amounts")


def test_from_upload_to_export_by_keyboard(page: Any, tmp_path: Path) -> None:
    page.goto("/screening")
    tab_to(page, "id", "file")
    chosen: list[Any] = []
    page.on("filechooser", lambda chooser: chosen.append(chooser))
    for _ in range(20):  # a busy browser passes over a key that comes at once
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        if chosen:
            break
    chosen[0].set_files(str(CUSTOMERS))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/screening/upload/*")
    tab_to(page, "value", "start")
    page.keyboard.press("Enter")
    page.wait_for_selector("#export")
    tab_to(page, "href", "/results.csv")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "results.csv")
    assert (tmp_path / "results.csv").read_text("utf-8").startswith("query_row,")
    tab_to(page, "href", "/evidence.html")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "evidence.html")
    assert "SHA-256 of this page" in (tmp_path / "evidence.html").read_text("utf-8")


def test_an_alert_is_decided_by_keyboard(page: Any) -> None:
    page.goto("/alerts")
    page.keyboard.press("j")
    assert focused(page, "href").startswith("/alerts/")
    page.keyboard.press("Enter")
    page.wait_for_selector("#code")
    page.keyboard.press("t")
    assert page.is_checked("input[value=true_match]") and focused(page, "id") == "code"
    assert page.locator("#code option:disabled").count() > 5, "reasons that cannot stand with a true match"
    page.keyboard.type("the same one: name")
    tab_to(page, "id", "text")
    page.keyboard.type("seen by t, f and u")  # no shortcuts within a field
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=closed as true match")


@pytest.mark.parametrize("page", [{}, {"java_script_enabled": False}], indirect=True, ids=["script", "no script"])
def test_a_pair_is_judged_and_taken_back_by_keyboard(page: Any, request: pytest.FixtureRequest) -> None:
    page.goto("/same")
    if "no script" in request.node.name:
        tab_to(page, "href", "/same/pair?left=ofac-7&right=un-1")
        page.keyboard.press("Enter")
        page.wait_for_url("**/same/pair*")
        tab_to(page, "name", "verdict")
        page.keyboard.press("ArrowRight")  # of radios the second
        tab_to(page, "id", "reason")
    else:
        page.keyboard.press("j")
        assert "left=ofac-7" in focused(page, "href")
        page.keyboard.press("Enter")
        page.wait_for_selector("#reason")
        page.keyboard.press("d")
        assert focused(page, "id") == "reason"
    assert page.is_checked("input[value=different]")
    page.keyboard.type("another father: s and d")  # no shortcuts within a field
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=another father: s and d")
    assert page.is_visible("text=They are not taken for one actor")
    tab_to(page, "value", "undo")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=taken back by")


@pytest.mark.parametrize("page", LOOKS, indirect=True, ids=["light", "dark phone"])
def test_an_article_is_read(page: Any) -> None:
    page.goto("/reader")
    page.keyboard.press("/")
    page.keyboard.type(ARTICLE)
    tab_to(page, "id", "file")
    tab_to(page, "id", "lang")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.designated_group")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if AXE.exists():
        assert not violations(page)


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_without_script(page: Any) -> None:
    page.goto("/")
    page.fill("#q", "maduro")
    page.keyboard.press("Enter")
    page.wait_for_selector("a[href='/entity/reg-nicolas-maduro']")
    page.goto("/entity/reg-cartel-de-los-soles?as_of=2025-08-01")
    assert "on 2025-08-01" in page.inner_text("#h-amounts") and not page.is_visible("#slider")
    page.goto("/screening")
    page.set_input_files("#file", str(CUSTOMERS))
    page.click("main button")
    page.click("button[value=start]")
    page.wait_for_selector("#export")  # the page loads itself again until then


WHERE = ("/", "/?q=maduro", "/entity/reg-cjng", "/lists", "/lists/register", "/screening", "RUN", "/reader", "/alerts",
         "/alerts/2", "/same", "/same/pair?left=eu-3&right=un-1", "/same/actor?entity=eu-4", "/audit", "/quality",
         "/help", "/login", "/nothing")  # fmt: skip


@pytest.mark.parametrize("page", LOOKS, indirect=True, ids=["light", "dark phone"])
def test_nothing_is_wider_than_the_window(page: Any, server: Running) -> None:
    for where in WHERE:
        page.goto(server.app.state.run if where == "RUN" else where)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, (where, over)


@pytest.mark.skipif(not AXE.exists(), reason=f"no axe-core in {AXE.parent.name}; `make test` fetches it with npm")
@pytest.mark.parametrize("page", LOOKS, indirect=True, ids=["light", "dark phone"])
def test_axe_finds_nothing(page: Any, server: Running) -> None:
    for where in WHERE:
        page.goto(server.app.state.run if where == "RUN" else where)
        assert not violations(page), where


def violations(page: Any) -> list[tuple[str, str, list[str]]]:
    """What axe finds on the page, with everything opened that can be."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(f"axe.run({{runOnly: {RULES}}})")["violations"]
    return [(v["id"], v["help"], [n["html"][:150] for n in v["nodes"][:3]]) for v in found]
