"""Word documents built from raw XML, one marker word for each construct, and where that word has to come out."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import pytest

from minutes_split.document import Block, Document
from minutes_split.errors import ReadError
from minutes_split.readers import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f"""xmlns:w="{W}" xmlns:r="{R}"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
 xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" """
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@dataclass
class Made:
    """A document to be made: the XML inside each part."""

    body: str
    parts: dict[str, str] = field(default_factory=dict)
    """Of kinds: "styles", "numbering", "settings", "footnotes", "header1", "chart1" ..."""
    main: str = MAIN

    def bytes(self, change: Callable[[dict[str, str]], None] = lambda files: None) -> bytes:
        files = {
            "_rels/.rels": _relationships({"rId1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{self.body}</w:body></w:document>",
        }
        arrows = {}
        types = [f'<Override PartName="/word/document.xml" ContentType="{self.main}"/>']
        for name, inside in self.parts.items():
            kind = name.rstrip("0123456789")
            files[f"word/{name}.xml"] = _part(kind, inside)
            arrows[name] = (RELATED.get(kind, kind), f"{name}.xml")
            types.append(f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-'
                         f'officedocument.wordprocessingml.{kind}+xml"/>')  # fmt: skip
        files["word/_rels/document.xml.rels"] = _relationships(arrows)
        files["[Content_Types].xml"] = (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            + "".join(types)
            + "</Types>"
        )
        change(files)
        return zipped(files)

    def read(self) -> Document:
        return read(self.bytes())


RELATED = {"altchunk": "aFChunk", "diagram": "diagramData"}
ROOTS = {
    "styles": "w:styles", "numbering": "w:numbering", "settings": "w:settings", "footnotes": "w:footnotes",
    "endnotes": "w:endnotes", "comments": "w:comments", "header": "w:hdr", "footer": "w:ftr",
    "chart": "c:chartSpace", "diagram": "dgm:dataModel",
}  # fmt: skip


def _part(kind: str, inside: str) -> str:
    return f"<{ROOTS[kind]} {NAMESPACES}>{inside}</{ROOTS[kind]}>" if kind in ROOTS else inside


def _relationships(arrows: dict[str, tuple[str, str]]) -> str:
    inside = "".join(f'<Relationship Id="{i}" Type="{R}/{kind}" Target="{t}"/>' for i, (kind, t) in arrows.items())
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def zipped(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content.encode())
    return made.getvalue()


def p(inside: str, about: str = "") -> str:
    """A paragraph; plain text becomes a run."""
    return f"<w:p>{f'<w:pPr>{about}</w:pPr>' if about else ''}{inside if inside.startswith('<') else r(inside)}</w:p>"


def r(words: str, about: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{about}</w:rPr>" if about else ""}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def complex_field(instruction: str, result: str = "", *, about: str = "", begin: str = "") -> str:
    separate = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin" {about}>{begin}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{escape(instruction)}</w:instrText></w:r>{separate}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def drawing(inside: str, about: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" {about}/><a:graphic><a:graphicData>'
        f"{inside}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def box(words: str) -> str:
    return f"<wps:wsp><wps:txbx><w:txbxContent>{p(words)}</w:txbxContent></wps:txbx></wps:wsp>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, about: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{about}</w:trPr>' if about else ''}{''.join(cells)}</w:tr>"


def cell(inside: str, about: str = "") -> str:
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{inside if inside.startswith('<') else p(inside)}</w:tc>"


def control(inside: str, about: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{about}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def alternative(choice: str, fallback: str, requires: str = "wps") -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


HIDDEN_STYLE = {
    "styles": '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Shy"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="ShyToo"><w:rPr><w:vanish/></w:rPr></w:style>'
}
HEADER_SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>{}</w:sectPr>'
PICTURE = '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="x" descr="{}"/></pic:nvPicPr></pic:pic>'

MATRIX: list[tuple[str, Made, str]] = [
    # --- live, plain ---
    ("paragraph", Made(p("amber")), "live"),
    ("run in an inline tag", Made(p(f'<w:smartTag w:element="x">{r("amber")}</w:smartTag>')), "live"),
    ("custom XML around a paragraph", Made(f'<w:customXml w:element="x">{p("amber")}</w:customXml>'), "live"),
    ("text direction", Made(p(f'<w:bdo w:val="rtl"><w:dir w:val="ltr">{r("amber")}</w:dir></w:bdo>')), "live"),
    ("ruby", Made(p("<w:r><w:ruby><w:rubyPr/><w:rt>" + r("high") + f"</w:rt><w:rubyBase>{r('amber')}</w:rubyBase></w:ruby></w:r>")), "live"),
    ("link", Made(p(f'<w:hyperlink w:anchor="x">{r("amber")}</w:hyperlink>')), "live"),
    ("struck text is shown", Made(p(r("amber", "<w:strike/>"))), "live"),
    ("web-hidden text is shown in print", Made(p(r("amber", "<w:webHidden/>"))), "live"),
    # --- tracked changes ---
    ("insertion", Made(p(f'<w:ins w:author="Ann">{r("amber")}</w:ins>')), "live inserted"),
    ("move, new place", Made(p(f'<w:moveTo w:author="Ann">{r("amber")}</w:moveTo>')), "live moved-to"),
    ("inserted row", Made(table(row(cell("amber"), about='<w:ins w:author="Ann"/>'))), "live inserted"),
    ("inserted cell", Made(table(row(cell("amber", '<w:cellIns w:author="Ann"/>')))), "live inserted"),
    ("deletion", Made(p("x<") + p('<w:del w:author="Ann"><w:r><w:delText>amber</w:delText></w:r></w:del>')), "deleted"),
    ("deletion with live text elements", Made(p("x") + p(f'<w:del w:author="Ann">{r("amber")}</w:del>')), "deleted"),
    ("deletion inside an insertion", Made(p("x") + p(f"<w:ins><w:del>{r('amber')}</w:del></w:ins>")), "deleted"),
    ("deleted text outside a deletion", Made(p("x") + p("<w:r><w:delText>amber</w:delText></w:r>")), "deleted"),
    ("deleted row", Made(p("x") + table(row(cell("amber"), about='<w:del w:author="Ann"/>'))), "deleted"),
    ("deleted cell", Made(p("x") + table(row(cell("amber", '<w:cellDel w:author="Ann"/>')))), "deleted"),
    ("box in a deletion", Made(p("x") + p(f"<w:del>{drawing(box('amber'))}</w:del>")), "deleted"),
    ("move, old place", Made(p("x") + p(f'<w:moveFrom w:author="Ann">{r("amber")}</w:moveFrom>')), "moved-from"),
    ("name of a writer", Made(p(f'<w:ins w:author="amber">{r("x")}</w:ins>')), "metadata"),
    # --- hidden text ---
    ("hidden directly", Made(p("x") + p(r("amber", "<w:vanish/>"))), "hidden"),
    ("hidden by a chain of styles", Made(p("x") + p(r("amber", '<w:rStyle w:val="Shy"/>')), HIDDEN_STYLE), "hidden"),
    ("hidden by paragraph style", Made(p("x") + p("amber", '<w:pStyle w:val="ShyToo"/>'), HIDDEN_STYLE), "hidden"),
    ("two hidden styles cancel out", Made(p(r("amber", '<w:rStyle w:val="Shy"/>'), '<w:pStyle w:val="ShyToo"/>'), HIDDEN_STYLE), "live"),
    ("shown in spite of its style", Made(p(r("amber", '<w:rStyle w:val="Shy"/><w:vanish w:val="0"/>')), HIDDEN_STYLE), "live"),
    ("row with a hidden end mark", Made(table(row(cell("amber"), about="<w:hidden/>"))), "live"),
    ("hidden drawing", Made(p("x") + p(drawing(box("amber"), 'hidden="1"'))), "hidden"),
    ("hidden shape", Made(p("x") + p(f'<w:r><w:pict><v:shape style="visibility: hidden"><v:textbox><w:txbxContent>{p("amber")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>')), "hidden"),
    ("cell merged into the one above", Made(p("x") + table(row(cell("y", '<w:vMerge w:val="restart"/>')), row(cell("amber", "<w:vMerge/>")))), "hidden cell-covered"),
    ("header that no section shows", Made(p("x"), {"header1": p("amber")}), "hidden"),
    ("header of first pages that are not different", Made(p("x") + '<w:sectPr><w:headerReference w:type="first" r:id="header1"/></w:sectPr>', {"header1": p("amber")}), "hidden"),
    ("note that nothing refers to", Made(p("x"), {"footnotes": f'<w:footnote w:id="2">{p("amber")}</w:footnote>'}), "hidden"),
    ("building block", Made(p("x"), {"glossaryDocument1": f"<w:glossaryDocument {NAMESPACES}><w:docParts><w:docPart><w:docPartBody>{p('amber')}</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>"}), "metadata"),
    # --- content controls ---
    ("control around a paragraph", Made(control(p("amber"))), "live"),
    ("control in a paragraph", Made(p(control(r("amber")))), "live"),
    ("control around a row", Made(table(control(row(cell("amber"))))), "live"),
    ("control around a cell", Made(table(row(control(cell("amber"))))), "live"),
    ("placeholder", Made(p(control(r("amber"), "<w:showingPlcHdr/>"))), "live placeholder"),
    ("name of a control", Made(p(control(r("x"), '<w:alias w:val="amber"/>'))), "metadata"),
    ("choice that was not taken", Made(p(control(r("x"), '<w:dropDownList><w:listItem w:displayText="amber" w:value="1"/></w:dropDownList>'))), "metadata"),
    # --- fields ---
    ("result of a simple field", Made(p(f'<w:fldSimple w:instr="AUTHOR">{r("amber")}</w:fldSimple>')), "live field"),
    ("result of a complex field", Made(p(complex_field("REF x", r("amber")))), "live field"),
    ("text typed into a form", Made(p(complex_field("FORMTEXT", r("amber")))), "live"),
    ("link field", Made(p(complex_field('HYPERLINK "x"', r("amber")))), "live"),
    ("instruction of a simple field", Made(p(f'<w:fldSimple w:instr="IF amber">{r("x")}</w:fldSimple>')), "instruction"),
    ("instruction of a complex field", Made(p(complex_field("IF amber", r("x")))), "instruction"),
    ("field in an instruction", Made(p(complex_field("IF", r("x")).replace("</w:instrText></w:r>", "</w:instrText></w:r>" + complex_field("REF y", r("amber")), 1))), "instruction"),
    ("instruction over two paragraphs", Made(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("amber")) + p('<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("x") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')), "instruction"),
    ("field that never ends", Made(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + p("amber")), "live field-open"),
    ("field that is out of date", Made(p(complex_field("REF x", r("amber"), about='w:dirty="true"'))), "live field unread field-suspect"),
    ("text of another file", Made(p(complex_field("INCLUDETEXT x", r("amber")))), "live field unread field-suspect"),
    ("field that only Word computes", Made(p(r("x") + complex_field("EQ \\f(amber,b)"))), "unread instruction field-without-result"),
    ("click here", Made(p(complex_field("MACROBUTTON NoMacro [amber]"))), "live instruction placeholder"),
    ("choice of a legacy form", Made(p(complex_field("FORMDROPDOWN", begin='<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="x"/><w:listEntry w:val="amber"/></w:ddList></w:ffData>'))), "live"),
    # --- boxes, drawings ---
    ("text box", Made(p(r("x") + drawing(box("amber")))), "live"),
    ("text box for old and new programs", Made(p(alternative(drawing(box("amber")), f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('amber')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"))), "live"),
    ("box that says something else to old programs", Made(p(alternative(r("amber"), r("jade")))), "live unread alternative-differs"),
    ("fallback where the choice is not understood", Made(p(alternative(r("jade"), r("amber"), "zz"))), "live"),
    ("shapes in a group", Made(p(drawing(f"<wpg:wgp><wpg:grpSp>{box('amber')}</wpg:grpSp></wpg:wgp>"))), "live"),
    ("box in a box", Made(p(drawing(f"<wps:wsp><wps:txbx><w:txbxContent>{p(drawing(box('amber')))}</w:txbxContent></wps:txbx></wps:wsp>"))), "live"),
    ("old word art", Made(p('<w:r><w:pict><v:shape><v:textpath string="amber"/></v:shape></w:pict></w:r>')), "live"),
    ("alternative text", Made(p(r("x") + drawing(PICTURE.format(""), 'descr="amber"'))), "alt"),
    ("alternative text of a picture", Made(p(r("x") + drawing(PICTURE.format("amber")))), "alt"),
    ("caption of a table", Made(table(row(cell("x"))).replace("<w:tblPr/>", '<w:tblPr><w:tblCaption w:val="amber"/></w:tblPr>')), "alt"),
    ("title of a chart", Made(p(r("x") + drawing('<c:chart r:id="chart1"/>')), {"chart1": "<c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>amber</a:t></a:r></a:p></c:rich></c:tx></c:title></c:chart>"}), "live"),
    ("category of a chart", Made(p(r("x") + drawing('<c:chart r:id="chart1"/>')), {"chart1": "<c:cat><c:strRef><c:strCache><c:pt><c:v>amber</c:v></c:pt></c:strCache></c:strRef></c:cat>"}), "live"),
    ("SmartArt", Made(p(r("x") + drawing('<dgm:relIds r:dm="diagram1"/>')), {"diagram1": "<dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>amber</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst>"}), "live"),
    ("chart that is missing", Made(p(r("amber") + drawing('<c:chart r:id="none"/>'))), "live chart-missing"),
    ("embedded file", Made(p(r("amber") + '<w:r><w:object><o:OLEObject ProgID="x" r:id="none"/></w:object></w:r>')), "live embedded-unread"),
    ("other document put in", Made(p("x") + '<w:altChunk r:id="altchunk1"/>', {"altchunk1": "<html>amber</html>"}), "embedded-unread embedded"),
    # --- equations ---
    ("equation", Made(p("<m:oMath><m:f><m:num><m:r><m:t>amber</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>")), "live"),
    # --- tables ---
    ("cell", Made(table(row(cell("amber")))), "live"),
    ("cell in a nested table", Made(table(row(cell(table(row(cell("amber"))) + p(""))))), "live"),
    ("cell over two columns", Made(table(row(cell("amber", '<w:gridSpan w:val="2"/>')))), "live"),
    # --- furniture, notes, comments ---
    ("header", Made(p("x") + HEADER_SECTION.format(""), {"header1": p("amber")}), "live"),
    ("header linked to the section before", Made(p("x", HEADER_SECTION.format("")) + p("y") + "<w:sectPr/>", {"header1": p("amber")}), "live"),
    ("header of first pages", Made(p("x") + '<w:sectPr><w:titlePg/><w:headerReference w:type="first" r:id="header1"/></w:sectPr>', {"header1": p("amber")}), "live"),
    ("header of even pages that are not different", Made(p("x") + '<w:sectPr><w:headerReference w:type="even" r:id="header1"/></w:sectPr>', {"header1": p("amber")}), "hidden"),
    ("footnote that the text refers to twice", Made(p(r("x") + '<w:r><w:footnoteReference w:id="2"/></w:r>' * 2), {"footnotes": f'<w:footnote w:id="2">{p("amber")}</w:footnote>'}), "live"),
    ("header of even pages", Made(p("x") + '<w:sectPr><w:headerReference w:type="even" r:id="header1"/></w:sectPr>', {"header1": p("amber"), "settings": "<w:evenAndOddHeaders/>"}), "live"),
    ("footer", Made(p("x") + '<w:sectPr><w:footerReference w:type="default" r:id="footer1"/></w:sectPr>', {"footer1": p("amber")}), "live"),
    ("footnote", Made(p(r("x") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), {"footnotes": f'<w:footnote w:id="2">{p("amber")}</w:footnote>'}), "live"),
    ("endnote", Made(p(r("x") + '<w:r><w:endnoteReference w:id="2"/></w:r>') + p("y"), {"endnotes": f'<w:endnote w:id="2">{p("amber")}</w:endnote>'}), "live"),
    ("note that is missing", Made(p(r("amber") + '<w:r><w:footnoteReference w:id="9"/></w:r>')), "live note-missing"),
    ("line above the notes", Made(p("x"), {"footnotes": f'<w:footnote w:type="separator" w:id="0">{p("amber")}</w:footnote>'}), ""),
    ("comment", Made(p(r("x") + '<w:r><w:commentReference w:id="0"/></w:r>'), {"comments": f'<w:comment w:id="0" w:author="Ann">{p("amber")}</w:comment>'}), "comment"),
    ("comment that nothing refers to", Made(p("x"), {"comments": f'<w:comment w:id="0">{p("amber")}</w:comment>'}), "comment"),
    # --- what nobody knows ---
    ("unknown element", Made(p(r("x") + '<q:new xmlns:q="urn:new"><w:t>amber</w:t></q:new>')), "unread element-unknown"),
    ("letters outside an element for text", Made("<w:p>" + r("x") + "amber</w:p>"), "unread element-unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("made", "expected"), [m[1:] for m in MATRIX], ids=[m[0] for m in MATRIX])
def test_every_construct_puts_its_word_where_a_person_sees_it(made: Made, expected: str) -> None:
    document = made.read()
    found: set[str] = {mark.kind for mark in document.marks if "amber" in mark.span.within(document.text)}
    found |= {aside.kind for aside in document.asides if "amber" in aside.text}
    found |= {aside.kind for aside in document.asides if aside.kind == "embedded" and "embedded" in expected.split()}
    found |= {fault.code for fault in document.faults}
    if "amber" in document.text:
        found.add("live")
    assert set(expected.split()) == found
    assert document.text.count("amber") == ("live" in found)


@pytest.mark.parametrize("made", [m[1] for m in MATRIX], ids=[m[0] for m in MATRIX])
def test_every_live_word_stands_in_exactly_one_block(made: Made) -> None:
    document = made.read()
    end = 0
    for block in document.blocks:
        assert not document.text[end : block.span.start].strip()
        end = block.span.end
    assert not document.text[end:].strip()
    assert document.text.endswith("\n")


def text(body: str, **parts: str) -> str:
    return Made(body, parts).read().text


INLINE = [
    ("a tab", r("a") + "<w:r><w:tab/></w:r>" + r("b"), "a\tb\n"),
    ("an aligned tab", r("a") + "<w:r><w:ptab/></w:r>" + r("b"), "a\tb\n"),
    ("a line break", r("a") + "<w:r><w:br/></w:r>" + r("b"), "a\nb\n"),
    ("a page break", r("a") + '<w:r><w:br w:type="page"/></w:r>' + r("b"), "a\nb\n"),
    ("a carriage return", r("a") + "<w:r><w:cr/></w:r>" + r("b"), "a\nb\n"),
    ("a non-breaking hyphen", r("a") + "<w:r><w:noBreakHyphen/></w:r>" + r("b"), "a\u2011b\n"),
    ("a soft hyphen", r("a") + "<w:r><w:softHyphen/></w:r>" + r("b"), "a\u00adb\n"),
    ("a line end in the XML is a blank", "<w:r><w:t>a\nb</w:t></w:r>", "a b\n"),
    ("outer blanks are cut unless they are to be kept", "<w:r><w:t> a </w:t></w:r>" + r(" b"), "a b\n"),
    ("a ticked box", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑\n"),
    ("an empty box", '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', "☐\n"),
    ("a tick", '<w:r><w:sym w:font="Wingdings 2" w:char="0050"/></w:r>', "✓\n"),
    ("a Greek letter", '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "α\n"),
    ("a sign typed in a font of signs", r("\uf0fc", '<w:rFonts w:ascii="Wingdings"/>'), "✓\n"),
    ("a box of a form, ticked", complex_field("FORMCHECKBOX", begin="<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"), "☒\n"),
    ("a box of a form, empty", complex_field("FORMCHECKBOX", begin='<w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData>'), "☐\n"),
    ("a box of a control", control(r("☒"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'), "☒\n"),
    ("a fraction", "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>", "1/2\n"),
    ("a power", "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>", "x^2\n"),
    ("an empty power", "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup/></m:sSup></m:oMath>", "x\n"),
    ("brackets", "<m:oMath><m:d><m:e><m:r><m:t>x</m:t></m:r></m:e></m:d></m:oMath>", "(x)\n"),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "expected"), [i[1:] for i in INLINE], ids=[i[0] for i in INLINE])
def test_signs_inside_a_paragraph(inside: str, expected: str) -> None:
    assert expected == text(p(inside))


DELETED_MARK = "<w:rPr><w:del w:author='Ann'/></w:rPr>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("a ", DELETED_MARK) + p("b") + p("c"), "a b\nc\n"),
        (p("a ", "<w:rPr><w:moveFrom/></w:rPr>") + p("b"), "a b\n"),
        (p("a ", "<w:rPr><w:vanish/></w:rPr>") + p("b"), "a b\n"),
        (p("a") + p(f"<w:del>{r('x')}</w:del>", DELETED_MARK) + p("b"), "a\nb\n"),
        (p("a ", DELETED_MARK) + table(row(cell("b"))), "a \nb\n"),
        (p("a ", DELETED_MARK), "a \n"),
    ],
)
def test_a_paragraph_whose_end_is_not_shown_runs_on_into_the_next(body: str, expected: str) -> None:
    assert expected == text(body)


def test_an_insertion_over_several_runs_is_one_mark() -> None:
    document = Made(p(r("a ") + f"<w:ins>{r('b')}{r(' c')}</w:ins>" + r(" d"))).read()
    assert [mark.span.within(document.text) for mark in document.marks] == ["b c"]


def test_a_comment_inside_a_field_leaves_the_field_open() -> None:
    result = r("one ") + '<w:r><w:commentReference w:id="0"/></w:r>' + r("two")
    comment = {"comments": f'<w:comment w:id="0">{p("amber")}</w:comment>'}
    document = Made(p(complex_field("REF x", result) + r(" three")), comment).read()
    assert [mark.span.within(document.text) for mark in document.marks] == ["one two"]
    assert [(aside.kind, aside.at) for aside in document.asides if aside.kind == "comment"] == [("comment", 4)]


def test_two_notes_of_one_number_are_refused() -> None:
    with pytest.raises(ReadError) as refused:
        Made(p("x"), {"footnotes": f'<w:footnote w:id="2">{p("a")}</w:footnote>' * 2}).read()
    assert str(refused.value) == "footnotes.xml: two notes have the same number [part-wrong]"


def test_joined_paragraphs_are_one_block_with_the_properties_of_the_last() -> None:
    document = Made(p("a ", DELETED_MARK) + p("b", '<w:outlineLvl w:val="1"/>')).read()
    assert [(b.kind, b.level, b.span.within(document.text)) for b in document.blocks] == [("heading", 2, "a b")]


def test_boxes_and_footnotes_stand_after_their_paragraph_and_endnotes_after_the_body() -> None:
    made = Made(
        p(r("one") + drawing(box("box")) + '<w:r><w:footnoteReference w:id="2"/><w:endnoteReference w:id="2"/></w:r>' + r(" two"))
        + p("three")
        + '<w:sectPr><w:headerReference r:id="header1"/><w:footerReference r:id="footer1"/></w:sectPr>',
        {
            "footnotes": f'<w:footnote w:id="2">{p("foot")}</w:footnote>',
            "endnotes": f'<w:endnote w:id="2">{p("end")}</w:endnote>',
            "header1": p("top"),
            "footer1": p("bottom"),
        },
    )  # fmt: skip
    document = made.read()
    assert document.text == "top\none two\nbox\nfoot\nthree\nend\nbottom\n"
    kinds = ["furniture", "paragraph", "note", "note", "paragraph", "note", "furniture"]
    assert kinds == [block.kind for block in document.blocks]


def test_each_section_has_its_headers_before_it_and_its_footers_after_it_once() -> None:
    first = '<w:sectPr><w:headerReference r:id="header1"/><w:footerReference r:id="footer1"/></w:sectPr>'
    last = '<w:sectPr><w:headerReference r:id="header2"/></w:sectPr>'
    parts = {"header1": p("top1"), "header2": p("top2"), "footer1": p("bottom")}
    assert text(p("one", first) + p("two") + last, **parts) == "top1\none\nbottom\ntop2\ntwo\n"


def test_merged_cells_stand_once_at_their_first_place_with_what_they_cover() -> None:
    body = table(
        row(cell("wide", '<w:gridSpan w:val="2"/>'), cell("c"), about="<w:tblHeader/>"),
        row(cell("high", '<w:vMerge w:val="restart"/>'), cell("e"), cell("f")),
        row(cell(p(""), "<w:vMerge/>"), cell("h"), cell(p("i") + p("j"))),
    )
    document = Made(body).read()
    found = [
        (b.span.within(document.text), (c.row, c.column, c.rows, c.columns, c.header))
        for b in document.blocks
        if (c := b.cell)
    ]
    assert found == [
        ("wide", (0, 0, 1, 2, True)),
        ("c", (0, 2, 1, 1, True)),
        ("high", (1, 0, 2, 1, False)),
        ("e", (1, 1, 1, 1, False)),
        ("f", (1, 2, 1, 1, False)),
        ("h", (2, 1, 1, 1, False)),
        ("i", (2, 2, 1, 1, False)),
        ("j", (2, 2, 1, 1, False)),
    ]


@pytest.mark.parametrize(
    ("body", "styles", "kind", "level", "emphasis"),
    [
        (p("a"), "", "paragraph", 0, False),
        (p(r("a", "<w:b/>") + r(" b", "<w:b/>")), "", "paragraph", 0, True),
        (p(r("a", "<w:b/>") + r(" b")), "", "paragraph", 0, False),
        (p(r("a", '<w:u w:val="single"/>')), "", "paragraph", 0, True),
        (p(r("a", '<w:u w:val="none"/>')), "", "paragraph", 0, False),
        (p(r("a", "<w:caps/>")), "", "paragraph", 0, True),
        (p("HARPER FAMILY"), "", "paragraph", 0, True),
        (p("a", '<w:outlineLvl w:val="2"/>'), "", "heading", 3, True),
        (p("a", '<w:outlineLvl w:val="9"/>'), "", "paragraph", 0, False),
        (p("a", '<w:pStyle w:val="K"/>'), '<w:style w:styleId="K"><w:name w:val="heading 2"/></w:style>', "heading", 2, True),
        (p("a", '<w:pStyle w:val="K"/>'), '<w:style w:styleId="K"><w:name w:val="Title"/></w:style>', "heading", 0, True),
        (
            p("a", '<w:pStyle w:val="K"/>'),
            '<w:style w:styleId="K"><w:basedOn w:val="L"/></w:style>'
            '<w:style w:styleId="L"><w:basedOn w:val="K"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>',
            "heading", 1, True,
        ),
    ],
)  # fmt: skip
def test_headings_by_style_and_by_hand(body: str, styles: str, kind: str, level: int, emphasis: bool) -> None:
    block = Made(body, {"styles": styles}).read().blocks[0]
    assert (kind, level, emphasis) == (block.kind, block.level, block.emphasis)


# --- numbers that Word computes -------------------------------------------


def level(depth: int, shown: str, how: str = "decimal", more: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{how}"/>{more}<w:lvlText w:val="{shown}"/></w:lvl>'


def lists(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>', more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{more}{nums}'


def item(depth: int = 0, num: int = 1) -> str:
    return p("x", f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>')


def labels(numbering: str, *items: str, styles: str = "") -> list[str]:
    blocks = Made("".join(items), {"numbering": numbering, "styles": styles}).read().blocks
    return [_label(block) for block in blocks]


def _label(block: Block) -> str:
    return "unknown" if "label-unknown" in block.faults else block.label


SECOND = (
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>{}</w:num>'
)
THREE = (level(0, "%1."), level(1, "%1.%2"), level(2, "%1.%2.%3"))

NUMBERED: list[tuple[str, str, list[str], list[str]]] = [
    ("words around the number", lists(level(0, "Family %1:")), [item(), item()], ["Family 1:", "Family 2:"]),
    ("a start value", lists(level(0, "%1", start=7)), [item(), item()], ["7", "8"]),
    ("roman", lists(level(0, "%1", "lowerRoman", start=3)), [item(), item()], ["iii", "iv"]),
    ("letters after z", lists(level(0, "(%1)", "lowerLetter", start=26)), [item(), item()], ["(z)", "(aa)"]),
    ("ordinals", lists(level(0, "%1", "ordinal")), [item()] * 4, ["1st", "2nd", "3rd", "4th"]),
    ("numbers in words", lists(level(0, "%1", "cardinalText", start=20)), [item(), item()], ["Twenty", "Twenty-one"]),
    ("ordinals in words", lists(level(0, "%1", "ordinalText", start=20)), [item(), item()], ["Twentieth", "Twenty-first"]),
    ("a leading zero", lists(level(0, "%1", "decimalZero", start=9)), [item(), item()], ["09", "10"]),
    ("bullets have no label", lists(level(0, "•", "bullet")), [item()], [""]),
    ("a format that is not known", lists(level(0, "%1", "thaiCounting")), [item()], ["unknown"]),
    ("levels", lists(*THREE), [item(), item(1), item(1), item(2), item(), item(1)], ["1.", "1.1", "1.2", "1.2.1", "2.", "2.1"]),
    ("a level that never restarts", lists(level(0, "%1"), level(1, "%2", more='<w:lvlRestart w:val="0"/>')), [item(), item(1), item(), item(1)], ["1", "1", "2", "2"]),
    ("a level that restarts after the outermost only", lists(*THREE[:2], level(2, "%3", more='<w:lvlRestart w:val="1"/>')), [item(), item(1), item(2), item(1), item(2), item(), item(2)], ["1.", "1.1", "1", "1.2", "2", "2.", "1"]),
    ("legal numbers", lists(level(0, "%1", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")), [item(), item(1)], ["I", "1.1"]),
    ("lists of one definition count on", lists(level(0, "%1"), nums=SECOND.format("")), [item(), item(num=2), item()], ["1", "2", "3"]),
    ("a restart", lists(level(0, "%1"), nums=SECOND.format('<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')), [item(), item(num=2), item(num=2)], ["1", "5", "6"]),
    ("a changed level", lists(level(0, "%1"), nums=SECOND.format(f'<w:lvlOverride w:ilvl="0">{level(0, "No %1")}</w:lvlOverride>')), [item(), item(num=2)], ["1", "No 2"]),
    ("no list at all", lists(level(0, "%1")), [item(num=0)], [""]),
    ("a list that is not defined", lists(level(0, "%1")), [item(num=9)], ["unknown"]),
    ("a level that is not defined", lists(level(0, "%1")), [item(5)], ["unknown"]),
    ("a start value that programs understand differently", lists(*THREE, nums=SECOND.format('<w:lvlOverride w:ilvl="1"><w:startOverride w:val="4"/></w:lvlOverride>')), [item(), item(1, 2), item(), item(1, 2)], ["1.", "1.4", "2.", "unknown"]),
    ("a hidden number", lists(level(0, "%1", more="<w:rPr><w:vanish/></w:rPr>")), [item()], [""]),
]  # fmt: skip


@pytest.mark.parametrize(("numbering", "items", "expected"), [n[1:] for n in NUMBERED], ids=[n[0] for n in NUMBERED])
def test_labels_are_computed_or_unknown(numbering: str, items: list[str], expected: list[str]) -> None:
    assert expected == labels(numbering, *items)


def test_a_list_that_goes_on_into_a_box_is_unknown_from_there() -> None:
    in_box = p(drawing(f"<wps:wsp><wps:txbx><w:txbxContent>{item()}</w:txbxContent></wps:txbx></wps:wsp>"))
    assert labels(lists(level(0, "%1")), item(), in_box, item()) == ["1", "unknown", "unknown"]


def test_a_heading_and_text_on_one_line_keep_the_number_of_the_heading() -> None:
    numbers = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = p("Harper family. ", f'{numbers}<w:outlineLvl w:val="0"/><w:rPr><w:vanish/><w:specVanish/></w:rPr>') + p(
        "Seen."
    )
    document = Made(body, {"numbering": lists(level(0, "%1"))}).read()
    assert [(block.kind, block.label, block.span.within(document.text)) for block in document.blocks] == [
        ("heading", "1", "Harper family. Seen.")
    ]


def test_labels_by_paragraph_style_with_the_level_that_the_style_is_tied_to() -> None:
    styles = (
        '<w:style w:styleId="One"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Two"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Three"><w:basedOn w:val="Two"/></w:style>'
    )
    numbering = lists(level(0, "%1", more='<w:pStyle w:val="One"/>'), level(1, "%1.%2", more='<w:pStyle w:val="Two"/>'))
    body = [p("x", f'<w:pStyle w:val="{name}"/>') for name in ("One", "Two", "Three", "One")]
    assert labels(numbering, *body, styles=styles) == ["1", "1.1", "1.2", "2"]


def test_labels_through_a_numbering_style() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="N"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    linked = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="N"/></w:abstractNum>'
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
    )
    assert labels(lists(level(0, "A%1"), nums=nums, more=linked), item(num=2), styles=styles) == ["A1"]


def test_deleted_and_hidden_items_are_not_counted() -> None:
    numbers = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = p(f"<w:del>{r('x')}</w:del>", f"{numbers}{DELETED_MARK}")
    hidden = p(r("x", "<w:vanish/>"), f"{numbers}<w:rPr><w:vanish/></w:rPr>")
    assert labels(lists(level(0, "%1")), item(), gone, item(), hidden, item()) == ["1", "2", "3"]


# --- bound controls -------------------------------------------------------


def bound(value: str, shown: str) -> Document:
    body = p(control(r(shown), '<w:dataBinding w:xpath="/minutes[1]/chair[1]" w:storeItemID="{AA}"/><w:text/>'))
    properties = '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{aa}"/>'

    def change(files: dict[str, str]) -> None:
        files["customXml/item1.xml"] = f"<minutes><chair>{value}</chair></minutes>"
        files["customXml/props1.xml"] = properties
        files["customXml/_rels/item1.xml.rels"] = _relationships({"rId1": ("customXmlProps", "props1.xml")})
        files["word/_rels/document.xml.rels"] = _relationships({"rId1": ("customXml", "../customXml/item1.xml")})

    return read(Made(body).bytes(change))


def test_a_control_that_shows_its_bound_value_is_live() -> None:
    document = bound("Ann Lee", "Ann  Lee")
    assert (document.marks, document.faults) == ((), ())


def test_a_control_that_shows_something_else_than_its_bound_value_is_unread() -> None:
    document = bound("Ann Lee", "Bea Moss")
    assert [mark.kind for mark in document.marks] == ["unread"]
    assert [fault.code for fault in document.faults] == ["bound-value"]
    assert document.blocks[0].faults == ("bound-value",)


# --- packages -------------------------------------------------------------


@pytest.mark.parametrize("kind", ["document.main", "template.main"])
def test_documents_and_templates_are_read(kind: str) -> None:
    assert Made(p("a"), main=MAIN.replace("document.main", kind)).read().text == "a\n"


def test_documents_with_macros_are_read() -> None:
    assert Made(p("a"), main="application/vnd.ms-word.document.macroEnabled.main+xml").read().text == "a\n"


def test_strict_namespaces_are_read() -> None:
    def change(files: dict[str, str]) -> None:
        for name, content in files.items():
            content = content.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
            files[name] = content.replace(R, "http://purl.oclc.org/ooxml/officeDocument/relationships")

    assert read(Made(p("a")).bytes(change)).text == "a\n"


def test_the_main_part_is_found_by_relationship_and_not_by_name() -> None:
    def change(files: dict[str, str]) -> None:
        files["minutes/of.xml"] = files.pop("word/document.xml")
        files["word/document.xml"] = files["minutes/of.xml"].replace("real", "decoy")
        files["_rels/.rels"] = _relationships({"rId1": ("officeDocument", "/minutes/of.xml")})

    document = read(Made(p("real")).bytes(change))
    assert document.text == "real\n"
    assert [fault.code for fault in document.faults] == ["part-unreached"]


def test_a_part_that_the_text_needs_and_that_is_missing_is_refused() -> None:
    for name in ("styles", "numbering", "footnotes", "header1"):
        made = Made(p("x") + HEADER_SECTION.format("") if name == "header1" else p("x"), {name: ""})
        with pytest.raises(ReadError) as refused:
            read(made.bytes(lambda files, name=name: files.pop(f"word/{name}.xml") and None))  # type: ignore[misc]  # its value is not looked at
        assert ("part-missing", f"{name}.xml") == (refused.value.code, refused.value.where)


# --- damage ---------------------------------------------------------------

RICH = Made(
    p("Minutes of a strategy discussion", '<w:pStyle w:val="H"/>')
    + "".join(p(f"Sentence number {n} of the minutes.") + item() for n in range(12))
    + p(r("secret", '<w:rStyle w:val="Shy"/>') + r("open") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    + p(r("said ") + f'<w:del w:author="Ann">{r("gone")}</w:del><w:ins w:author="Ann">{r("new")}</w:ins>')
    + table(row(cell("left"), cell("right")))
    + p(drawing(box("boxed")))
    + '<w:sectPr><w:headerReference r:id="header1"/><w:footerReference r:id="footer1"/></w:sectPr>',
    {
        "styles": HIDDEN_STYLE["styles"] + '<w:style w:styleId="H"><w:name w:val="heading 1"/></w:style>',
        "numbering": lists(level(0, "Family %1:")),
        "footnotes": f'<w:footnote w:id="2">{p("noted")}</w:footnote>',
        "header1": p("OFFICIAL SENSITIVE"),
        "footer1": p("Page one"),
    },
)


def _flip_bits(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _blank(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + bytes(min(40, len(data) - start)) + data[start + 40 :]


def _take_out(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 400) :]


def _with_parts(change: Callable[[dict[str, str], random.Random], None]) -> Callable[[bytes, random.Random], bytes]:
    def changed(data: bytes, chance: random.Random) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {name: archive.read(name).decode() for name in archive.namelist()}
        change(files, chance)
        return zipped(files)

    return changed


def _lose_part(files: dict[str, str], chance: random.Random) -> None:
    del files[chance.choice(sorted(files))]


def _empty_part(files: dict[str, str], chance: random.Random) -> None:
    files[chance.choice(sorted(files))] = ""


def _swap_parts(files: dict[str, str], chance: random.Random) -> None:
    one, other = chance.sample(sorted(files), 2)
    files[one], files[other] = files[other], files[one]


def _break_arrow(files: dict[str, str], chance: random.Random) -> None:
    arrows = files["word/_rels/document.xml.rels"]
    name = chance.choice(["styles", "numbering", "footnotes", "header1", "footer1"])
    files["word/_rels/document.xml.rels"] = arrows.replace(f'Target="{name}', f'Target="gone-{name}')


def _lose_end(files: dict[str, str], chance: random.Random) -> None:
    name = chance.choice([n for n in sorted(files) if n.startswith("word/") and not n.endswith(".rels")])
    cut = files[name].rfind(">", 0, chance.randrange(20, len(files[name]))) + 1
    files[name] = files[name][:cut]


DAMAGE = [
    _flip_bits,
    _cut,
    _blank,
    _take_out,
    *map(_with_parts, [_lose_part, _empty_part, _swap_parts, _break_arrow, _lose_end]),
]


@pytest.mark.parametrize("damage", DAMAGE, ids=range(len(DAMAGE)))
def test_a_damaged_document_is_never_a_shorter_document_in_silence(
    damage: Callable[[bytes, random.Random], bytes],
) -> None:
    data = RICH.bytes()
    whole = read(data)
    refused = 0
    for seed in range(120):
        try:
            document = read(damage(data, random.Random(seed)))
        except ReadError as error:
            refused += 1
            assert error.__context__ is None
            continue
        same = (document.text, [b.label for b in document.blocks]) == (whole.text, [b.label for b in whole.blocks])
        moved = _words(document) == _words(whole)
        assert same or moved or len(document.faults) > len(whole.faults)
    assert refused >= 20


def _words(document: Document) -> list[str]:
    """Every live word and label, in whatever order: a header may have become the footer."""
    return sorted([*document.text.split(), *(block.label for block in document.blocks)])


@pytest.mark.parametrize("which", [0, 3, -1])
def test_an_entry_that_is_not_in_the_list_of_the_archive_is_refused(which: int) -> None:
    data = RICH.bytes()
    end = data.rfind(b"PK\5\6")
    starts = [place for place in range(end) if data.startswith(b"PK\1\2", place)] + [end]
    gone = range(len(starts) - 1)[which]
    listed = b"".join(data[starts[n] : starts[n + 1]] for n in range(len(starts) - 1) if n != gone)
    tail = bytearray(data[end:])
    tail[8:10] = tail[10:12] = (len(starts) - 2).to_bytes(2, "little")
    tail[12:16] = len(listed).to_bytes(4, "little")
    with pytest.raises(ReadError) as refused:
        read(data[: starts[0]] + listed + bytes(tail))
    assert refused.value.code == "zip-hidden-entry"


def test_other_programs_documents_are_read() -> None:
    docx = pytest.importorskip("docx", reason="docx is not installed (extra `test`)")
    made = docx.Document()
    made.add_heading("Harper family", 1)
    made.add_paragraph("Seen at school.", style="List Number")
    cells = made.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "left", "right"
    file = io.BytesIO()
    made.save(file)
    document = read(file.getvalue())
    assert document.text == "Harper family\nSeen at school.\nleft\nright\n"
    assert [(b.kind, b.label) for b in document.blocks] == [("heading", ""), ("item", "1."), ("cell", ""), ("cell", "")]


def test_the_repr_of_a_document_shows_no_word_of_it() -> None:
    assert repr(Made(p("abc")).read()) == "<Document docx: 4 characters, 1 blocks, 0 asides, 0 faults>"
