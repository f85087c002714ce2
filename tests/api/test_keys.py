"""Keys, roles, sessions: who is let in, and as what."""

import os
import stat
import time
from pathlib import Path
from typing import Annotated

import httpx
import pytest
from fastapi import Depends, FastAPI, Request
from starlette.responses import HTMLResponse

from allonym.api.app import create
from allonym.api.keys import FILE, Keys, Role
from allonym.api.security import Caller, needs
from allonym.api.sessions import COOKIE, HOURS, TOKEN_HEADER, Sessions
from allonym.api.settings import Settings
from allonym.errors import NotFoundError, StoreError, UsageError
from tests.api.serving import key, refused, running
from tests.command import command

SCREEN, JOBS = "/api/v1/screen", "/api/v1/screen/jobs"
ASKED = {"query": "cartel of the suns"}


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def test_a_key_is_shown_once_and_kept_as_a_hash(data: Path) -> None:
    ran = command("keys", "add", "screening service", "--role", "analyst", data=data)
    text = ran.text.strip()
    assert (ran.status, len(text)) == (0, 60) and text not in ran.err
    kept = (data / FILE).read_text()
    assert text.rpartition("_")[2] not in kept and text not in kept
    assert stat.S_IMODE((data / FILE).stat().st_mode) == 0o600
    found = Keys(data).check(text)
    assert found is not None and (found.name, found.role) == ("screening service", "analyst")


def test_keys_are_listed_and_revoked(data: Path) -> None:
    assert command("keys", "list", data=data).status == 1
    text = command("keys", "add", "one", "--role", "reader", "--days", "3", data=data).text.strip()
    (row,) = command("keys", "list", "--format", "json", data=data).json
    assert (row["name"], row["role"], row["revoked"]) == ("one", "reader", None) and row["expires"]
    assert "one" in command("keys", "list", data=data).text
    assert command("keys", "revoke", "one", data=data).status == 0
    assert Keys(data).check(text) is None
    assert "no key" in command("keys", "revoke", "one", data=data).complaint(1)
    assert command("keys", "add", "one", "--role", "admin", data=data).status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("add",), ("add", "x"), ("add", "x", "--role", "boss"), ("add", "<x>", "--role", "reader"), ("revoke",),
        ("list", "x"), ("list", "--role", "reader"), ("add", "x", "--role", "reader", "--days", "0"), ("drop", "x"),
    ],
)  # fmt: skip
def test_wrong_use_of_keys_is_told(data: Path, words: tuple[str, ...]) -> None:
    command("keys", *words, data=data).complaint(2)
    assert not (data / FILE).exists()


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    keys.add("one", Role.READER)
    with pytest.raises(UsageError, match="revoke it first"):
        keys.add("one", Role.ADMIN)
    with pytest.raises(NotFoundError):
        keys.revoke("two")


def test_a_file_of_keys_that_is_broken_lets_nobody_in(data: Path) -> None:
    header = key(data, "admin")
    with running(data) as server:
        assert server.client.get("/api/v1/lists", headers=header).status_code == 200
        for broken in ("{", "[]", '{"format": "keys/9", "keys": []}', '{"format": "keys/1", "keys": [{"role": "x"}]}'):
            (data / FILE).write_text(broken)
            with pytest.raises(StoreError):
                Keys(data).all()
            refused(server.client.get("/api/v1/lists", headers=header), 503, "unavailable")
            refused(server.client.get("/api/v1/lists"), 503, "unavailable")


def test_on_loopback_without_keys_everybody_is_let_in(data: Path) -> None:
    with running(data) as server:
        assert server.client.post(SCREEN, json=ASKED).status_code == 200
        header = key(data, "reader")
        refused(server.client.post(SCREEN, json=ASKED), 401, "key-needed")
        assert server.client.post(SCREEN, json=ASKED, headers=header).status_code == 200


