"""A server that speaks as much Overpass and Nominatim as is asked, and fails as told."""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import shapely

from geodata.online.servers import Patience, Servers

Element = dict[str, Any]
HURRY = Patience(timeout_s=1, look_s=1, tries=2, pause_s=0.01, longest_pause_s=0.05, spacing_s=0)
FREE = "Connected as: 1\nCurrent time: 2026-11-16T12:00:00Z\nRate limit: 2\n{slots}\n"
_STATEMENT = re.compile(
    r"""(node|way|relation)((?:\[[^][]*(?:\[[^]]*\][^][]*)*\])+)\(poly:'([^']*)'\)"""
)
_FILTER = re.compile(r"""\[["']([^"']+)["'](?:(!?[~=])["']((?:[^"'])*)["'])?\]""")
PAGE = b"<html><body><strong>Error</strong>: runtime error: open64: 0 Success</body></html>"


@dataclass
class MapServer:
    """What the server knows, how it fails, and what it was asked.

    Attributes
    ----------
    elements : sequence of Element
        OpenStreetMap data.
    places : list
        Hits of Nominatim.
    faults : list of str
        One is taken for each question to the interpreter; ``""`` is none, and the last stays
        if it ends in ``*``.
    status : str
        What stands under ``/status``; a number is an error.
    asked : list of str
        Questions to the interpreter.
    """

    elements: Sequence[Element] = ()
    places: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    nominatim_faults: list[str] = field(default_factory=list)
    status: str = FREE.format(slots="2 slots available now.")
    asked: list[str] = field(default_factory=list)
    searched: list[dict[str, list[str]]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    address: str = ""

    def answer(self, query: str) -> list[Element]:
        """Return the elements that a query asks for, with all they are made of."""
        known = {(e["type"], e["id"]): e for e in self.elements}
        found: dict[tuple[str, int], Element] = {}

        def add(key: tuple[str, int]) -> None:
            if key in found or key not in known:
                return
            element = known[key]
            found[key] = element
            for node in element.get("nodes", ()):
                add(("node", node))
            for member in element.get("members", ()):
                add((member["type"], member["ref"]))

        for kind, filters, corners in _STATEMENT.findall(query):
            numbers = [float(number) for number in corners.split()]
            area = shapely.Polygon(list(zip(numbers[1::2], numbers[::2], strict=True)))
            shapely.prepare(area)
            for key, element in known.items():
                is_meant = key[0] == kind and _fits(element.get("tags", {}), filters)
                if is_meant and any(area.contains(p) for p in self._points(element, known)):
                    add(key)
        return list(found.values())

    def _points(
        self, element: Element, known: dict[tuple[str, int], Element]
    ) -> Iterator[shapely.Point]:
        if element["type"] == "node":
            yield shapely.Point(element["lon"], element["lat"])
        for node in element.get("nodes", ()):
            yield from self._points(known["node", node], known)
        for member in element.get("members", ()):
            yield from self._points(known[member["type"], member["ref"]], known)


def _fits(tags: dict[str, str], filters: str) -> bool:
    for key, sign, value in _FILTER.findall(filters):
        there = tags.get(key)
        if sign == "" and there is None:
            return False
        if sign == "=" and there != value:
            return False
        if sign == "~" and (there is None or not re.search(value, there)):
            return False
        if sign == "!~" and there is not None and re.search(value, there):
            return False
    return True


def _take(faults: list[str]) -> str:
    if not faults:
        return ""
    if faults[0].endswith("*"):
        return faults[0][:-1]
    return faults.pop(0)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: MapServer

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _send(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _failed(self, fault: str) -> bool:
        """Fail as told; tell whether anything was sent."""
        if fault.isdecimal():
            self._send(int(fault), PAGE, "text/html")
        elif fault == "page":
            self._send(200, PAGE, "text/html")
        elif fault == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"elements": [')
            self.close_connection = True
        elif fault == "hang up":
            self.close_connection = True
        elif fault == "silent":
            time.sleep(3)
            self.close_connection = True
        elif fault == "dribble":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            for _drop in range(20):
                self.wfile.write(b" ")
                time.sleep(0.1)
            self.close_connection = True
        elif fault == "half json":
            self._send(200, b'{"version": 0.6, "elements": [{"type": "node", "id": 1')
        elif fault == "not osm":
            self._send(200, b'{"elements": [{"type": "node", "id": 1, "lon": "east", "lat": 3}]}')
        elif fault == "list":
            self._send(200, b"[1, 2]")
        else:
            return False
        return True

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self.state.agents.append(self.headers["User-Agent"])
        if url.path.endswith("/status"):
            status = self.state.status
            if status.isdecimal():
                self._send(int(status), PAGE, "text/html")
            else:
                self._send(200, status.encode(), "text/plain")
            return
        asked = parse_qs(url.query)
        self.state.searched.append(asked)
        if self._failed(_take(self.state.nominatim_faults)):
            return
        if url.path.endswith("/lookup"):
            hits = [p for p in self.state.places if f"R{p['osm_id']}" == asked["osm_ids"][0]]
        else:
            words = asked["q"][0].casefold().replace(",", " ").split()
            hits = [
                p
                for p in self.state.places
                if all(word in p["display_name"].casefold() for word in words)
            ]
        self._send(200, json.dumps(hits).encode())

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        query = parse_qs(self.rfile.read(size).decode())["data"][0]
        self.state.agents.append(self.headers["User-Agent"])
        self.state.asked.append(query)
        fault = _take(self.state.faults)
        if self._failed(fault):
            return
        elements = [] if fault == "empty" else self.state.answer(query)
        if fault == "far":
            # Roads of somewhere else.
            moved = [dict(e) for e in elements]
            for element in moved:
                if element["type"] == "node":
                    element["lon"] += 3
            elements = moved
        if fault == "west":
            inside = {e["id"] for e in elements if e["type"] == "node" and e["lon"] < 10.03}
            elements = [
                e if e["type"] != "way" else e | {"nodes": [n for n in e["nodes"] if n in inside]}
                for e in elements
            ]
            elements = [e for e in elements if e["type"] != "way" or len(e["nodes"]) > 1]
            used = {n for e in elements if e["type"] == "way" for n in e["nodes"]}
            elements = [e for e in elements if e["type"] != "node" or e["id"] in used]
        answer: dict[str, Any] = {
            "version": 0.6,
            "osm3s": {"timestamp_osm_base": "2026-11-15T20:00:00Z"},
            "elements": elements,
        }
        if fault == "remark":
            answer["remark"] = (
                'runtime error: Query timed out in "query" at line 1 after 181 seconds.'
            )
        self._send(200, json.dumps(answer).encode())


class _Server(ThreadingHTTPServer):
    """Says nothing of clients that hang up, as a real one; pytest would show it as ours."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # passed on unseen


@contextmanager
def serving(state: MapServer) -> Iterator[MapServer]:
    """Run a server on a port of this machine; its address is in the state."""
    handler = type("Handler", (_Handler,), {"state": state})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    state.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def impatient(*states: MapServer, tries: int = 2) -> Servers:
    """Return servers that are waited for no longer than a test can bear."""
    return Servers(
        overpass=tuple(f"{state.address}/api" for state in states),
        nominatim=states[0].address,
        patience=replace(HURRY, tries=tries),
    )
