"""Places on a thumbnail and in its image are the same places, whoever asks."""

from model.box import Box
from ocr.image.scale import edges_of, in_image, on_thumbnail


def test_a_place_on_a_thumbnail_comes_back_to_where_it_was():
    for scale in (1.0, 0.5, 1754 / 3507, 0.21):
        for edges in ((0, 0, 7, 9), (13, 101, 240, 333), (611, 1002, 612, 1754)):
            assert on_thumbnail(in_image(edges, scale), scale) == edges


def test_edges_go_to_the_nearest_pixel():
    assert in_image((3, 5, 10, 20), 0.4) == Box(8, 12, 25, 50)
    assert on_thumbnail(Box(7, 12, 26, 49), 0.4) == (3, 5, 10, 20)
    assert edges_of(Box(1, 2, 3, 4)) == (1, 2, 3, 4)
