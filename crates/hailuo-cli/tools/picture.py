"""Draws the picture of the sandbox: hills, a setting sun and stars, as a PNG of 32 colors. Usage: picture.py FILE"""

import struct
import sys
import zlib

WIDTH, HEIGHT = 768, 432
SKY = [(24 + 7 * i, 20 + 4 * i, 66 + 3 * i) for i in range(20)]
PALETTE = SKY + [(255, 214, 120), (255, 240, 200), (52, 40, 78), (36, 28, 58), (22, 18, 40), (255, 255, 255)]
SUN, GLOW, FAR, MIDDLE, NEAR, STAR = range(20, 26)
STARS = {(97 * i * i + 13 * i) % WIDTH + WIDTH * ((61 * i * i + 7 * i) % (HEIGHT // 2)) for i in range(90)}


def hill(x, period, height, base):
    """A row of parabolas, so that no floating point decides a pixel."""
    at = x % period - period // 2
    return base - height + at * at * height * 4 // (period * period)


def pixel(x, y):
    if y > hill(x + 150, 420, 60, 400):
        return NEAR
    if y > hill(x, 300, 70, 350):
        return MIDDLE
    if y > hill(x + 90, 520, 90, 320):
        return FAR
    sun = (x - 500) ** 2 + (y - 235) ** 2
    if sun < 46 * 46:
        return GLOW if sun < 38 * 38 else SUN
    if x + WIDTH * y in STARS:
        return STAR
    return min(19, y * 20 // 300)


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


rows = b"".join(b"\0" + bytes(pixel(x, y) for x in range(WIDTH)) for y in range(HEIGHT))
with open(sys.argv[1], "wb") as file:
    file.write(b"\x89PNG\r\n\x1a\n")
    file.write(chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)))
    file.write(chunk(b"PLTE", bytes(part for color in PALETTE for part in color)))
    file.write(chunk(b"IDAT", zlib.compress(rows, 9)))
    file.write(chunk(b"IEND", b""))
