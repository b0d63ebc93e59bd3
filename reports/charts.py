"""Charts as SVG: lines with gaps where nothing is known, and stacked bars. Nothing in them moves, loads or runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from reports.xml_text import element, empty, text

WIDTH, HEIGHT = 720, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 12, 44, 34
_COLOURS = ("#24478f", "#c2410c", "#15803d", "#7c3aed", "#0e7490", "#a16207", "#be185d", "#4b5563", "#65a30d",
            "#1e3a8a", "#9f1239", "#365314")  # fmt: skip
_END, _MIDDLE = {"text-anchor": "end"}, {"text-anchor": "middle"}
_FONT = {"font-family": "sans-serif", "font-size": "11"}
_LABELS = 12
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title, what stands along it, and the values of each series, None where nothing is known. `stacked`:
    bars, the series of one place upon each other; else lines."""

    title: str
    labels: Sequence[str]
    series: Mapping[str, Sequence[float | None]]
    stacked: bool = False

    @property
    def known(self) -> bool:
        """Whether any value is known."""
        return any(value is not None for values in self.series.values() for value in values)


def svg(*charts: Chart) -> str:
    """The charts that have anything to show, one below the other."""
    shown = [chart for chart in charts if chart.known]
    parts = [
        element("g", _chart(chart), transform=f"translate(0 {at * HEIGHT})") for at, chart in enumerate(shown)
    ]
    height = max(1, len(shown)) * HEIGHT
    return element(
        "svg", "".join(parts), xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height}", width=WIDTH,
        height=height, role="img", **_FONT,
    )  # fmt: skip


def _chart(chart: Chart) -> str:
    top = _nice(max(_sums(chart) if chart.stacked else _values(chart), default=0.0))
    parts = [element("text", text(chart.title), x=_LEFT, y=16, fill="currentColor")]
    for step in range(_TICKS + 1):
        value = top * step / _TICKS
        y = _y(value, top)
        parts.append(empty("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=y, y2=y, stroke="#9993"))
        parts.append(element("text", f"{value:g}", x=_LEFT - 6, y=y + 4, fill="currentColor", **_END))
    every = max(1, ceil(len(chart.labels) / _LABELS))
    for at, label in enumerate(chart.labels):
        if at % every == 0:
            parts.append(
                element("text", text(label), x=_x(at, chart), y=HEIGHT - 16, fill="currentColor", **_MIDDLE)
            )
    parts += _bars(chart, top) if chart.stacked else _lines(chart, top)
    return "".join(parts)


def _lines(chart: Chart, top: float) -> list[str]:
    parts = []
    for index, (name, values) in enumerate(chart.series.items()):
        colour = _COLOURS[index % len(_COLOURS)]
        run: list[str] = []
        for at, value in enumerate([*values, None]):
            if value is None:
                if len(run) > 1:
                    parts.append(empty("polyline", points=" ".join(run), fill="none", stroke=colour))
                run = []
                continue
            x, y = _x(at, chart), _y(value, top)
            run.append(f"{x},{y}")
            said = element("title", text(f"{name}, {chart.labels[at]}: {value:.4g}"))
            parts.append(element("circle", said, cx=x, cy=y, r=2.5, fill=colour))
        parts.append(_key(name, index, colour))
    return parts


def _bars(chart: Chart, top: float) -> list[str]:
    parts = []
    width = max(1.0, round(0.7 * (WIDTH - _LEFT - _RIGHT) / max(1, len(chart.labels)), 1))
    below = [0.0] * len(chart.labels)
    for index, (name, values) in enumerate(chart.series.items()):
        colour = _COLOURS[index % len(_COLOURS)]
        for at, value in enumerate(values):
            if value:
                high, low = _y(below[at] + value, top), _y(below[at], top)
                said = element("title", text(f"{name}, {chart.labels[at]}: {value:.4g}"))
                x = round(_x(at, chart) - width / 2, 1)
                parts.append(
                    element("rect", said, x=x, y=high, width=width, height=round(low - high, 1), fill=colour)
                )
                below[at] += value
        parts.append(_key(name, index, colour))
    return parts


def _key(name: str, index: int, colour: str) -> str:
    x = _LEFT + index % 10 * 64
    square = empty("rect", x=x, y=24, width=8, height=8, fill=colour)
    return square + element("text", text(name), x=x + 11, y=32, fill="currentColor")


def _values(chart: Chart) -> list[float]:
    return [value for values in chart.series.values() for value in values if value is not None]


def _sums(chart: Chart) -> list[float]:
    return [sum(value or 0.0 for value in column) for column in zip(*chart.series.values(), strict=True)]


def _x(at: int, chart: Chart) -> float:
    room = (WIDTH - _LEFT - _RIGHT) / max(1, len(chart.labels))
    return round(_LEFT + room * (at + 0.5), 1)


def _y(value: float, top: float) -> float:
    return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * min(value, top) / top, 1)


def _nice(most: float) -> float:
    """The next round number above, so that ticks can be read."""
    if most <= 0:
        return 1.0
    unit: float = 10.0 ** floor(log10(most))
    return next(unit * step for step in (1, 2, 4, 5, 8, 10, 20) if unit * step >= most)
