#!/bin/sh
# make_batch.sh FOLDER [MEGABYTES]: clips as cameras write them, with events of known place and length.
# Each clip: 720p, 25 frames/s, 8 Mbit/s, AAC, a burnt-in clock; half of them key frames every second, half every two.
set -eu
folder=$1
megabytes=${2:-1000}
mkdir -p "$folder"
font=/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf
seconds=60
seed() { # GOP: one minute with a sensor's noise, black 10+2, frozen 20+2 and 30+4, black 40+4, muted 48+4 s
  out="$folder/.seed-$1.mp4"
  [ -f "$out" ] || ffmpeg -v error -y \
    -f lavfi -i "testsrc2=size=1280x720:rate=25:d=$seconds,noise=alls=10:allf=t,split=5[a][b][c][d][e];[a]trim=end_frame=500[p];[b]trim=start_frame=499:end_frame=500,loop=loop=49:size=1,setpts=N/25/TB[q];[c]trim=start_frame=500:end_frame=700,setpts=PTS-STARTPTS[r];[d]trim=start_frame=699:end_frame=700,loop=loop=99:size=1,setpts=N/25/TB[s];[e]trim=start_frame=700,setpts=PTS-STARTPTS[t];[p][q][r][s][t]concat=n=5,drawbox=t=fill:color=black:enable='between(t,10,11.99)+between(t,40,43.99)',drawtext=fontfile=$font:fontsize=28:fontcolor=white:box=1:boxcolor=black:x=20:y=h-th-20:text='%{pts\\:gmtime\\:1795255200\\:%Y-%m-%d %T}'" \
    -f lavfi -i "anoisesrc=r=48000:a=0.1:d=$seconds,volume=0:enable='between(t,48,51.99)'" \
    -t $seconds -c:v libx264 -preset ultrafast -b:v 7900k -maxrate 7900k -bufsize 8M -g "$1" -sc_threshold 0 -c:a aac -b:a 96k "$out"
}
seed 25
seed 50
n=0
while [ "$(du -cm "$folder"/*.mp4 2>/dev/null | tail -1 | cut -f1)" -lt "$megabytes" ]; do
  n=$((n + 1))
  cp "$folder/.seed-25.mp4" "$folder/one-$n.mp4"
  cp "$folder/.seed-50.mp4" "$folder/two-$n.mp4"
done
du -cb "$folder"/*.mp4 | tail -1 | cut -f1
