"""What is drawn or embedded: text boxes, shapes, pictures, charts, SmartArt, other documents.

Source: ECMA-376 part 1, 21.2 (charts) and 21.4 (diagrams); [MS-ODRAWXML] 2.24 (chartex).
"""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from minutes_split.readers.story import Frame, Place, Story
from minutes_split.readers.xmltree import says


def box(story: Story, element: Element, place: Place) -> None:
    """A text box, new or old."""
    story.wait(element, place, "box")


def drawing_text(story: Story, element: Element, place: Place) -> None:
    """Text of a drawing that is no Word text (`a:p`)."""
    if words := paragraph_words(element):
        story.wait(_paragraphs([words]), place, "drawing")


def about_drawing(story: Story, element: Element, place: Place) -> None:
    """What a drawing is called and described as, for those who do not see it."""
    for name in ("title", "descr"):
        if words := element.get(name):
            story.out.put_aside("alt", words, place.path)


def drawing(story: Story, element: Element, place: Place) -> Frame:
    """A drawing, unless it is hidden."""
    about = next(element.iter("wp:docPr"), None)
    if about is not None and says(about, "hidden"):
        place = place._replace(dead=place.dead or "hidden")
    return Frame(iter(element), place)


def shape(story: Story, element: Element, place: Place) -> Frame:
    """A shape of the old kind (VML)."""
    for name in ("alt", "title"):
        if words := element.get(name):
            story.out.put_aside("alt", words, place.path)
    if "visibility:hidden" in element.get("style", "").replace(" ", "").casefold():
        place = place._replace(dead=place.dead or "hidden")
    return Frame(iter(element), place)


def word_art(story: Story, element: Element, place: Place) -> None:
    """Decorated words of the old kind, which stand in an attribute."""
    if words := element.get("string"):
        story.wait(_paragraphs([words]), place, "word art")


def picture(story: Story, element: Element, place: Place) -> Frame:
    """A picture: what it shows is not read, and that there is one is kept."""
    if words := element.get("o:title"):
        story.out.put_aside("alt", words, place.path)
    story.out.put_aside("embedded", "", f"{place.path}/picture")
    return Frame(iter(element), place)


def chart(story: Story, element: Element, place: Place) -> None:
    """The words of a chart and of what is drawn on it; the table of numbers behind it is not read."""
    found = story.part_of(element.get("r:id"), place, "chart")
    if found is None:
        return
    name, tree = found
    package = story.sources.package
    story.wait(_paragraphs(chart_words(tree)), place, "chart")
    for shapes in package.related(name, "chartUserShapes"):
        story.wait(_paragraphs(chart_words(package.tree(shapes))), place, "chart")
    for _ in package.related(name, "package"):
        story.out.put_aside("embedded", "", place.path)


def diagram(story: Story, element: Element, place: Place) -> None:
    """The words of a SmartArt."""
    found = story.part_of(element.get("r:dm"), place, "diagram")
    if found is not None:
        story.wait(_paragraphs(diagram_words(found[1])), place, "diagram")


def embedded(story: Story, element: Element, place: Place) -> None:
    """Another file or a control inside the document; only the picture of it is shown."""
    what = element.get("ProgID", "") if element.tag == "o:OLEObject" else ""
    story.out.put_aside("embedded", what, place.path)
    story.out.fault("embedded-unread", place.path, "holds an embedded file or control that is not read")


def other_document(story: Story, element: Element, place: Place) -> list[Frame]:
    """Another document put in as it is (`w:altChunk`), or pointed to (`w:subDoc`)."""
    before = story.close_held()
    found = story.sources.package.relationships(place.part).get(element.get("r:id", ""))
    words = ""
    if found is not None and not found.outside and story.sources.package.holds(found.target):
        words = _plain_words(story.sources.package.content(found.target), story.sources.package.type_of(found.target))
    story.out.put_aside("unread" if words else "embedded", words, place.path)
    story.out.fault("embedded-unread", place.path, "shows the text of another document that is not read")
    return before


def _paragraphs(texts: list[str]) -> list[Element]:
    """Texts as the paragraphs that a story is made of."""
    made = []
    for text in texts:
        paragraph, run = Element("w:p"), Element("w:r")
        for number, line in enumerate(text.split("\n")):
            if number:
                run.append(Element("w:br"))
            words = Element("w:t", {"xml:space": "preserve"})
            words.text = line
            run.append(words)
        paragraph.append(run)
        made.append(paragraph)
    return made


def _plain_words(content: bytes, kind: str) -> str:
    """The words of a text or web page that is put into a document; "" of anything else."""
    if "html" in kind:
        page = _Page()
        page.feed(content.decode("utf-8", "replace"))
        return " ".join("".join(page.words).split())
    return content.decode("utf-8", "replace").strip() if kind.startswith("text/plain") else ""


class _Page(HTMLParser):
    """The characters of a web page outside its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def chart_words(tree: Element) -> list[str]:
    """Titles, names of series and categories, in the order of the part; each once, without the plotted values."""
    found: list[str] = []
    for element in tree.iter():
        if element.tag == "a:p":
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


_NOT_SHOWN = frozenset({"pres", "parTrans"})
