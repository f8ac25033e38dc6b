"""A page in a real Chromium that has no network: what it asks for, what it complains of, and what axe says of it."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
"""The sandbox needs rights that a container lacks; the pages are our own."""

WIDE, NARROW, PAPER = 1280, 360, 680
"""Windows in pixels: a desk, a telephone, and what an A4 page leaves between its margins."""

Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that is open: every address that it asked for, those that its policy refused, and all its complaints."""

    page: Page
    requests: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def launched() -> Iterator[Browser]:
    """The system's Chromium; without one a test is skipped, but where a change is judged it fails."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        missing = "there is no Chromium on this system: install Debian's `chromium`, as .ci/run does"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser,
    file: Path,
    *,
    width: int = WIDE,
    scheme: Scheme = "light",
    javascript: bool = True,
) -> Iterator[Opened]:
    """The file, opened as from a mail attachment, in a window of this width, offline."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=javascript, offline=True
    )
    page = context.new_page()
    seen = Opened(page)
    context.on("request", lambda request: seen.requests.append(request.url))
    context.on("requestfailed", lambda request: seen.refused.append(request.url) if request.failure == "csp" else None)
    page.on("console", lambda message: seen.complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.complaints.append(f"error: {error}"))
    page.goto(file.as_uri())
    yield seen
    context.close()


def axe_findings(page: Page, *, leaving_out: Sequence[str] = ()) -> list[str]:
    """Everything that axe finds in the page as it is now, the gravest first, a line each; not in what is left out."""
    context = {"exclude": [[selector] for selector in leaving_out]} if leaving_out else None
    found: list[dict[str, Any]] = Axe().run(page, context=context).response["violations"]
    order = ["critical", "serious", "moderate", "minor"]
    return [
        f"{finding['impact']}: {finding['id']}: {finding['help']}: {node['target']} {node['html'][:160]}"
        for finding in sorted(found, key=lambda finding: order.index(finding["impact"]))
        for node in finding["nodes"]
    ]


def cut_texts(page: Page) -> list[str]:
    """Every text that is not whole in the window: beyond its sides, or beyond those of what clips or scrolls it.

    In a picture also what reaches out of it, or overlaps another text.
    """
    found: list[str] = page.evaluate(_CUT)
    return found


_CUT = """() => {
  const cut = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode, around = node.parentElement;
    if (!node.data.trim() || !around.checkVisibility({ visibilityProperty: true }) || around.closest("svg, script")) continue;
    if (around.closest(".skip, .sr, .visually-hidden")) continue;  // shown to screen readers, or when they have the focus
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    let [left, right] = [0, innerWidth];
    for (let outer = around; outer !== document.documentElement; outer = outer.parentElement)
      if (getComputedStyle(outer).overflowX !== "visible") {
        const clip = outer.getBoundingClientRect();
        [left, right] = [Math.max(left, clip.left), Math.min(right, clip.right)];
      }
    if (box.left < left - 1 || box.right > right + 1) cut.push(`${around.tagName}: ${node.data.trim()}`);
  }
  for (const picture of document.querySelectorAll("svg[role=img]")) {
    const frame = picture.getBoundingClientRect(), name = picture.querySelector("title").textContent;
    const texts = [...picture.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
    const seen = texts.filter(([, box]) => box.width);
    seen.forEach(([text, box], at) => {
      const [beside, beyond] = [Math.max(frame.left - box.left, box.right - frame.right), box.bottom - frame.bottom];
      if (Math.max(beside, beyond, frame.top - box.top) > 2) cut.push(`${name}: out of the picture: ${text}`);
      for (const [other, over] of seen.slice(at + 1)) {
        const [across, down] = [
          Math.min(box.right, over.right) - Math.max(box.left, over.left),
          Math.min(box.bottom, over.bottom) - Math.max(box.top, over.top),
        ];
        if (across > 2 && down > 3) cut.push(`${name}: one over the other: ${text} | ${other}`);
      }
    });
  }
  return cut;
}"""
