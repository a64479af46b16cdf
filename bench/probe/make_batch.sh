#!/bin/sh
# make_batch.sh FOLDER [MEGABYTES]: a batch of clips as cameras write them, 1 GB unless told, made from one encoded minute.
set -eu
folder=$1
megabytes=${2:-1000}
mkdir -p "$folder"
seed="$folder/seed.mp4"
seconds=20
rate=8 # Mbit/s of picture and sound together, so 1 MB a second
[ -f "$seed" ] || ffmpeg -v error -y \
  -f lavfi -i "testsrc2=size=1280x720:rate=25,noise=alls=20:allf=t" -f lavfi -i "sine=440:sample_rate=48000" \
  -t $seconds -c:v libx264 -preset ultrafast -b:v 7900k -minrate 7900k -maxrate 7900k -bufsize 2M -x264-params nal-hrd=cbr -g 50 \
  -c:a aac -b:a 96k "$seed"
size=$(stat -c %s "$seed")
# Eighths of the batch: mp4 with the index last (as devices write) 4, index first 1, fragmented 1, MPEG-TS 1, AVI 1.
loops=$((megabytes * 1000000 / 8 / size))
clip() { # NAME OPTIONS...
  name=$1
  shift
  [ -f "$folder/$name" ] || ffmpeg -v error -y -stream_loop $((loops - 1)) -i "$seed" -c copy "$@" "$folder/$name"
}
for n in 1 2 3 4; do clip last-$n.mp4; done
clip first.mp4 -movflags +faststart
clip fragmented.mp4 -movflags +frag_keyframe+empty_moov
clip transport.ts
clip old.avi
rm -f "$seed"
du -cb "$folder"/* | tail -1 | cut -f1
