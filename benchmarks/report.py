"""The figures as one table, one JSON document and one plot."""

import platform
from collections.abc import Sequence
from html import escape
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from benchmarks.row import Row

_OK, _MISSED, _INK, _QUIET = "#1a7f37", "#9a6700", "#1f2328", "#59636e"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _goal(row: Row) -> str:
    if row.goal is None:
        return "-"
    return f"{'≤' if row.better == 'at_most' else '≥'} {_figure(row.goal)}"


def print_table(rows: Sequence[Row], console: Console) -> None:
    """Prints every figure beside its goal."""
    table = Table(title="What it costs", title_justify="left", caption="medians of interleaved rounds; CPU of the server process")
    table.add_column("what")
    table.add_column("figure", justify="right")
    table.add_column("unit")
    table.add_column("goal", justify="right")
    table.add_column("")
    table.add_column("rounds", style="dim")
    for row in rows:
        mark = {None: "", True: "[green]reached[/]", False: "[yellow]missed[/]"}[row.met]
        rounds = " ".join(map(_figure, row.rounds))
        table.add_row(row.name, _figure(row.value), row.unit, _goal(row), mark, rounds + (f"  {row.note}" if row.note else ""))
    console.print(table)


def write_json(rows: Sequence[Row], path: Path) -> None:
    """Writes every figure with the machine's kind."""
    document = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "rows": [{**msgspec.to_builtins(row), "met": row.met} for row in rows],
    }
    path.write_bytes(msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")


def plot(rows: Sequence[Row]) -> str:
    """Draws, as SVG, how much of its goal each figure uses; the line is the goal."""
    drawn = [(row, share) for row in rows if (share := row.share) is not None]
    left, width, line, top = 330, 400, 24, 46
    widest = max([1.25, *(min(share, 2.0) for _, share in drawn)])
    unit = width / widest
    height = top + line * len(drawn) + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 170}" height="{height}" '
        f'viewBox="0 0 {left + width + 170} {height}" font-family="system-ui, sans-serif" font-size="12" fill="{_INK}">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        '<text x="16" y="24" font-size="15">Share of each goal used (less is better)</text>',
    ]
    for index, (row, share) in enumerate(drawn):
        y = top + index * line
        colour = _OK if row.met else _MISSED
        bar = min(share, widest) * unit
        parts.append(
            f'<text x="{left - 10}" y="{y + 14}" text-anchor="end">{escape(row.name)}</text>'
            f'<rect x="{left}" y="{y + 3}" width="{bar:.1f}" height="{line - 8}" rx="2" fill="{colour}"/>'
            f'<text x="{left + width + 12}" y="{y + 14}" fill="{_QUIET}">'
            f"{_figure(row.value)} {escape(row.unit)}, goal {escape(_goal(row))}</text>"
        )
    x = left + unit
    parts.append(f'<path d="M{x:.1f} {top - 6}V{height - 10}" stroke="{_INK}" stroke-dasharray="3 3"/></svg>')
    return "\n".join(parts) + "\n"