def test_on_another_address_a_key_is_needed(data: Path) -> None:
    with running(data, host="0.0.0.0") as server:
        for path in ("/api/v1/lists", "/metrics", "/api/v1/openapi.json", "/nowhere", "/api/v1/nowhere", "/"):
            answer = server.client.get(path)
            refused(answer, 401, "key-needed")
            assert answer.headers["www-authenticate"].startswith("Bearer")
        assert server.client.get("/metrics", headers=key(data, "reader")).status_code == 200
    with running(data, host="0.0.0.0", open_to_all=True) as server:
        refused(server.client.get("/api/v1/lists"), 401, "key-needed")


def test_a_server_opened_to_all_lets_them_look_only(data: Path) -> None:
    with running(data, host="0.0.0.0", open_to_all=True) as server:
        assert server.client.post(SCREEN, json=ASKED).status_code == 200
        refused(server.client.get(JOBS), 403, "not-allowed")


def test_a_key_that_is_no_good_is_refused(data: Path) -> None:
    good = key(data, "analyst")["Authorization"].removeprefix("Bearer ")
    ended = Keys(data).add("ended", Role.ADMIN, days=1)[1]
    text = (data / FILE).read_text()
    key_id = ended.split("_")[1]
    (made,) = [k for k in Keys(data).all() if k.key_id == key_id]
    (data / FILE).write_text(text.replace(str(made.expires), "2020-01-01T00:00:00+00:00"))
    with running(data) as server:
        for scheme in ("Bearer", "bearer", "ApiKey"):
            assert server.client.get("/api/v1/lists", headers={"Authorization": f"{scheme} {good}"}).status_code == 200
        wrong = [good[:-1] + ("A" if good[-1] != "A" else "B"), good.upper(), "x", f"alo_{'0' * 12}_{'A' * 43}", ended,
                 "\xe9" * 60]  # fmt: skip
        for text in wrong:
            header = {"Authorization": f"Bearer {text}".encode("latin-1")}
            refused(server.client.get("/api/v1/lists", headers=header), 401, "key-needed")
        refused(server.client.get("/api/v1/lists", headers={"Authorization": f"Basic {good}"}), 401, "key-needed")
        assert command("keys", "revoke", "analyst", data=data).status == 0
        refused(server.client.get("/api/v1/lists", headers=bearer(good)), 401, "key-needed")


def test_a_reader_may_look_and_an_analyst_may_upload(data: Path) -> None:
    reader, analyst = key(data, "reader"), key(data, "analyst")
    with running(data) as server:
        assert server.client.post(SCREEN, json=ASKED, headers=reader).status_code == 200
        told = refused(server.client.get(JOBS, headers=reader), 403, "not-allowed")
        assert "analyst" in told["detail"] and "reader" in told["detail"]
        refused(server.client.get("/api/v1/watches", headers=reader), 403, "not-allowed")
        assert server.client.get(JOBS, headers=analyst).status_code == 200


def test_another_site_cannot_use_a_browser_here(data: Path) -> None:
    with running(data) as server:
        client = server.client
        refused(client.get("/api/v1/lists", headers={"Host": "evil.example"}), 421, "wrong-host")
        assert client.get("/api/v1/lists", headers={"Host": f"localhost:{server.port}"}).status_code == 200
        for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
            refused(client.post(SCREEN, json=ASKED, headers=headers), 403, "cross-site")
        own = {"Origin": f"http://127.0.0.1:{server.port}", "Sec-Fetch-Site": "same-origin"}
        assert client.post(SCREEN, json=ASKED, headers=own).status_code == 200
        assert "access-control-allow-origin" not in client.options(SCREEN, headers=own).headers


