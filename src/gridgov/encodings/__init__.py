"""In which encoding text is stored: found by decoding all of it strictly, never guessed by frequency.

Chinese files without a declaration are UTF-8 or GB18030 (which holds GBK and GB2312). Text in GB18030 is
practically never valid UTF-8, so UTF-8 is tried first.

``names``      what people and files call encodings
``text``       CSV, GeoJSON and other text files
``shapefile``  the text in a .dbf, with what its .cpg and header say
``dbf``        the raw text in a .dbf
"""

from gridgov.encodings.shapefile import dbf_encoding
from gridgov.encodings.text import bytes_encoding, marked_encoding, text_encoding

__all__ = ["bytes_encoding", "dbf_encoding", "marked_encoding", "text_encoding"]
