"""The words of charts and of SmartArt, which stand in parts of their own.

Source: ECMA-376 part 1, 21.2 (charts) and 21.4 (diagrams); [MS-ODRAWXML] 2.24 (chartex).
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

_NOT_SHOWN = frozenset({"pres", "parTrans"})


def chart_words(tree: Element) -> list[str]:
    """Titles, names of series and categories, in the order of the part; each once, without the plotted values."""
    found: list[str] = []
    for element in tree.iter():
        if element.tag in _PARAGRAPHS:
            found.append(paragraph_words(element))
        elif element.tag in ("c:strCache", "c:strLit", "c:lvl"):
            found.extend(v.text or "" for v in element.iter("c:v"))
        elif element.tag == "cx:strDim":
            found.extend(pt.text or "" for pt in element.iter("cx:pt"))
        elif element.tag == "cx:v":
            found.append(element.text or "")
    return list(dict.fromkeys(words.strip() for words in found if words.strip()))


def diagram_words(tree: Element) -> list[str]:
    """The text of each point of a SmartArt, in the order of the part."""
    found: list[str] = []
    for point in tree.iter("dgm:pt"):
        if point.get("type", "node") in _NOT_SHOWN:
            continue
        for text in point:
            if text.tag == "dgm:t":
                found.extend(paragraph_words(p) for p in text.iter("a:p"))
    return [words for words in found if words.strip()]


def paragraph_words(paragraph: Element) -> str:
    """The text of a drawing's paragraph (`a:p`)."""
    return "".join("\n" if e.tag == "a:br" else e.text or "" for e in paragraph.iter() if e.tag in ("a:t", "a:br"))


_PARAGRAPHS = frozenset({"a:p"})
