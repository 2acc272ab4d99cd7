"""Chromium driven through its own pipe: real keys, real downloads, and a list of all that a page asks for."""

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

CHROMIUM = shutil.which("chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars", "--remote-debugging-pipe"),
)
# Name of a key as a person says it -> key, code, Windows code, text.
KEYS = {
    **{name: (name, name, code, "") for name, code in {"Escape": 27, "Delete": 46, "Home": 36, "End": 35}.items()},
    **{
        f"Arrow{side}": (f"Arrow{side}", f"Arrow{side}", 37 + i, "")
        for i, side in enumerate(("Left", "Up", "Right", "Down"))
    },
    "PageDown": ("PageDown", "PageDown", 34, ""),
    "PageUp": ("PageUp", "PageUp", 33, ""),
    "Enter": ("Enter", "Enter", 13, "\r"),
    "Tab": ("Tab", "Tab", 9, ""),
}
MODIFIERS = {"Alt": 1, "Control": 2, "Shift": 8}


class Browser:
    """One headless Chromium with one page."""

    def __init__(self, width=1440, height=900, scheme="light", touch=False):
        self.folder = Path(tempfile.mkdtemp(prefix="chromium-"))
        self.downloads = self.folder / "downloads"
        self.downloads.mkdir()
        self.events, self.number = [], 0
        theirs, self.out = os.pipe()
        self.back, ours = os.pipe()
        # Chromium reads its third file and writes its fourth: copies above these, then moved there.
        high = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (theirs, ours)]
        for end in (theirs, ours):
            os.close(end)
        command = [
            CHROMIUM,
            *FLAGS,
            f"--user-data-dir={self.folder / 'profile'}",
            f"--window-size={width},{height}",
            "about:blank",
        ]
        shell = f'exec "$@" 3<&{high[0]} 4>&{high[1]} {high[0]}<&- {high[1]}>&-'
        self.process = subprocess.Popen(
            ["bash", "-c", shell, "chromium", *command],
            pass_fds=high,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in high:
            os.close(end)
        self.rest, self.session = b"", None
        target = next(t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "DOM"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=touch)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        if touch:
            self.call("Emulation.setTouchEmulationEnabled", enabled=True)
        self.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)
        for end in (self.out, self.back):
            os.close(end)
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, **params):
        """Ask the browser for something and return its answer; what it tells meanwhile is kept in `events`."""
        self.number += 1
        own = self.number
        message = {"id": own, "method": method, "params": params}
        if self.session and not method.startswith(("Target.", "Browser.")):
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            told = self._read()
            if told.get("id") == own:
                assert "error" not in told, told
                return told["result"]
            self.events.append(told)
            if told.get("method") == "Page.javascriptDialogOpening":
                self.number += 1
                answer = {"id": self.number, "method": "Page.handleJavaScriptDialog", "params": {"accept": True}}
                os.write(self.out, json.dumps({**answer, "sessionId": self.session}).encode() + b"\0")

    def _read(self):
        while b"\0" not in self.rest:
            chunk = os.read(self.back, 1 << 16)
            assert chunk, "Chromium has stopped"
            self.rest += chunk
        first, _, self.rest = self.rest.partition(b"\0")
        return json.loads(first)

    def open(self, address):
        """Open a page and wait until it is loaded."""
        self.call("Page.navigate", url=str(address))
        self.until("document.readyState === 'complete'")

    def run(self, script):
        """Return the value of a JavaScript expression."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def until(self, script, seconds=20):
        """Wait until a JavaScript expression is true; return its value."""
        end = time.monotonic() + seconds
        while not (value := self.run(script)):
            assert time.monotonic() < end, f"never: {script}"
            time.sleep(0.02)
        return value

    def key(self, *names):
        """Press keys one after the other: « Shift+ArrowRight », « Control+z », « p »."""
        for name in names:
            *held, key = name.split("+") if len(name) > 1 else [name]
            modifiers = sum(MODIFIERS[one] for one in held)
            named = key, f"Key{key.upper()}" if key.isalpha() else f"Digit{key}", ord(key.upper()[0]), key
            value, code, number, text = KEYS.get(key, named)
            if {"Alt", "Control"} & set(held):
                text = ""
            own = {"key": value, "code": code, "windowsVirtualKeyCode": number, "modifiers": modifiers}
            self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **own)
            self.call("Input.dispatchKeyEvent", type="keyUp", **own)

    def write(self, text):
        """Type a text."""
        self.call("Input.insertText", text=text)

    def click(self, selector):
        """Click in the middle of an element."""
        x, y = self.run(
            f"""(() => {{ const element = document.querySelector({json.dumps(selector)});
            element.scrollIntoView({{block: "nearest"}});
            const box = element.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]; }})()"""
        )
        self.drag((x, y), (x, y))

    def drag(self, start, end, modifiers=0):
        """Press the mouse at a point and release it at another."""
        own = {"button": "left", "clickCount": 1, "modifiers": modifiers}
        self.call("Input.dispatchMouseEvent", type="mousePressed", x=start[0], y=start[1], **own)
        if start != end:
            for x, y in ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), end:
                self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y, buttons=1, button="left")
        self.call("Input.dispatchMouseEvent", type="mouseReleased", x=end[0], y=end[1], **own)

    def choose(self, selector, *paths):
        """Give files to a file field."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", files=[str(path) for path in paths], nodeId=node)

    def downloaded(self, name, seconds=20):
        """Wait for a download and return its path."""
        path, end = self.downloads / name, time.monotonic() + seconds
        while not path.is_file():
            assert time.monotonic() < end, f"never downloaded: {name}"
            self.run("0")
            time.sleep(0.05)
        return path

    def picture(self, path):
        """Write what is seen as PNG."""
        Path(path).write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def asked(self):
        """Return the addresses of all that was asked for."""
        self.run("0")
        sent = [e["params"]["request"]["url"] for e in self.events if e.get("method") == "Network.requestWillBeSent"]
        return sent

    def faults(self):
        """Return the faults of scripts and the refusals of the browser."""
        self.run("0")
        return [e["params"] for e in self.events if e.get("method") == "Runtime.exceptionThrown"]
