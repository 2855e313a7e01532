"""What is done with each element of a Word document. What is not named here and holds text is reported."""

from __future__ import annotations

from minutes_split.readers import alternatives, controls, drawings, equations, field_marks, notes, runs, tables
from minutes_split.readers.story import Elements, Handler, Story

# Layers in which only named elements hold words; the rest are places, colours and sizes.
QUIET = frozenset(
    {"wp", "wp14", "wp15", "pic", "wps", "wpg", "wpc", "wpi", "a", "a14", "v", "o", "w10", "x", "pvml", "c", "dgm"}
)

SKIPPED = frozenset({
    "w:pPr", "w:rPr", "w:tblPr", "w:tblGrid", "w:tblPrEx", "w:trPr", "w:tcPr", "w:sectPr", "w:sdtPr", "w:sdtEndPr",
    "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:lastRenderedPageBreak", "w:permStart", "w:permEnd",
    "w:commentRangeStart", "w:commentRangeEnd", "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart",
    "w:moveToRangeEnd", "w:footnoteRef", "w:endnoteRef", "w:annotationRef", "w:separator", "w:continuationSeparator",
    "w:smartTagPr", "w:customXmlPr", "w:fldData", "w:rubyPr", "m:ctrlPr", "w:pgNum",
})  # fmt: skip

HANDLERS: dict[str, Handler] = {
    "w:p": Story.paragraph,
    "w:r": runs.run,
    "m:r": runs.run,
    "w:t": runs.text,
    "m:t": runs.text,
    "w:delText": runs.deleted_text,
    "w:delInstrText": runs.deleted_text,
    "w:instrText": field_marks.instruction,
    "w:sym": runs.symbol,
    "w:tab": runs.tab,
    "w:ptab": runs.tab,
    "w:br": runs.line_break,
    "w:cr": runs.line_break,
    "w:noBreakHyphen": runs.no_break_hyphen,
    "w:softHyphen": runs.soft_hyphen,
    "w:hyperlink": runs.hyperlink,
    "w:ruby": runs.ruby,
    "w:ins": runs.changed,
    "w:del": runs.changed,
    "w:moveFrom": runs.changed,
    "w:moveTo": runs.changed,
    "w:sdt": controls.control,
    "w:fldSimple": field_marks.simple_field,
    "w:fldChar": field_marks.field_mark,
    "w:tbl": tables.table,
    "w:tr": tables.row,
    "w:tc": tables.cell,
    "w:footnoteReference": notes.note_reference,
    "w:endnoteReference": notes.note_reference,
    "w:commentReference": notes.comment_reference,
    "w:drawing": drawings.drawing,
    "w:txbxContent": drawings.box,
    "a:p": drawings.drawing_text,
    "wp:docPr": drawings.about_drawing,
    "pic:cNvPr": drawings.about_drawing,
    "v:textpath": drawings.word_art,
    "v:imagedata": drawings.picture,
    "pic:pic": drawings.picture,
    "c:chart": drawings.chart,
    "cx:chart": drawings.chart,
    "dgm:relIds": drawings.diagram,
    "o:OLEObject": drawings.embedded,
    "w:control": drawings.embedded,
    "w:contentPart": drawings.embedded,
    "w:altChunk": drawings.other_document,
    "w:subDoc": drawings.other_document,
    "mc:AlternateContent": alternatives.alternatives,
    "m:d": equations.math_brackets,
    "m:nary": equations.math_sum,
    **dict.fromkeys(equations.SIGNS, equations.math_part),
    **dict.fromkeys(
        ("v:shape", "v:rect", "v:roundrect", "v:oval", "v:line", "v:polyline", "v:group", "v:arc", "v:curve", "v:image"),
        drawings.shape,
    ),
    **dict.fromkeys(
        (
            "wp:inline", "wp:anchor", "a:graphic", "a:graphicData", "pic:nvPicPr", "wps:wsp", "wps:txbx", "wpg:wgp", "wpg:grpSp",
            "wpc:wpc", "wpg:graphicFrame", "wpc:graphicFrame", "lc:lockedCanvas", "a:sp", "a:grpSp", "a:txSp", "a:txBody",
            "a:pic", "a:graphicFrame", "w:pict", "w:object", "v:textbox", "v:background", "v:shapetype", "wpg:sp", "v:fill",
            "o:shapedefaults", "v:stroke",
        ),
        runs.drawing_layer,
    ),
    **dict.fromkeys(
        (
            "w:smartTag", "w:customXml", "w:bdo", "w:dir", "w:rt", "w:rubyBase", "w:sdtContent", "m:oMath", "m:oMathPara", "m:f",
            "m:num", "m:e", "m:sSup", "m:sSub", "m:sSubSup", "m:sPre", "m:func", "m:fName", "m:acc", "m:bar", "m:box",
            "m:borderBox", "m:eqArr", "m:groupChr", "m:limLow", "m:limUpp", "m:m", "m:phant", "m:deg",
        ),
        runs.inside,
    ),
}  # fmt: skip

ELEMENTS = Elements(HANDLERS, SKIPPED, QUIET)
