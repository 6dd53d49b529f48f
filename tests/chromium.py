"""Headless Chromium with the network cut, for tests that open a page."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # Port 9 throws away what it gets.
    "--proxy-server=127.0.0.1:9",
)


def why_not() -> str:
    """Return why there is no Chromium to test with; empty if there is one."""
    if find_spec("selenium") is None:
        return "selenium is not installed"
    if not any(map(shutil.which, NAMES)):
        return "there is no Chromium"
    return "" if shutil.which("chromedriver") else "there is no chromedriver"


@dataclass
class Browser:
    """A browser, its pages, and what it has asked for and complained about.

    Attributes
    ----------
    driver : Chrome
    """

    driver: Chrome

    def open(
        self, page: Path, width: int = 1280, height: int = 850, *, phone: bool = False
    ) -> None:
        """Open a page in a window of a size, on a desk or in a hand."""
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
        self.command("Emulation.setDeviceMetricsOverride", screen)
        self.command("Emulation.setTouchEmulationEnabled", {"enabled": phone})
        self.driver.get("about:blank")
        self.complaints()
        self.requests()
        self.driver.get(page.as_uri())

    def command(self, name: str, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever the browser answers
        """Send a command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(name, dict(options))

    def run(self, script: str) -> Any:  # noqa: ANN401 - whatever the script returns
        """Run JavaScript in the page."""
        return self.driver.execute_script(script)

    def complaints(self) -> list[str]:
        """Return what the console has said since the last time."""
        return self._log("browser")

    def _log(self, kind: str) -> list[str]:
        read: Callable[[str], list[dict[str, Any]]] = self.driver.get_log
        return [str(line["message"]) for line in read(kind)]

    def requests(self) -> list[str]:
        """Return the addresses that were asked for since the last time, pictures inside aside."""
        events = [json.loads(line)["message"] for line in self._log("performance")]
        asked = [
            str(event["params"]["request"]["url"])
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]
        return [url for url in asked if not url.startswith("data:")]

    def print(self) -> bytes:
        """Return the page as a PDF file, on the paper that its style sheet asks for."""
        options = {"preferCSSPageSize": True, "printBackground": True}
        return base64.b64decode(self.command("Page.printToPDF", options)["data"])


@contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """Start a browser with a profile of its own and end it afterwards."""
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    options = ChromeOptions()
    options.binary_location = next(filter(None, map(shutil.which, NAMES)))
    for switch in (*SWITCHES, f"--user-data-dir={profile}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    # With the path given, nothing is looked up or downloaded.
    driver = Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
