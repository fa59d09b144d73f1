"""Styles that QGIS finds in the file itself, so that a network opens coloured."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["style_table"]

#: Hues a golden angle apart: neighbours in the table, so mostly on the map too, differ.
CELL_COLOUR = "color_hsla(($id * 137) % 360, 45, 82, 210)"

QML = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="Symbology">
 <renderer-v2 type="singleSymbol">
  <symbols>
   <symbol type="fill" name="0" alpha="1">
    <layer class="SimpleFill" enabled="1">
     <Option type="Map">
      <Option name="color" type="QString" value="{fill}"/>
      <Option name="style" type="QString" value="{brush}"/>
      <Option name="outline_color" type="QString" value="{line}"/>
      <Option name="outline_style" type="QString" value="solid"/>
      <Option name="outline_width" type="QString" value="{width}"/>
      <Option name="outline_width_unit" type="QString" value="MM"/>
     </Option>
     {properties}
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
</qgis>
"""

BY_EXPRESSION = """<data_defined_properties>
      <Option type="Map">
       <Option name="properties" type="Map">
        <Option name="fillColor" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="{expression}"/>
         <Option name="type" type="int" value="3"/>
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection"/>
      </Option>
     </data_defined_properties>"""

HOLLOW = {"fill": "0,0,0,0", "brush": "no", "properties": ""}


def style_table(rungs: Sequence[str], *, written_at: str) -> "pd.DataFrame":
    """Answer the `layer_styles` table of a GeoPackage: one default style per layer.

    Cells are filled in soft colours, unified grids outlined in blue, conflicts in red, grids as drawn in
    orange, rungs in black, the coarsest boldest.
    """
    import pandas as pd

    coloured = BY_EXPRESSION.format(expression=CELL_COLOUR)
    styles = {
        "cells": {
            "fill": "230,230,230,210",
            "brush": "solid",
            "line": "120,120,120,255",
            "width": "0.15",
            "properties": coloured,
        },
        "grids": {**HOLLOW, "line": "30,90,180,255", "width": "0.4"},
        "drawn": {**HOLLOW, "line": "230,120,20,255", "width": "0.2"},
        "conflicts": {
            "fill": "214,39,40,90",
            "brush": "solid",
            "line": "214,39,40,255",
            "width": "0.5",
            "properties": "",
        },
    }
    for depth, rung in enumerate(rungs):
        styles[rung] = {**HOLLOW, "line": "20,20,20,255", "width": str(max(0.3, 1.0 - 0.3 * depth))}
    rows = [
        {
            "f_table_catalog": "",
            "f_table_schema": "",
            "f_table_name": layer,
            "f_geometry_column": "geom",
            "styleName": "gridgov",
            "styleQML": QML.format(**style),
            "styleSLD": "",
            "useAsDefault": True,
            "description": "gridgov",
            "owner": "",
            "ui": "",
            "update_time": written_at,
        }
        for layer, style in styles.items()
    ]
    return pd.DataFrame(rows)
