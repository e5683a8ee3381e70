"""What is asked of every page: axe, its words, its width, and that nothing leaves the host."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "web/ui/node_modules/axe-core/axe.min.js"
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe that a change of the colour scheme can break."""
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
FIND = """(only) => axe
  .run(document, { runOnly: only, resultTypes: ['violations'] })
  .then(({ violations }) => violations.map(({ id, nodes }) =>
    `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`))"""
WIDER = """() => {
  const most = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= most) return []
  return [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > most + 1)
    .map((one) => one.outerHTML.slice(0, 120)).slice(0, 5)
}"""
TEXTS = """() => {
  const own = document.documentElement.lang.slice(0, 2)
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement
    const tongue = around.closest('[lang]')?.lang.slice(0, 2)
    const isCode = around.closest('script, noscript, style, code, pre, textarea, .cm-editor')
    if (tongue === own && !isCode) found.push(node.data.trim())
  }
  const NAMES = ['aria-label', 'title', 'placeholder', 'alt']
  for (const one of document.querySelectorAll(NAMES.map((name) => `[${name}]`).join()))
    if (one.closest('[lang]')?.lang.slice(0, 2) === own)
      for (const name of NAMES) found.push((one.getAttribute(name) ?? '').trim())
  return found.filter((text) => text)
}"""
"""What the page says in its own language, to eyes and ears; quoted speech is marked as another's where it is."""
WATCH_POLICY = """
  window.refused = []
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    refused.push(`${violatedDirective}: ${blockedURI}`))"""


def violations(page: Page, *, colours_alone: bool = False) -> list[str]:
    """Return what axe finds, by rule and place."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm ci in web/ui)")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    only = {"type": "rule", "values": list(COLOURS)} if colours_alone else {"type": "tag", "values": list(RULES)}
    found: list[str] = page.evaluate(FIND, only)
    return found


def too_wide(page: Page) -> list[str]:
    """Return elements that make the page scroll sideways."""
    found: list[str] = page.evaluate(WIDER)
    return found


def texts(page: Page) -> list[str]:
    """Return the texts and labels of the page's own language."""
    found: list[str] = page.evaluate(TEXTS)
    return found


def refused(page: Page) -> list[str]:
    """Return what the security policy has refused since the page was opened, if a `Watch` came before."""
    found: list[str] = page.evaluate("() => window.refused")
    return found


class Watch:
    """Notes what a page asks of other hosts, and what goes wrong in it; `refused` can tell more afterwards.

    Args:
        page: Not opened yet.
    """

    def __init__(self, page: Page) -> None:
        self.elsewhere: list[str] = []
        """Addresses of other hosts."""
        self.faults: list[str] = []
        """Uncaught errors, and warnings and errors of the console."""
        self._own = ""
        page.add_init_script(WATCH_POLICY)
        page.on("request", lambda request: self._note(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type in ("error", "warning") else None)

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss"):
            self._own = self._own or parts.netloc
            if parts.netloc != self._own:
                self.elsewhere.append(url)
