"""The private forms of Thai characters in fonts before OpenType.

Shifted, lowered and shortened forms were kept in the private use area, by Windows at F700-F71A and by the
Macintosh at F884-F89E. Source: HarfBuzz, src/hb-ot-shape-complex-thai.cc, `thai_pua_shape`; the Macintosh
names are those of the Adobe Glyph List (maiekupperleftthai;F88A and so on).
"""

from __future__ import annotations

_PRIVATE = {
    "\u0e10": "\uf700\uf89e",  # tho than without its foot
    "\u0e0d": "\uf70f\uf89a",  # yo ying without its foot
    "\u0e31": "\uf710\uf884",
    "\u0e34": "\uf701\uf885",
    "\u0e35": "\uf702\uf886",
    "\u0e36": "\uf703\uf887",
    "\u0e37": "\uf704\uf888",
    "\u0e38": "\uf718\uf89b",
    "\u0e39": "\uf719\uf89c",
    "\u0e3a": "\uf71a\uf89d",
    "\u0e47": "\uf712\uf889",
    "\u0e48": "\uf70a\uf705\uf713\uf88b\uf88c\uf88a",
    "\u0e49": "\uf70b\uf706\uf714\uf88e\uf88f\uf88d",
    "\u0e4a": "\uf70c\uf707\uf715\uf891\uf892\uf890",
    "\u0e4b": "\uf70d\uf708\uf716\uf894\uf895\uf893",
    "\u0e4c": "\uf70e\uf709\uf717\uf897\uf898\uf896",
    "\u0e4d": "\uf711\uf899",
}
PRIVATE_USE = {form: character for character, forms in _PRIVATE.items() for form in forms}
"""The character of each private form."""
