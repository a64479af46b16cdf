#!/bin/sh
# make_batch.sh FOLDER [MEGABYTES]: four clips as cameras write them, with events of known place and length; see run.py.
# 720p, 25 frames/s, 8 Mbit/s, AAC, a sensor's noise, a burnt-in clock; key frames every second in one, every two in the other.
# No event begins or ends at a key frame.
set -eu
folder=$1
megabytes=${2:-1000}
mkdir -p "$folder"
font=/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf
seconds=$((megabytes / 4))  # a megabyte a second, and each clip twice
if [ "$seconds" -lt 180 ]; then seconds=180; fi
out() { # GOP, picture, sound
  echo "-map $2 -map $3 -t $seconds -c:v libx264 -threads 1 -preset ultrafast -b:v 7900k -maxrate 7900k -bufsize 8M -g $1 -sc_threshold 0 -c:a aac -b:a 96k"
}
[ -f "$folder/two-2.mp4" ] || ffmpeg -nostdin -v error -y \
  -f lavfi -i "testsrc2=size=1280x720:rate=25:d=$seconds" \
  -f lavfi -i "anoisesrc=r=48000:a=0.1:d=$seconds" \
  -filter_complex "[0]noise=alls=10:allf=t,loop=49:1:2285,setpts=N/25/TB,loop=99:1:3047,setpts=N/25/TB,drawbox=t=fill:color=black:enable='between(t,31.28,33.27)+between(t,61.68,65.67)',drawtext=fontfile=$font:fontsize=28:fontcolor=white:box=1:boxcolor=black:x=20:y=h-th-20:text='%{pts\\:gmtime\\:1795255200\\:%Y-%m-%d %T}',split[a][b];[1]volume=0:enable='between(t,160.2,164.2)',asplit[c][d]" \
  $(out 25 "[a]" "[c]") "$folder/one.part.mp4" $(out 50 "[b]" "[d]") "$folder/two.part.mp4"
for name in one two; do
  [ -f "$folder/$name.part.mp4" ] || continue
  cp "$folder/$name.part.mp4" "$folder/$name-2.mp4"
  mv "$folder/$name.part.mp4" "$folder/$name-1.mp4"
done
du -cb "$folder"/*.mp4 | tail -1 | cut -f1
