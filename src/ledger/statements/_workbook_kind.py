"""Whether bytes are a workbook's: asked of every document, so without what reads one."""

OLE = b"\xd0\xcf\x11\xe0"
"""What files of Office before 2007, and those with a password, begin with."""


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are those of a workbook, or of another document of Office or LibreOffice."""
    if data.startswith(OLE):
        return True
    return data.startswith(b"PK\x03\x04") and (
        b"[Content_Types].xml" in data or b"mimetypeapplication/vnd.oasis" in data
    )
