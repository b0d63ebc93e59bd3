"""The simulation of many workers agrees with what can be reckoned by hand."""

from dataclasses import replace

import pytest

from benchmarks.planning import Costs, Prices, most_workers, planning_table, scaling_table, simulated

COSTS = Costs(page=4.0, driver=0.02, ledger=0.005, stored=2e6, recorded=2e3, decisions=20)


def test_one_worker_reads_as_fast_as_it_is() -> None:
    assert simulated(COSTS, 1) == pytest.approx(1 / 4.005, rel=0.03)


def test_few_workers_are_used_whole_and_the_driver_is_the_limit_of_many() -> None:
    assert simulated(COSTS, 8) == pytest.approx(8 / 4.005, rel=0.03)
    assert simulated(COSTS, 2000, pages=20_000) <= 1 / COSTS.driver
    assert most_workers(COSTS) in (64, 128, 256)
    assert most_workers(replace(COSTS, driver=1.0)) <= 4


def test_workers_who_share_cores_are_slower_and_waiting_takes_none() -> None:
    assert simulated(COSTS, 4, cores=2) == pytest.approx(simulated(COSTS, 2), rel=0.05)
    slow = simulated(replace(COSTS, page=0.5), 4, waits=4.0, cores=2)
    assert slow == pytest.approx(4 / (4.0 + 1.0), rel=0.05)


def test_the_tables_have_a_row_for_each_size() -> None:
    assert scaling_table(COSTS).count("\n") == 8
    planned = planning_table(COSTS, Prices())
    million = next(line for line in planned.splitlines() if line.startswith("| 1,000,000 "))
    cells = [cell.strip() for cell in million.strip("|").split("|")]
    assert float(cells[1].replace(",", "")) == pytest.approx(1e6 * 4 / 16 / 3600, rel=0.05)
    assert float(cells[3]) == pytest.approx(4.0, rel=0.01)
    # 20 decisions of 8 seconds and a minute beside them, on each page; eight hours a day.
    assert float(cells[5].replace(",", "")) == pytest.approx(1e6 * 220 / 3600 / 8, rel=0.01)
