"""Arrays only: noded linework, faces, edge tables and their proofs."""
