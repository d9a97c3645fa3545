"""Opens pages of `flashlight trace` in a real browser: elements are found, clicks and keys work, nothing is fetched and
nothing shifts, in light and dark, at 1280 and 400 pixels. `make trace-test` runs it; `--screenshots FOLDER` keeps pictures.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
# A mask by index, a mask over data that comes as a file, and scores with two biases and a gate behind.
PROGRAMS = {
    "causal": ["tests/corpus/causal_bf16.mlir"],
    "document": ["tests/corpus/document_bf16.mlir", "--args", "tests/corpus/document_bf16.safetensors"],
    "evoformer": ["tests/corpus/evoformer_gated_bf16.mlir"],
}
VIEWS = ["passes", "program", "recognized", "kernels", "mask", "roofline"]
KEPT = {("causal", "passes"), ("causal", "kernels"), ("document", "mask"), ("evoformer", "recognized")}


def check(condition, what):
    if not condition:
        raise AssertionError(what)


def read(page, name):
    """What every view must show of a compilation that went well."""
    check(page.text_content("#status") == "compiled", "the status")
    for view in VIEWS:
        page.click(f"#tab-{view}")
        check(page.get_attribute(f"#tab-{view}", "aria-selected") == "true", f"{view} is chosen")
        width = page.evaluate("document.documentElement.scrollWidth")
        check(width <= page.viewport_size["width"], f"{view} is {width} wide")
        check("[object" not in page.inner_text("#view"), f"{view} shows an object")
        match view:
            case "recognized":
                check(page.locator(".graph .state").count() >= 3, "states are shown")
                check("holds" in page.inner_text("#view"), "the certificate holds")
            case "kernels":
                memory = page.locator("[data-picture=memory]").first
                check(memory.locator("span").count() >= 3, "areas of shared memory")
                inside = memory.evaluate(
                    "box => [...box.children].every(own => own.getBoundingClientRect().right <= box.getBoundingClientRect().right + 1)"
                )
                check(inside, "areas are inside of shared memory")
                check(page.locator("[data-picture=step] .strip").count() >= 3, "lanes of a step")
            case "mask" if name == "causal":
                kinds = page.locator("#view path[data-kind]").evaluate_all("all => all.map(own => own.dataset.kind)")
                check(kinds == ["never visited", "without a mask", "masked"], f"kinds of tiles: {kinds}")
            case "roofline":
                check(page.locator("[data-picture=roof] circle").count() == 1, "the bound is drawn")


def follow(page):
    """A line of the pass `raise` is followed to the program and to PTX."""
    page.click("#tab-passes")
    narrow = page.viewport_size["width"] < 760
    if narrow:
        page.select_option(".pick select", label="raise")
    else:
        page.fill(".list input", "raise")
        page.click(".list .item >> nth=0")
        page.fill(".list input", "")
    before = page.locator(".follow").bounding_box()
    page.locator(".cell", has_text="attention.fused").first.click()
    check(page.locator(".follow").bounding_box() == before, "nothing moves when a line is followed")
    stages = page.locator(".follow .where .st").all_inner_texts()
    check("program" in stages and any(stage.endswith(".ptx") for stage in stages), f"followed to {stages}")
    check(page.locator(".cell.hit").count() > 0, "lines of the same place are marked")
    page.locator(".follow .where", has_text=".ptx").first.click()
    check(page.locator(".about strong").inner_text().endswith(".ptx"), "a click leads to PTX")
    page.locator(".follow .where", has_text="program").first.click()
    check(page.get_attribute("#tab-program", "aria-selected") == "true", "a click leads to the program")


def keys(page):
    page.keyboard.press("1")
    chosen = page.locator(".about strong").inner_text()
    page.keyboard.press("k")
    page.keyboard.press("j")
    check(page.locator(".about strong").inner_text() == chosen, "j undoes k")
    page.keyboard.press("4")
    check(page.get_attribute("#tab-kernels", "aria-selected") == "true", "4 is the fourth view")
    theme = page.evaluate("document.documentElement.dataset.theme")
    page.keyboard.press("t")
    check(page.evaluate("document.documentElement.dataset.theme") != theme, "t turns the theme")
    page.keyboard.press("t")
    page.click("#theme")
    check(page.evaluate("document.documentElement.dataset.theme") != theme, "the button turns the theme")
    page.click("#theme")


def torn(browser, text, folder):
    """A page that is cut off anywhere opens, and says so."""
    middle = text.index('"part":"passed"')
    for place in [middle, (middle + len(text)) // 2, len(text) - 40]:
        path = folder / "torn.html"
        path.write_text(text[:place])
        with Opened(browser, path, "light", 1280) as page:
            check("stopped short" in page.text_content("#status"), f"cut at {place}")
            check(page.locator(".list .item").count() > 0, "the passes so far are listed")


class Opened:
    """A page in the browser, whose script must not fail and which must not fetch anything."""

    def __init__(self, browser, path, theme, width):
        self.page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
        self.faults = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: message.type == "error" and self.faults.append(message.text))
        self.page.on("request", lambda own: own.url.startswith(("file:", "blob:")) or self.faults.append(own.url))
        self.page.goto(path.as_uri())

    def __enter__(self):
        return self.page

    def __exit__(self, kind, *_):
        if kind is None:
            check(not self.faults, f"the page failed: {self.faults}")
        self.page.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--flashlight", default=str(ROOT / "target/debug/flashlight"))
    parser.add_argument("--chromium", default="/usr/bin/chromium-headless-shell")
    parser.add_argument("--screenshots", type=pathlib.Path)
    options = parser.parse_args()
    passed = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        folder = pathlib.Path(folder)
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        for name, arguments in PROGRAMS.items():
            path = folder / f"{name}.html"
            subprocess.run([options.flashlight, "trace", *arguments, "-o", path], cwd=ROOT, check=True)
            for theme in ["light", "dark"]:
                for width in [1280, 400]:
                    with Opened(browser, path, theme, width) as page:
                        check(page.evaluate("document.documentElement.dataset.theme") == theme, "the preferred theme")
                        read(page, name)
                        follow(page)
                        keys(page)
                        for view in VIEWS:
                            if options.screenshots and (name, view) in KEPT:
                                page.evaluate("trace.passes.choose(trace.model.steps.findIndex(step => step.name == 'raise'))")
                                page.click(f"#tab-{view}")
                                page.screenshot(path=options.screenshots / f"{name}-{view}-{theme}-{width}.png")
                    passed += 1
        torn(browser, (folder / "causal.html").read_text(), folder)
        passed += 1
        browser.close()
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    sys.exit(main())
