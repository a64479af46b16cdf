#!/bin/sh
# make_clips.sh FOLDER: a few frames in every container that jianlu-probe reads, some kilobytes each.
set -eu
mkdir -p "$1"
cd "$1"
pictures="-f lavfi -i testsrc2=size=96x64:rate=10 -t 1"
sound="-f lavfi -i sine=440:sample_rate=16000 -t 1"
make() { # NAME OPTIONS...
  name=$1
  shift
  # shellcheck disable=SC2086
  [ -f "$name" ] || ffmpeg -v error -nostdin -y $pictures $sound -metadata creation_time=2024-01-01T00:00:00Z "$@" "$name"
}
h264="-c:v libx264 -preset ultrafast -g 5 -c:a aac -b:a 16k"
# shellcheck disable=SC2086
{
  make plain.mp4 $h264
  make first.mp4 $h264 -movflags +faststart
  make reordered.mp4 -c:v libx264 -preset fast -bf 2 -g 5 -c:a aac -b:a 16k
  make fragments.mp4 $h264 -movflags +frag_keyframe+empty_moov
  make indexed-fragments.mp4 $h264 -movflags +dash+global_sidx
  make quicktime.mov -c:v mjpeg -q:v 20 -c:a pcm_s16le -timecode 00:00:00:00
  make hevc.mp4 -c:v libx265 -preset ultrafast -x265-params log-level=none -c:a aac -b:a 16k
  make phone.3gp -c:v h263 -s 128x96 -an
  make transport.ts $h264
  make camera.mts $h264 -f mpegts -mpegts_m2ts_mode 1
  make old.avi -c:v mpeg4 -g 5 -c:a pcm_s16le
  make motion.avi -c:v mjpeg -q:v 20 -an
  make web.mkv $h264
  make flash.flv -c:v flv -c:a libmp3lame -ar 22050 -b:a 16k
  make windows.asf -c:v wmv2 -c:a wmav2 -b:a 32k
  make disc.mpg -c:v mpeg2video -r 25 -c:a mp2 -b:a 32k -f vob
  make voice.wav -vn
  make voice.mp3 -vn -b:a 16k
  make voice.aac -vn -b:a 16k
  make voice.ogg -vn -c:a libvorbis
  make voice.flac -vn -sample_fmt s16
  make still.jpg -frames:v 1 -an
}
