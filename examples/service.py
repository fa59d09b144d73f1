"""A service that says in which cell a point lies and who acts there.

GRIDGOV_NETWORK=network.gpkg GRIDGOV_RULES=rules.csv uvicorn service:app
"""

import os
from typing import Any

from fastapi import FastAPI, HTTPException

from gridgov import GridgovError, Locator

locator = Locator.open(
    os.environ["GRIDGOV_NETWORK"], rules=os.environ.get("GRIDGOV_RULES"), points_crs="gcj02"
)
app = FastAPI(title="gridgov")


@app.get("/locate")
def locate(lon: float, lat: float, category: str | None = None) -> dict[str, Any]:
    """Where a point lies, and who acts there."""
    try:
        return locator.one(lon=lon, lat=lat, category=category).as_dict()
    except GridgovError as error:
        raise HTTPException(422, str(error)) from error
