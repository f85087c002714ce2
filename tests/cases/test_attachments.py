"""Files of alerts: kept by their checksum; names are shown and are no paths."""

import pytest

from allonym.cases import Cases
from allonym.cases.attachments import LONGEST_NAME, kind_of
from allonym.errors import InputError, NotFoundError, StoreError, UsageError


@pytest.mark.parametrize(
    "name",
    ["../secret", "/etc/passwd", "a/b", "a\\b", "..", ".hidden", "", " ", "a\x00b", "a\nb", "C:x",
     "x" * (LONGEST_NAME + 1),
     "invoice\u202efdp.exe", " a"],
)  # fmt: skip
def test_names_that_are_refused(name: str, cases: Cases) -> None:
    with pytest.raises(InputError, match="cannot name an attachment"):
        cases.attach(1, name, b"x", by="Ana")
    assert not (cases.lists.folder / "attachments").exists()
    assert cases.alert(1).version == 1


def test_what_is_kept_comes_back(cases: Cases) -> None:
    content = b"%PDF-1.7 x"
    file = cases.attach(1, "паспорт copy.pdf", content, by="Ana", text="from the branch")
    assert (file.type, file.size) == ("application/pdf", len(content))
    assert cases.attachment(1, file.sha256[:6]) == (file, content)
    assert cases.attach(1, "again.pdf", content, by="Bo").sha256 == file.sha256
    assert [f.name for f in cases.show(1).attachments] == ["паспорт copy.pdf", "again.pdf"]
    assert len([p for p in (cases.lists.folder / "attachments").rglob("*") if p.is_file()]) == 1
    with pytest.raises(NotFoundError, match="has no attachment"):
        cases.attachment(1, "0" * 64)
    with pytest.raises(NotFoundError):
        cases.attachment(1, "")
    cases.files.path(file.sha256).write_bytes(b"other")
    with pytest.raises(StoreError, match="is not what was attached"):
        cases.attachment(1, file.sha256)


def test_sizes_and_programs(cases: Cases) -> None:
    (cases.lists.folder / "cases.toml").write_text("[attachments]\nmegabytes = 1\n")
    with pytest.raises(InputError, match="the policy takes 1,000,000 at most"):
        cases.attach(1, "large.bin", b"x" * 1_000_001, by="Ana")
    with pytest.raises(InputError, match="is empty"):
        cases.attach(1, "empty.txt", b"", by="Ana")
    for content in (b"MZ\x90", b"\x7fELF\x02"):
        with pytest.raises(InputError, match="is a program"):
            cases.attach(1, "invoice.pdf", content, by="Ana")
    assert cases.alert(1).version == 1
    with pytest.raises(NotFoundError, match="no alert 9"):
        cases.attach(9, "x.txt", b"x", by="Ana")


@pytest.mark.parametrize("text", ["../../allonym.db", "A" * 64, "a" * 63, ""])
def test_only_a_checksum_names_a_file(text: str, cases: Cases) -> None:
    with pytest.raises(NotFoundError, match="is no attachment"):
        cases.files.path(text)


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"plain", "text/plain"), ("ж".encode() * 40_000, "text/plain"), (b"a\x00b", "application/octet-stream"),
     (b"\xff\xfe\x00", "application/octet-stream"), (b"PK\x03\x04", "application/zip")],
)  # fmt: skip
def test_types(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


def test_a_file_whose_entry_cannot_be_written_is_not_kept(cases: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise StoreError("the disk is full, nothing was changed")

    monkeypatch.setattr("allonym.cases.change.update_alert", fails)
    with pytest.raises(StoreError):
        cases.attach(1, "x.txt", b"x", by="Ana")
    assert [p for p in (cases.lists.folder / "attachments").rglob("*") if p.is_file()] == []
    assert cases.verify().whole


@pytest.mark.parametrize("text", ["x\udcff", "\ud800"])
def test_words_that_are_no_text(text: str, cases: Cases) -> None:
    with pytest.raises(UsageError, match="no text"):
        cases.note(1, text, by="Ana")
    with pytest.raises(UsageError, match="--by"):
        cases.note(1, "x", by=text)
    with pytest.raises(InputError, match="cannot name"):
        cases.attach(1, text, b"x", by="Ana")
