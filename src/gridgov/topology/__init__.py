"""Arrays only: linework, faces, and the steps of a merge.

From polygons to faces: `segments` reads borders, `noding` cuts them where they meet (`buckets` and `boxes`
find which come near each other), `arcs` strings together what runs from one meeting to the next, `faces`
walks around what they enclose, `covers` tells who lies there, `mesh` keeps it and makes polygons (`rings`,
`cycles`, `outlines`); `arrange` is all of that in a row. `edges` and `misfits` prove coverages.

From layers to cells, in the order of `refine`: `offsets` finds a layer's tolerance, `coverage` cleans it
(`weld`), `bend` moves its `landmarks` onto those of the `borders` that count for more, `cut` cuts the cells
made so far into `pieces`, divides `strips` and lets `absorb` give what is thin (`regions`, `places`) to a
neighbour; `leftovers` of borders that are there no more are taken out; `overlay` lays each layer as drawn
over the cells. `merged` tells what has gone through all this before.

After that: `fill` and `hold` give ground to a grid because somebody said so. `nested`, `widths`,
`components`, `distinct` and `ragged` answer small questions of all of them.
"""
