"""What tells a screen reader the order of a PDF's text: the structure tree."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from reports.searchable.layer import TaggedText

LANGUAGE = "th"


class StructureTree:
    """A document's blocks in order, each with the marked contents that are drawn of it."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root))
        self._elements: list[Object] = []
        self._parents: list[Object] = []

    def mark(self, page: Page, texts: list[TaggedText]) -> list[str]:
        """The page's texts with the operators that name them, entered in the tree in this order."""
        elements: dict[int, Object] = {}
        parents: list[Object] = []
        marked: list[str] = []
        for number, text in enumerate(texts):
            element = elements.get(text.block)
            if element is None:
                element = self._pdf.make_indirect(
                    Dictionary(
                        Type=Name.StructElem, S=Name(f"/{text.tag}"), P=self._document, Pg=page.obj, K=Array()
                    )
                )
                elements[text.block] = element
                self._elements.append(element)
            element.K.append(number)
            parents.append(element)
            marked.append(f"/{text.tag} <</MCID {number}>> BDC\n{text.operators}\nEMC")
        page.obj.StructParents = len(self._parents)
        page.obj.Tabs = Name.S
        self._parents.append(self._pdf.make_indirect(Array(parents)))
        return marked

    def write(self) -> None:
        """Put the tree into the document."""
        self._document.K = Array(self._elements)
        numbers = Array([item for pair in enumerate(self._parents) for item in pair])
        self._root.K = Array([self._document])
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=numbers))
        self._root.ParentTreeNextKey = len(self._parents)
        root = self._pdf.Root
        root.StructTreeRoot = self._root
        root.MarkInfo = Dictionary(Marked=True)
        root.Lang = LANGUAGE
