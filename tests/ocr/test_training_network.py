"""Going on from a shipped model: its weights come out of the file and go back into one, widened and averaged.

These need the extra `train`.
"""

from typing import Any

import numpy as np
import pytest

from ocr.line_reader.alphabet import CHARACTERS
from ocr.line_reader.geometry import HEIGHT
from ocr.line_reader.model import MODEL

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("onnx", reason="the extra `train` is not installed")

from training.line_reader.average import averaged  # noqa: E402
from training.line_reader.export import export  # noqa: E402
from training.line_reader.network import LineNetwork  # noqa: E402
from training.line_reader.widen import measured, widened  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def lines():
    return torch.from_numpy(np.random.default_rng(1).integers(0, 255, (3, HEIGHT, 96), np.uint8))


def kept(path, network, lines=7):
    state = {"steps": 1, "lines": lines, "seconds": 2.0}
    torch.save({"network": network.state_dict(), "state": state}, path)
    return path


def read(network, lines):
    with torch.no_grad():
        return network(lines.unsqueeze(1).float() / 255).log_softmax(2).numpy()


def test_a_model_that_is_widened_and_exported_reads_as_before(tmp_path, lines):
    onnxruntime = pytest.importorskip("onnxruntime")
    network = widened(MODEL)
    made = tmp_path / "again.onnx"
    export(kept(tmp_path / "start.pt", network), made)
    shipped, again = (onnxruntime.InferenceSession(path) for path in (MODEL, made))
    (before,), (after,) = (one.run(None, {"lines": lines.numpy()}) for one in (shipped, again))
    assert np.abs(np.exp(before) - np.exp(after)[:, :, : before.shape[2]]).max() < 0.02
    assert again.get_modelmeta().custom_metadata_map["letters"] == CHARACTERS


def test_measuring_changes_how_a_network_learns_and_not_what_it_reads(lines):
    network = widened(MODEL)
    before = read(network, lines)
    measured(network, [lines.unsqueeze(1).float() / 255])
    learning = read(network, lines)  # by the statistics of these lines, which are those measured
    assert np.abs(np.exp(before) - np.exp(learning)).max() < 0.05
    assert np.abs(np.exp(before) - np.exp(read(network.eval(), lines))).max() < 0.01


def test_the_mean_of_a_checkpoint_with_itself_reads_as_it_does(tmp_path, lines):
    network = LineNetwork()
    measured(network, [lines.unsqueeze(1).float() / 255])
    path = kept(tmp_path / "one.pt", network.eval(), lines=9)
    mean = averaged([(path, 0.25), (path, 0.75)])
    again = LineNetwork()
    again.load_state_dict(mean["network"])
    assert np.abs(read(network, lines) - read(again.eval(), lines)).max() < 0.01
    state: Any = mean["state"]
    assert state["lines"] == 9
    with pytest.raises(ValueError, match="add up"):
        averaged([(path, 0.4)])
