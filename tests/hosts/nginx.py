#!/usr/bin/env python3
"""Serves a built site with nginx and looks at what it answers: CERTALOG names the program.

The site is built for `--host nginx` at the root of a host and below a path. Every link of every page is followed; headers, redirects,
the page for lost addresses, caching and compressed files are compared with what is promised. Without nginx it says so and ends.
"""

import gzip
import hashlib
import base64
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

PROGRAM = os.environ["CERTALOG"]
REPOSITORY = Path(__file__).resolve().parents[2]

SERVER = """
daemon off;
master_process off;
pid {folder}/pid;
error_log stderr crit;
events {{}}
http {{
    access_log off;
    {temporary}
    server {{
        listen 127.0.0.1:{port};
        root "{root}";
        include "{settings}";
    }}
}}
"""


class Links(HTMLParser):
    """The addresses that a page refers to, the ids in it, and the digests that it asks for."""

    def __init__(self, page):
        super().__init__()
        self.addresses, self.ids, self.integrity = [], set(), []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids.add(attributes.get("id"))
        for name in ("href", "src", "action"):
            if name in attributes:
                self.addresses.append(attributes[name])
        if "integrity" in attributes:
            self.integrity.append((attributes.get("href") or attributes.get("src"), attributes["integrity"]))
        if attributes.get("http-equiv", "").lower() == "refresh":
            self.addresses.append(attributes["content"].split("url=", 1)[1])


