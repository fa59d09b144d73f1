"""A network as paper: sheets that people sign, and what leaders want to see.

``sheets``    one sheet per street (or another rung), one per pair of departments
``changes``   which ground of a grid was another's before
``overview``  the ledger, conflicts, crosswalk, owners and balance as tables
``figures``   the same as pictures, where matplotlib is installed
``drawing``   small maps as SVG
``paper``     what fits on a page
``html``      all of it as one HTML text that needs no network
``book``      all of it as a workbook
"""

from gridgov.report.content import Report, Sheet
from gridgov.report.make import make_report
from gridgov.report.overview import Advice

__all__ = ["Advice", "Report", "Sheet", "make_report"]
