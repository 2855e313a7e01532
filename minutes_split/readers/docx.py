"""stub"""
from minutes_split.document import Document
from minutes_split.readers.caps import Caps
def is_package(data: bytes) -> bool:
    return data.startswith(b"PK\3\4") and b"[Content_Types].xml" in data
def read_docx(data: bytes, caps: Caps) -> Document:
    raise NotImplementedError