class Host:
    """A running nginx."""

    def __init__(self, folder, root, settings):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = " ".join(f"{name}_temp_path {folder}/{name};" for name in names)
        text = SERVER.format(folder=folder, root=root, settings=settings, port=self.port, temporary=temporary)
        (folder / "server.conf").write_text(text)
        command = ["nginx", "-p", str(folder), "-c", str(folder / "server.conf")]
        self.process = subprocess.Popen(command)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert self.process.poll() is None, "nginx does not start"
                time.sleep(0.05)
        raise AssertionError("nginx does not answer")

    def get(self, path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body

    def end(self):
        self.process.terminate()
        self.process.wait(20)


def walk(host, base):
    """Follows every link from the home page on; gives how many pages and links there were, and what was broken."""
    pages, other, broken, anchors = {}, set(), [], []
    waiting, links = [base], 0
    lost = base + "404.html"
    waiting.append(lost)
    while waiting:
        path = waiting.pop()
        if path in pages or path in other:
            continue
        status, headers, body = host.get(path)
        if status != 200:
            broken.append(f"{path}: {status}")
            other.add(path)
            continue
        if not headers["content-type"].startswith("text/html"):
            other.add(path)
            continue
        found = Links(body.decode())
        pages[path] = found.ids
        for address, integrity in found.integrity:
            code = host.get(urlsplit(urljoin(path, address)).path)[2]
            expected = "sha256-" + base64.b64encode(hashlib.sha256(code).digest()).decode()
            if integrity != expected:
                broken.append(f"{path}: {address} is not {integrity}")
        for address in found.addresses:
            links += 1
            whole, anchor = urldefrag(urljoin(f"http://x{path}", address))
            parts = urlsplit(whole)
            if parts.scheme not in ("http",) or parts.netloc != "x":
                continue
            if not parts.path.startswith(base):
                broken.append(f"{path}: {address} leads out of the site")
            waiting.append(parts.path)
            if anchor:
                anchors.append((path, parts.path, unquote(anchor)))
    for page, target, anchor in anchors:
        if target in pages and anchor not in pages[target]:
            broken.append(f"{page}: there is no {anchor} in {target}")
    return len(pages), links, broken


def look(base):
    folder = Path(tempfile.mkdtemp())
    try:
        root = folder / "www"
        site = root / base.strip("/") if base != "/" else root
        if base != "/":
            root.mkdir()
        address = "https://example.org" + quote(base)
        command = [PROGRAM, "build", "--quiet", "--as-of", "2026-01-01", "--host", "nginx", "--base-url", address]
        subprocess.run([*command, "--root", str(catalogue(folder)), "--out", str(site)], check=True)
        settings = site.parent / f".{site.name}.certalog" / "nginx.conf"
        for made in folder.rglob("*"):
            made.chmod(made.stat().st_mode | 0o055)
        folder.chmod(0o755)
        host = Host(folder, root, settings)
        try:
            return answers(host, quote(base), site)
        finally:
            host.end()
    finally:
        shutil.rmtree(folder)


def catalogue(folder):
    """This repository's catalogue, with a former address."""
    copy = folder / "catalogue"
    for part in ("content", "themes"):
        shutil.copytree(REPOSITORY / part, copy / part)
    shutil.copy(REPOSITORY / "site.toml", copy)
    page = next((copy / "content/pages").glob("about.md"))
    text = page.read_text()
    page.write_text(text.replace("+++\n", '+++\naliases = ["once/was/", "old.html"]\n', 1))
    return copy


def answers(host, base, site):
    def same(found, expected, what):
        assert found == expected, f"{base}: {what}: {found!r}, not {expected!r}"

    status, headers, body = host.get(base)
    same(status, 200, "the home page")
    same(headers["content-type"], "text/html; charset=utf-8", "its kind")
    same(headers["cache-control"], "no-cache", "how long a page is kept")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', body.decode())[1]
    expected = {
        "content-security-policy": f"{policy}; frame-ancestors 'none'",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "cross-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
    }
    static = re.search(rb'static/[0-9a-f]{16}/', body)[0].decode()
    lost = "nothing/of/this/name"
    for path, wanted in [("", 200), (static + "site.css", 200), (lost, 404), ("404.html", 200)]:
        status, headers, _ = host.get(base + path)
        same(status, wanted, path)
        for name, value in expected.items():
            same(headers.get(name), value, f"{path}, {name}")

    # What is made for frames of other sites may be framed, and is the same in all else.
    framed = next(path.parent.relative_to(site).as_posix() for path in site.glob("certifications/*/embed/index.html"))
    status, headers, _ = host.get(f"{base}{framed}/")
    same(status, 200, framed)
    for name, value in {**expected, "content-security-policy": f"{policy}; frame-ancestors *"}.items():
        same(headers.get(name), value, f"{framed}, {name}")

    # Asked again, an answer that is the same is not sent again.
    tag = host.get(base)[1]["etag"]
    same(host.get(base, If_None_Match=tag)[0], 304, "a page that is known")
    same(host.get(base + static + "site.css")[1]["cache-control"], "public, max-age=31536000, immutable", "a lasting name")
    same(host.get(base + "static/site.css")[1]["cache-control"], "no-cache", "a plain name")

    # The page for lost addresses, and what is none of the site's business.
    status, headers, body = host.get(base + lost)
    same(body, (site / "404.html").read_bytes(), "the page for lost addresses")
    for hidden in (".certalog", "nginx.conf", "../.www.certalog/nginx.conf"):
        same(host.get(base + hidden)[0] in (400, 404), True, hidden)

    # Addresses without their slash, and former ones.
    def led(path):
        status, headers, _ = host.get(path)
        return status, headers.get("location")

    same(led(base + "certifications"), (301, base + "certifications/"), "a folder without its slash")
    if base != "/":
        same(led(base.rstrip("/")), (301, base), "the site without its slash")
    for former in ("once/was/", "once/was", "old.html"):
        same(led(base + former), (301, base + "about/"), former)

    # Compressed: the form beside the file, with the kind of the file.
    zipped = 0
    for file in sorted(site.rglob("*.gz")):
        plain = file.with_suffix("")
        same(gzip.decompress(file.read_bytes()), plain.read_bytes(), f"{file.name} and its file")
        zipped += 1
    status, headers, body = host.get(base, Accept_Encoding="gzip")
    same(headers.get("content-encoding"), "gzip", "a page for those who take it")
    same(headers.get("content-type"), "text/html; charset=utf-8", "its kind")
    same(body, (site / "index.html.gz").read_bytes(), "its bytes")
    same(headers.get("vary"), "Accept-Encoding", "what it depends on")
    same(host.get(base)[1].get("content-encoding"), None, "a page for those who do not")

    # What kinds files are of.
    kinds = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml"}
    for ending, kind in kinds.items():
        file = next(site.rglob(f"*{ending}"))
        same(host.get(base + quote(str(file.relative_to(site))))[1]["content-type"], kind, ending)

    pages, links, broken = walk(host, base)
    assert not broken, "\n".join(broken[:20])
    assert pages > 100, f"only {pages} pages"
    print(f"nginx at {base}: {pages} pages, {links} links, none broken; {zipped} compressed files")


if not shutil.which("nginx"):
    print("SKIPPED: there is no nginx here, so nothing was served with it", file=sys.stderr)
    sys.exit(0)
for place in ("/", "/a catalogue/"):
    look(place)