def paged(data: Path) -> FastAPI:
    """The server with a page that changes something."""
    app = create(Settings(data=data))

    @app.post("/pages/decide")
    async def decide(request: Request, caller: Annotated[Caller, Depends(needs(Role.ANALYST))]) -> dict[str, str]:
        return {"by": caller.name}

    @app.get("/pages/look")
    async def look(caller: Annotated[Caller, Depends(needs(Role.READER))]) -> dict[str, str]:
        return {"by": caller.name, "token": caller.session.token if caller.session else ""}

    return app


def test_a_session_needs_the_token_of_its_page(data: Path) -> None:
    made, _ = Keys(data).add("anna", Role.ANALYST)
    cookie = {"Cookie": f"{COOKIE}={Sessions(data).begin(made.key_id)}"}
    with running(data, app=paged(data)) as server:
        client = server.client
        seen = client.get("/pages/look", headers=cookie).json()
        assert seen["by"] == "anna"
        assert client.post("/pages/decide", headers=cookie).status_code == 403
        token = {TOKEN_HEADER: seen["token"]}
        assert client.post("/pages/decide", headers={**cookie, **token}).json() == {"by": "anna"}
        form = {"csrf_token": seen["token"]}
        assert client.post("/pages/decide", headers=cookie, data=form).json() == {"by": "anna"}
        jobs = {"file": ("c.csv", b"name\ncartel of the suns\n")}
        refused(client.post(JOBS, files=jobs, headers=cookie), 403, "cross-site")
        refused(client.post(JOBS, files=jobs, headers=cookie, data={"csrf_token": "x"}), 403, "cross-site")
        origin = {"Origin": "https://evil.example", **token}
        refused(client.post(JOBS, files=jobs, headers={**cookie, **origin}), 403, "cross-site")
        assert client.post(JOBS, files=jobs, headers={**cookie, **token}).status_code == 202
        Keys(data).revoke("anna")
        refused(client.get("/pages/look", headers=cookie), 401, "key-needed")


def test_a_cookie_is_signed_and_ends(tmp_path: Path) -> None:
    sessions = Sessions(tmp_path)
    value = sessions.begin("0123456789ab")
    session = sessions.read(value)
    assert session is not None and session.key_id == "0123456789ab"
    assert Sessions(tmp_path).read(value) == session
    assert stat.S_IMODE(os.stat(tmp_path / "session.key").st_mode) == 0o600
    body, _, signature = value.partition(".")
    for forged in ("", ".", value[:-1], f"{body}x.{signature}", body, f"{signature}.{body}", "é.é"):
        assert sessions.read(forged) is None
    assert sessions.read(value, now=time.time() + HOURS * 3600 + 1) is None
    assert sessions.begin("a") != sessions.begin("a")
    cookie = Sessions.cookie(value, https=True)
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Secure", "Path=/"))
    assert "Secure" not in Sessions.cookie(value, https=False)
    assert "Max-Age=0" in Sessions.cookie("", https=False)


def test_a_websocket_is_closed(data: Path) -> None:
    with running(data) as server:
        answer = httpx.get(f"http://127.0.0.1:{server.port}/api/v1/x", headers={"Upgrade": "websocket"})
        assert answer.status_code in (404, 403, 400, 426)


def test_yentes_doors_let_any_origin_ask_and_need_keys_like_all(data: Path) -> None:
    app = create(Settings(data=data))

    @app.post("/match/default")
    async def match(caller: Annotated[Caller, Depends(needs(Role.READER))]) -> object:
        return HTMLResponse(caller.name)

    other = {"Origin": "https://elsewhere.example", "Host": "screening.example"}
    with running(data, app=app) as server:
        answer = server.client.post("/match/default", headers=other)
        assert answer.status_code == 200 and "x-frame-options" not in answer.headers
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors *" in policy and "script-src" not in policy
        header = key(data, "reader")
        refused(server.client.post("/match/default", headers=other), 401, "key-needed")
        assert server.client.options("/match/default", headers=other).status_code == 405  # not 401: a browser asks
        assert server.client.post("/match/default", headers={**other, **header}).status_code == 200
