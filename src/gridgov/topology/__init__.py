"""Arrays only: noded linework, faces, edge tables and their proofs.

`arrange` cuts the plane along all borders of all layers; `edges` says who lies on each side of each
segment; `regions` joins faces and tells the thin ones; `absorb` gives the thin ones to a neighbour;
`refine` is the four of them in a row.
"""
