#!/bin/sh
# Makes the three clips that the sandbox serves. Needs ffmpeg with libx264; run it only to change the clips.
#
# Each clip is a still gradient in H.264 of the length and size that the model would give. Its title (the `©nam` box in
# front of the pictures) is a run of 160 dots: the sandbox overwrites them with vendor and job, and because the length
# stays the same, no offset in the file moves.
set -eu
cd "$(dirname "$0")"
title=$(printf '%0160d' 0 | tr 0 .)

clip() { # name, size, seconds
    ffmpeg -loglevel error -y -f lavfi \
        -i "gradients=size=$2:rate=8:duration=$3:c0=0x1b2a49:c1=0xd9a441:x0=0:y0=0:x1=${2%x*}:y1=${2#*x}:speed=0.00001:seed=1" \
        -c:v libx264 -preset veryslow -crf 40 -g 80 -pix_fmt yuv420p -threads 1 -flags +bitexact -fflags +bitexact \
        -map_metadata -1 -metadata title="$title" -movflags +faststart "$1.mp4"
}

clip 768p-6s 1366x768 6
clip 768p-10s 1366x768 10
clip 1080p-6s 1920x1080 6
