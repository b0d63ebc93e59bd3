import sys
from pathlib import Path

import pytest

from benchmarks.speed import Took, run, summary, timed


def test_ratios_are_medians_of_each_rounds_ratio() -> None:
    took = {
        "tesseract": [Took(10, 20), Took(20, 40), Took(10, 20)],
        "chamra": [Took(11, 22), Took(21, 42), Took(30, 23)],
        "ocrmypdf": [Took(30, 60)] * 3,
    }
    found = summary(took, [Took(0.4, 0.3)], pages=2)
    assert found["chamra_over"]["tesseract"]["wall"] == pytest.approx(1.1)
    assert found["chamra_over"]["ocrmypdf"]["cpu"] == pytest.approx(23 / 60)
    assert found["seconds"]["tesseract"]["wall_per_page"] == 5
    assert found["help"]["wall"] == 0.4


def test_the_cpu_time_of_children_is_counted(tmp_path: Path) -> None:
    told = tmp_path / "told"
    code = "\n".join(
        (
            "import pathlib, sys, time",
            "while time.process_time() < 0.3: pass",
            "pathlib.Path(sys.argv[1]).write_text(str(time.process_time()))",
        )
    )
    took = timed(lambda: run([sys.executable, "-c", code, told]))
    assert took.cpu >= float(told.read_text()) - 0.05  # the two clocks of the system tick apart


def test_a_run_that_failed_is_not_a_measurement() -> None:
    with pytest.raises(RuntimeError, match="status 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"])
