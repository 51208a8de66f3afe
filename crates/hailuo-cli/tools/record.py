#!/usr/bin/env python3
"""Records a command in a real terminal as an animated SVG.

Usage: record.py OUT.svg COLUMNS ROWS COMMAND...

Runs the command in tmux, looks at the screen until it has ended, and writes what was seen. The last screen is also what
a viewer without animations shows. Needs python3 and tmux. The recording of the README:

    cargo build -p hailuo-cli
    PATH="$PWD/target/debug:$PATH" crates/hailuo-cli/tools/record.py docs/generate.svg 112 14 \\
        hailuo generate --sandbox --vendor all
"""

import html
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
import unicodedata

LOOK_EVERY = 0.12
HOLD_LAST = 6.0
CELL, LINE, SIZE, PAD, BAR = 8.4, 19, 14, 14, 30
COLORS = {30: "#484f58", 31: "#ff7b72", 32: "#7ee787", 33: "#f2cc60", 34: "#79c0ff", 35: "#d2a8ff", 36: "#76e3ea", 37: "#c9d1d9"}
PLAIN, DIM, GROUND = "#c9d1d9", "#8b949e", "#0d1117"
DONE = "recorded"


def tmux(*args):
    return subprocess.run(["tmux", "-L", "record", *args], check=True, capture_output=True, text=True).stdout


def screens(columns, rows, command):
    """The screens that were seen, each with the time since the start."""
    with tempfile.TemporaryDirectory() as folder:
        shown = "$ " + shlex.join(command)
        end = os.path.join(folder, DONE)
        script = f"printf '%s\\n' {shlex.quote(shown)}; {shlex.join(command)}; : > {shlex.quote(end)}; sleep 60"
        home = ["-e", f"HOME={folder}", "-e", "XDG_DATA_HOME=", "-e", "HAILUO_DATA_DIR=", "-c", folder]
        tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), *home, "sh", "-c", script)
        start, seen = time.monotonic(), []
        try:
            while True:
                is_over = os.path.exists(end)
                screen = tmux("capture-pane", "-e", "-p").rstrip("\n").split("\n")
                if screen != [""] and (not seen or seen[-1][1] != screen):
                    seen.append((time.monotonic() - start, screen))
                if is_over:
                    return seen, time.monotonic() - start
                time.sleep(LOOK_EVERY)
        finally:
            tmux("kill-server")


def runs(line):
    """Pieces of a line with one look each: (column, text, color, is bold)."""
    color, bold, dim, column = None, False, False, 0
    for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
        codes = re.fullmatch(r"\x1b\[([0-9;]*)m", piece)
        if not codes:
            width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in piece)
            if piece.strip():
                yield column, piece, color or (DIM if dim else PLAIN), bold, width
            column += width
            continue
        for code in (int(code or 0) for code in codes[1].split(";")):
            if code == 0:
                color, bold, dim = None, False, False
            elif code in (1, 2):
                bold, dim = bold or code == 1, dim or code == 2
            elif code == 22:
                bold = dim = False
            elif code == 39:
                color = None
            elif code in COLORS or code - 60 in COLORS:
                color = COLORS.get(code) or COLORS[code - 60]


def drawn(line):
    parts = []
    for column, text, color, bold, width in runs(line):
        weight = ' font-weight="bold"' if bold else ""
        parts.append(
            f'<text x="{PAD + column * CELL:.1f}" fill="{color}"{weight} textLength="{width * CELL:.1f}" '
            f'xml:space="preserve">{html.escape(text)}</text>'
        )
    return "".join(parts)


def main():
    out, columns, rows, command = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
    seen, length = screens(columns, rows, command)
    total = length + HOLD_LAST
    lines, frames, style = {}, [], []
    for at, (start, screen) in enumerate(seen):
        uses = []
        for row, line in enumerate(screen):
            text = drawn(line)
            if text:
                name = lines.setdefault(text, f"l{len(lines)}")
                uses.append(f'<use href="#{name}" y="{BAR + PAD + SIZE + row * LINE}"/>')
        frames.append(f'<g class="f" id="f{at}">{"".join(uses)}</g>')
        begin = 0.0 if at == 0 else start / total * 100
        end = seen[at + 1][0] / total * 100 if at + 1 < len(seen) else 100
        hidden = f"0%{{opacity:0}}" if begin > 0 else ""
        after = f"{end:.2f}%{{opacity:0}}" if end < 100 else ""
        style.append(f"@keyframes k{at}{{{hidden}{begin:.2f}%{{opacity:1}}{after}100%{{opacity:{int(end >= 100)}}}}}")
        style.append(f"#f{at}{{animation:k{at} {total:.2f}s step-end infinite}}")
    width = round(2 * PAD + columns * CELL)
    height = BAR + 2 * PAD + max(len(screen) for _, screen in seen) * LINE
    dots = "".join(f'<circle cx="{20 + 20 * at}" cy="17" r="6" fill="{c}"/>' for at, c in enumerate(("#ff5f56", "#ffbd2e", "#27c93f")))
    with open(out, "w", encoding="utf-8") as file:
        file.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="{SIZE}">\n'
            f"<title>{html.escape(shlex.join(command))}</title>\n"
            f"<style>.f{{opacity:0}}#f{len(seen) - 1}{{opacity:1}}\n" + "\n".join(style) + "\n"
            "@media (prefers-reduced-motion){.f{animation:none!important}}</style>\n"
            "<defs>\n" + "\n".join(f'<g id="{name}">{text}</g>' for text, name in lines.items()) + "\n</defs>\n"
            f'<rect width="{width}" height="{height}" rx="8" fill="{GROUND}"/>{dots}\n' + "\n".join(frames) + "\n</svg>\n"
        )
    print(f"{out}: {len(seen)} screens, {length:.1f} s")


if __name__ == "__main__":
    main()
