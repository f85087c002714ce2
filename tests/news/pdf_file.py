"""PDFs written by hand, as small as a reader takes them."""

import zlib


def pdf(*pages: str, info: str = "") -> bytes:
    """A PDF with these pages of text, one line each line."""
    return written([_shown(page) for page in pages], info=info)


def packed(content: bytes, times: int = 1) -> bytes:
    """A PDF with one page whose content is compressed `times` times over."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    return written([content], filters="/FlateDecode " * times)


def written(contents: list[bytes], *, info: str = "", filters: str = "") -> bytes:
    """A PDF with these content streams, one a page."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        head = f"<< /Length {len(content)} /Filter [{filters}] >>\nstream\n".encode()
        objects.append(head + content + b"\nendstream")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {4 + 2 * number} 0 R "
                       "/Resources << /Font << /F1 3 0 R >> >> >>".encode())  # fmt: skip
    objects.append(f"<< {info} >>".encode())
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = (
        f"trailer << /Size {size} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()
    )
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def _shown(page: str) -> bytes:
    lines = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in page.split("\n"))
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    return f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET".encode("cp1252")
