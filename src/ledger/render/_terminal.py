"""Tables and findings on a terminal: the words of the plain formats, fitted to its width, and coloured.

Whatever the data holds is printed as rich's `Text`, which knows no markup.
"""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from ledger.diagnostic import Diagnostic
from ledger.render._bars import BEYOND, SHADED
from ledger.render._cell_text import NOTHING, blocks, legend, notes, title
from ledger.render._column_widths import Line, Part
from ledger.render._escape import in_ascii, one_line, wrap
from ledger.render._layout import laid_out
from ledger.render._tree import INDENTED, Branches
from ledger.render.text import Role, pieces
from ledger.table import Table

_PARTS: dict[Part, str] = {
    "text": "",
    "number": "",
    "derived": "cyan",
    "words": "italic",
    "unknown": "dim italic",
    "tree": "dim",
    "heading": "bold",
    "rule": "dim",
    "after": "dim",
    "bar": "cyan",
}
_LINES = {"heading": "", "row": "", "muted row": "dim", "sum": "bold"}
_ROLES: dict[Role, str] = {
    "": "",
    "place": "bold",
    "error": "bold red",
    "warning": "bold yellow",
    "gutter": "blue",
    "carets": "bold cyan",
    "hint": "green",
    "help": "bold green",
}
_LEGEND = {SHADED: "up to the most that it may be", BEYOND: "no upper limit is known"}


def console_for(color: str) -> Console:
    """Standard output as a terminal: `never` has no styles at all, `always` has them in a pipe too."""
    if color == "always":
        return Console(force_terminal=True, color_system="standard", no_color=False, highlight=False)
    return Console(color_system=None if color == "never" else "auto", highlight=False)


def show(table: Table, console: Console) -> None:
    """Print the table: texts are wrapped, figures never; what is too wide even so the terminal breaks."""
    with console.capture() as printed:
        console.print(Text("\n").join(_texts(table, console)), soft_wrap=True)
    _write(printed.get(), console)


def findings(findings: Sequence[Diagnostic], console: Console) -> None:
    """Print findings: the plain text in colours, with excerpts as long as the terminal is wide."""
    text = Text.assemble(*((piece, _ROLES[role]) for piece, role in pieces(findings, console.width)))
    text.rstrip()
    with console.capture() as printed:
        console.print(text, overflow="fold")
    _write(printed.get(), console)


def _write(text: str, console: Console) -> None:
    """Write what rich has made: its own writing ends the program with status 1 when the reader of a pipe is gone."""
    if console.options.ascii_only:
        text = in_ascii(text)
    console.file.write(text.encode(console.encoding, "replace").decode(console.encoding))
    console.file.flush()


def _texts(table: Table, console: Console) -> Iterator[Text]:
    found = list(_table(table, console))
    yield from (_line(one) if isinstance(one, Line) else one for one in found)
    if signs := ", ".join(filter(None, (legend(table), _of_bars(found)))):
        yield Text()
        yield from _sentences([signs], console, "dim")
    yield from _notes(table, console)


def _of_bars(shown: Sequence[Text | Line]) -> str:
    """What the bars that were drawn need explained."""
    drawn = "".join(text for one in shown if isinstance(one, Line) for text, part in one.pieces if part == "bar")
    return ", ".join(f"{block} {meaning}" for block, meaning in _LEGEND.items() if block in drawn)


def _table(table: Table, console: Console) -> Iterator[Text | Line]:
    branches = INDENTED if console.options.ascii_only else Branches()
    if name := title(table):
        yield from _sentences([name], console, "bold underline")
    found = list(blocks(table))
    for block in found:
        yield Text()
        if block.heading:
            yield from _sentences([block.heading], console, "bold")
        yield from laid_out(block, console.width, branches)
    if not found:
        yield from (Text(), Text(NOTHING, "dim"))
    for other in table.below:
        yield Text()
        yield from _table(other, console)
        yield from _notes(other, console)


def _notes(table: Table, console: Console) -> Iterator[Text]:
    if sentences := notes(table):
        yield Text()
        yield from _sentences(sentences, console)


def _sentences(texts: Sequence[str], console: Console, style: str = "") -> Iterator[Text]:
    return (Text(line, style) for text in texts for line in wrap(one_line(text), console.width))


def _line(line: Line) -> Text:
    text = Text.assemble(*((piece, _PARTS[part]) for piece, part in line.pieces), style=_LINES[line.of])
    text.rstrip()
    return text
