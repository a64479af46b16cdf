#!/usr/bin/env python3
"""Makes a small synthetic day of 秦皇岛: clips with a burnt-in clock and sound, transcripts, manifests.

usage: make_day.py FOLDER      (needs ffmpeg; the same folder content every time, but for ffmpeg's own version)

Honest and faulty sessions stand side by side; docs/demo.md says what each of them shows.
"""
import pathlib
import subprocess
import sys
from datetime import datetime, timedelta

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
NOTICE = "为保护您的合法权益，监督我们的执法行为，本次执法全程录音录像。"
DAY = datetime(2024, 5, 6)


def at(clock, day=0):
    hours, minutes, seconds = (int(part) for part in (clock + ":00").split(":")[:3])
    return DAY + timedelta(days=day, hours=hours, minutes=minutes, seconds=seconds)


def iso(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def clip(folder, device, officer, start, seconds, tone, edited=False):
    """One clip as a docking station names it. A device writes Motion JPEG; an editor leaves its own marks."""
    name = f"{device}_{officer}_{start:%Y%m%d%H%M%S}"
    epoch = int((start - datetime(1970, 1, 1)).total_seconds())
    clock = (f"drawtext=fontfile={FONT}:fontsize=20:fontcolor=white:box=1:boxcolor=black@0.6:x=8:y=8:"
             f"text='%{{pts\\:gmtime\\:{epoch}}}'")
    common = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"testsrc2=s=320x240:r=5:d={seconds}",
              "-f", "lavfi", "-i", f"sine=frequency={tone}:sample_rate=8000:d={seconds}", "-vf", clock]
    if edited:
        path = folder / (name + ".mp4")
        out = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    else:
        path = folder / (name + ".avi")
        out = ["-c:v", "mjpeg", "-q:v", "20", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le", "-fflags", "+bitexact",
               "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
    subprocess.run(common + out + [str(path)], check=True, stdin=subprocess.DEVNULL)
    return path


def transcript(path, *cues):
    def stamp(seconds):
        return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{int(seconds) % 60:02},{int(seconds * 1000) % 1000:03}"
    lines = []
    for number, (start, words) in enumerate(cues, 1):
        lines += [str(number), f"{stamp(start)} --> {stamp(start + 4)}", words, ""]
    path.with_suffix(".srt").write_text("\n".join(lines), encoding="utf-8")


class Session:
    def __init__(self, key, activity, start, end, device="JL001", officer="QHD01", second=("JL002", "QHD02"), unit="水政支队"):
        self.key, self.activity, self.start, self.end = key, activity, start, end
        self.device, self.officer, self.second, self.unit = device, officer, second, unit
        self.lines = []

    def row(self, text):
        self.lines.append("    " + text)
        return self

    def carried(self):
        pairs = [(self.device, self.officer)] + ([self.second] if self.second else [])
        return self.row("携带: [" + ", ".join(f"{{设备: {d}, 携带人: {o}}}" for d, o in pairs) + "]")

    def checked(self, battery="是"):
        moment = iso(self.start - timedelta(minutes=20))
        return self.row(f"使用前检查: [{{检查于: {moment}, 设备: {self.device}, 无故障: 是, 电量充足: {battery}, 存储充足: 是, 时钟已校: 是}}]")

    def handed_over(self, moment):
        return self.row(f"移交: [{{导出于: {iso(moment)}, 接收部门: 办公室}}]")

    def yaml(self):
        head = [f"  - 编号: {self.key}", f"    单位: {self.unit}", f"    活动: [{self.activity}]", f"    开始: {iso(self.start)}",
                f"    到达: {iso(self.start)}", f"    结束: {iso(self.end)}"]
        return "\n".join(head + self.lines)


def sessions(folder):
    out = []

    def film(session, offset=-8, seconds=None, cues=((12, NOTICE),), tone=440, edited=False):
        start = session.start + timedelta(seconds=offset)
        length = seconds or int((session.end - session.start).total_seconds()) + 16
        path = clip(folder, session.device, session.officer, start, length, tone, edited)
        if cues:
            transcript(path, *cues)
        return path

    s = Session("S-001", "日常检查", at("09:00"), at("09:00:40"))
    film(s)
    out.append(s.carried().checked().handed_over(at("16:30")))

    # Nobody recorded, nobody said why.
    out.append(Session("S-002", "投诉举报处置", at("09:30"), at("09:50")))

    # A lawful exemption, written up in time.
    s = Session("S-003", "调查取证", at("10:00"), at("10:20"))
    out.append(s.row(f"工作记录: [{{制作于: {iso(at('17:00'))}, 涉密: [个人隐私], 原因: 涉及当事人住所内的隐私, 依据: 第七条第一款第一项, 报送: 主管领导}}]"))

    # Broken off for a minute; nothing was registered, but it was explained aloud.
    s = Session("S-004", "行政强制", at("10:30"), at("10:32"), device="JL003", officer="QHD03", second=("JL004", "QHD04"))
    film(s, seconds=38, tone=500)
    start = s.start + timedelta(seconds=90)
    path = clip(folder, s.device, s.officer, start, 40, 500)
    transcript(path, (8, "刚才录制中断，因为设备碰落，现在继续记录。"))
    out.append(s.carried().checked().handed_over(at("17:10")))

    # Broken off with a registered cause.
    s = Session("S-005", "日常检查", at("11:00"), at("11:02"), device="JL003", officer="QHD03", second=("JL004", "QHD04"))
    film(s, seconds=38, tone=520)
    path = clip(folder, s.device, s.officer, s.start + timedelta(seconds=90), 40, 520)
    transcript(path, (12, "电池换好了，中断原因是电量不足。"))
    begun, ended = iso(s.start + timedelta(seconds=20)), iso(s.start + timedelta(seconds=100))
    s.row(f"中断记录: [{{时段: {{from: {begun}, to: {ended}}}, 原因: 电量不足}}]")
    out.append(s.carried().checked().handed_over(at("17:12")))

    # Handed over nine hours late; one officer only; the words of the notice are not the prescribed ones.
    s = Session("S-006", "文书送达", at("14:00"), at("14:00:30"), device="JL005", officer="QHD05", second=None)
    film(s, cues=((10, "你好，我们是来送文书的，请在这里签字。"),), tone=600)
    out.append(s.carried().checked().handed_over(at("09:00", 1)))

    # A clip that an editing program wrote: a person must look.
    s = Session("S-007", "日常检查", at("15:00"), at("15:00:30"), device="JL006", officer="QHD06", second=("JL007", "QHD07"))
    film(s, tone=640, edited=True)
    out.append(s.carried().checked().handed_over(at("18:00")))

    # Not an activity that must be recorded.
    out.append(Session("S-008", "普法宣传", at("16:00"), at("17:00")))

    # The evening before the audit, not recorded: the record of why is not due yet.
    out.append(Session("S-009", "日常检查", at("20:00", 1), at("20:30", 1)))

    # A unit whose office delivered no ledger of transfers.
    s = Session("S-010", "日常检查", at("10:00"), at("10:00:30"), device="JL008", officer="QHD08", second=("JL009", "QHD09"), unit="水资源科")
    film(s, tone=700)
    out.append(s.carried().checked(battery="否"))
    return out


LEDGERS = ["场次", "录像", "语音", "使用前检查", "携带", "中断记录", "情况报告", "书面说明", "工作记录", "移交", "抽查", "编辑疑点", "投诉",
           "收集记录", "设备", "领用", "借出", "执法人员", "单位", "配备方案", "查阅", "审批记录", "登记记录", "对外提供", "提供批准", "证据提取", "提取说明"]

DEVICES = """设备:
""" + "\n".join(
    f"  - {{编号: JL00{n}, 单位: {'水资源科' if n >= 8 else '水政支队'}, 种类: 记录仪, 状态: {'遗失' if n == 7 else '在用'}, 快照日: 2024-05-07T18:00, "
    + ("" if n == 4 else f"保管人: QHD0{n}, ")
    + f"领用: [{{领用于: 2024-01-08T09:00, 经办部门: 办公室, 领用人: QHD0{n}}}]}}" for n in range(1, 10))

OFFICERS = """执法人员:
""" + "\n".join(
    f"  - {{编号: QHD0{n}, 姓名: 执法员{n}, 单位: {'水资源科' if n >= 8 else '水政支队'}, 在岗: 是, 快照日: 2024-05-07T18:00}}" for n in range(1, 10))

UNITS = """单位:
  - {编号: 水政支队, 名称: 水政监察综合执法支队, 配备类别: A类, 有执法职能: 是, 快照日: 2024-05-07T18:00, 配备方案: [{制定于: 2024-01-05T10:00}]}
  - {编号: 水资源科, 名称: 水资源管理科, 配备类别: B类, 有执法职能: 是, 快照日: 2024-05-07T18:00}
"""

OFFICE = """投诉:
  - {编号: T-01, 单位: 水政支队, 场次: S-002, 受理于: 2024-05-06T11:00, 针对执法行为: 是, 收集记录: [{收集于: 2024-05-06T15:00}]}
  - {编号: T-02, 单位: 水政支队, 受理于: 2024-05-06T11:30, 针对执法行为: 是, 收集记录: [{收集于: 2024-05-07T17:00}]}
查阅:
  - 编号: C-01
    单位: 水政支队
    用途: 工作需要
    查阅于: 2024-05-07T10:00
    审批记录:
      - {环节: 审核环节, 角色: 办公室主任, 结果: 同意, 时间: 2024-05-07T08:30}
      - {环节: 批准环节, 角色: 主管领导, 结果: 同意, 时间: 2024-05-07T09:00}
    登记记录:
      - {登记角色: 保管人员, 查阅人: 执法员1, 事由: 核对现场情况, 查阅时间: 2024-05-07T10:00, 时间: 2024-05-07T09:30}
  - {编号: C-02, 单位: 水政支队, 用途: 执法监督, 查阅于: 2024-05-07T15:00}
证据提取:
  - {编号: Z-01, 单位: 水政支队, 场次: S-004, 附卷于: 2024-05-07T16:00, 提取说明: [{制作于: 2024-05-07T15:00, 制作人: 执法员3, 提取人: 执法员3, 提取时间: 2024-05-07T14:30}]}
"""


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    head = "局: qinhuangdao-water\n时区: Asia/Shanghai\n"
    deliveries = ["交付:"]
    for unit in ("水政支队", "水资源科"):
        for ledger in LEDGERS:
            if unit == "水资源科" and ledger == "移交":
                continue
            deliveries.append(f"  - {{台账: {ledger}, 单位: {unit}, 截至: 2024-05-08T08:00, 提供人: 办公室}}")
    body = "\n".join(s.yaml() for s in sessions(folder))
    (folder / "场次.yaml").write_text(head + "场次:\n" + body + "\n", encoding="utf-8")
    (folder / "交付.yaml").write_text(head + "\n".join(deliveries) + "\n", encoding="utf-8")
    (folder / "台账.yaml").write_text(head + UNITS + OFFICERS + "\n" + DEVICES + "\n" + OFFICE, encoding="utf-8")
    # A manifest with one bad row among good ones, and a clip cut off by a loss of power.
    (folder / "补报.yaml").write_text(head + "投诉:\n  - {编号: T-03, 单位: 水政支队, 受理于: 五月七日, 针对执法行为: 是}\n"
                                    "  - {编号: T-04, 单位: 水资源科, 受理于: 2024-05-07T09:00, 针对执法行为: 否}\n", encoding="utf-8")
    whole = clip(folder, "JL002", "QHD02", at("12:00"), 6, 300, edited=True)
    data = whole.read_bytes()
    whole.write_bytes(data[: len(data) // 2])


if __name__ == "__main__":
    main()
