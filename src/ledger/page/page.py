"""The page: one HTML document from a report, with its own style and script and nothing from outside."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from ledger.page.claims import claims
from ledger.page.context import Edition, Report, edition
from ledger.page.derivations import derivations
from ledger.page.findings import findings
from ledger.page.flow_pictures import flow_pictures
from ledger.page.lines import lines
from ledger.page.markup import Child, Markup, element, joined, jump
from ledger.page.overview import glance, reading
from ledger.page.pictures import patterns
from ledger.page.series import series
from ledger.page.sources import sources
from ledger.page.waterfalls import waterfalls
from ledger.page.words import words_in

_PARTS = ("findings", "glance", "how-to", "flows", "waterfalls", "claims", "series", "lines", "derivations", "sources")


def page(report: Report, lang: str) -> str:
    """The report as an HTML document in one of LANGUAGES."""
    made = edition(report, words_in(lang))
    parts = [
        findings(made),
        glance(made),
        reading(made),
        flow_pictures(made),
        waterfalls(made),
        claims(made),
        series(made),
        lines(made),
        derivations(made),
        sources(made),
    ]
    title = made.words("title", report.title, report.year)
    shown = [anchor for anchor, part in zip(_PARTS, parts, strict=True) if part]
    main = element("main", *parts, id="main", tabindex=-1)
    body = element("body", patterns(), _skip(made), _header(made, title, shown), main, _footer(made), _script())
    return f"<!DOCTYPE html>\n{element('html', _head(title), body, lang=lang)}\n"


def _head(title: str) -> Markup:
    style, script = _file("style.css"), _file("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        element("style", Markup(style)),
    )


def _script() -> Markup:
    return element("script", Markup(_file("page.js")))


def _file(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8").replace("\r\n", "\n")


def _hash(text: str) -> str:
    """What a Content-Security-Policy allows an inline style or script by."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"


def _skip(made: Edition) -> Markup:
    return jump("main", made.words["skip"], class_="skip")


def _header(made: Edition, title: str, shown: list[str]) -> Markup:
    words, report = made.words, made.report
    about: list[Child] = [words["made-of"]]
    if not report.years:
        about.append(words("year-chosen", report.year))
    elif len(report.years) > 1:
        about.append(words("year-of-several", report.year))
    chosen = [words("selection", report.chosen)] if report.chosen else []
    chosen += [words("as-of", report.as_of)] if report.as_of else []
    links = [element("li", jump(anchor, _named(made, anchor))) for anchor in shown]
    contents = element("nav", element("ul", *links), aria_label=words["contents"])
    return element(
        "header",
        element("h1", title),
        *(element("p", one, class_="chosen") for one in chosen),
        element("p", joined(*about, by=" "), class_="lead"),
        contents,
    )


def _named(made: Edition, anchor: str) -> str:
    year = made.report.year
    return made.words(anchor, year) if anchor in ("glance", "lines") else made.words[anchor]


def _footer(made: Edition) -> Markup:
    """What the page was made from."""
    words, report, book = made.words, made.report, made.book
    figures = sum(len(line.figures) for line in book.lines.values()) + len(book.claims)
    counts = words(
        "made-from",
        words.counted(len(book.lines), "made-lines"),
        words.counted(figures, "made-figures"),
        words.counted(len(book.sources), "made-sources"),
    )
    commit = f"{report.made.commit} ({words['dirty']})" if report.made.uncommitted else report.made.commit
    facts = {
        "date": report.made.date,
        "checksum": f"sha256:{report.made.checksum}",
        "commit": commit,
        "program": report.made.program,
    }
    listed = [
        joined(element("dt", words[what]), element("dd", element("code", said))) for what, said in facts.items() if said
    ]
    return element(
        "footer", element("h2", words["about"]), element("p", f"{counts} {words['offline']}"), element("dl", *listed)
    )
