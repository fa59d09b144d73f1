"""How quickly the map of a network opens and moves in a browser without a graphics card.

    python benchmarks/page.py NETWORK.gpkg [--runs 5]

Writes the page to a temporary folder, opens it from there in headless Chromium, and prints the medians. Needs
chromium and the dependency group `test` (playwright). Run it on a machine that does nothing else.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from gridgov import draw_map, read_network, write_map

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
WINDOW = {"width": 1440, "height": 900}

#: Milliseconds to draw everything that is seen, at once.
REDRAW = """() => {
  const start = performance.now();
  gridgov.page.sheets.forEach((sheet) => sheet.redrawNow());
  return performance.now() - start;
}"""

#: Frames shown in a second of dragging, and the longest wait between two of them in milliseconds.
PAN = """async () => {
  const frames = [];
  let going = true;
  const tick = (time) => {
    frames.push(time);
    if (going) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  gridgov.page.map.panBy([300, 150], { duration: 1, easeLinearity: 1 });
  await new Promise((done) => setTimeout(done, 1000));
  going = false;
  const waits = frames.slice(1).map((time, k) => time - frames[k]).sort((a, b) => a - b);
  const median = waits[Math.floor(waits.length / 2)];
  return { frames: frames.length, median, longest: waits[waits.length - 1] };
}"""


def main() -> None:
    """Make the page, open it several times, print the medians."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("network", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    network = read_network(arguments.network)
    with tempfile.TemporaryDirectory() as folder:
        before = time.process_time()
        page, *_ = write_map(draw_map(network), Path(folder) / "map.html")
        print(f"cells {len(network.cells):,}; page {page.stat().st_size / 1e6:.1f} MB", end="; ")
        print(f"made in {time.process_time() - before:.1f} CPU s")
        with sync_playwright() as started:
            browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
            runs = [measured(browser, page) for _ in range(arguments.runs)]
            browser.close()
    for name in runs[0]:
        print(f"{name}: {statistics.median(run[name] for run in runs):.0f}")


def measured(browser: Browser, path: Path) -> dict[str, Any]:
    """Milliseconds of one run, in a new window."""
    page = browser.new_page(viewport=WINDOW)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    start = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector("body.ready")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    opened = (time.perf_counter() - start) * 1000
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    whole = page.evaluate(REDRAW)
    page.evaluate("gridgov.page.map.setZoom(gridgov.page.map.getZoom() + 3, { animate: false })")
    near, panned = page.evaluate(REDRAW), page.evaluate(PAN)
    page.close()
    return {
        "opened and drawn, ms": opened,
        "of this the page's own CPU, ms": metrics["TaskDuration"] * 1000,
        "drawn again, all of it, ms": whole,
        "drawn again, eight times nearer, ms": near,
        "frames in a second of dragging": panned["frames"],
        "between two frames, median ms": panned["median"],
        "between two frames, longest ms": panned["longest"],
    }


if __name__ == "__main__":
    main()
