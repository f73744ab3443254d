"""The static host: a page carries every protection, its other files only those that work on a file."""

import pytest

from bening.web.config import wsgi_client

DOCUMENTS = {"Content-Security-Policy", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy"}
ALL = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
FILES = {
    "/": "index.html",
    "/i": "index.html",
    "/check.html": "check.html",
    "/sw.js": "sw.js",
    "/tablet.svg": "tablet.svg",
    "/c/ab/first.js": "c/ab/first.js",
    "/c/ab/phone.css": "c/ab/phone.css",
    "/c/ab/q/internal.json": "c/ab/q/internal.json",
    "/m/manifest.json": "m/manifest.json",
}


@pytest.fixture
def ask(tmp_path):
    """Status and headers of a path."""
    for name in set(FILES.values()):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    host = wsgi_client.Folder(
        wsgi_client.nothing,
        root=str(tmp_path),
        autorefresh=True,
        add_headers_function=wsgi_client.protect,
        allow_all_origins=False,
    )

    def answer(path):
        said = []
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path}
        body = host(environ, lambda status, headers: said.extend((status, dict(headers))))
        body.close()
        return said

    return answer


@pytest.mark.parametrize("path", FILES)
def test_documents_and_workers_carry_the_policy_and_no_other_file_does(ask, path):
    """It would be half a kilobyte a file on a slow line, and no browser obeys it on a style or a module."""
    status, headers = ask(path)
    assert status == "200 OK"
    assert headers.items() >= ALL.items()
    obeyed = FILES[path].endswith((".html", ".svg", "sw.js"))
    assert headers.keys() & DOCUMENTS == (DOCUMENTS if obeyed else set())
    assert ("immutable" in headers["Cache-Control"]) == path.startswith("/c/")
