#!/usr/bin/env python3
"""Writes sessions as JSON lines: reference rows and deliveries, the stream line, then N sessions of R recordings each.

Nine sessions in ten are in order. In the others something is wrong or missing: a break in the recording, footage handed
over late, no notice read out, a ledger entry nobody has ruled on, a device that nobody delivered. Same arguments, same bytes.

usage: generate.py SESSIONS [RECORDINGS] > sessions.jsonl
"""
import random
import sys

UNITS, DEVICES, DAYS = 20, 400, 120
NOTICE = "为保护您的合法权益，监督我们的执法行为，本次执法全程录音录像。"
ACTIVITIES = ["routine_inspection", "complaint_handling", "evidence_gathering", "service_of_documents", "administrative_coercion"]
SENTENCES = ["请出示取水许可证。", "我们是水政执法人员，这是执法证件。", "请在笔录上签字。", "现场没有发现违法取水行为。"]


def clock(minutes):
    """Minutes after 2024-01-01T00:00, as written."""
    day, minute = divmod(minutes, 24 * 60)
    for month, length in enumerate((31, 29, 31, 30, 31, 30), 1):
        if day < length:
            return f"2024-{month:02}-{day + 1:02}T{minute // 60:02}:{minute % 60:02}"
        day -= length
    raise ValueError(minutes)


def head(out):
    out('{"bureau":"qinhuangdao-water","zone":"Asia/Shanghai"}\n')
    units = ",".join(f'"水政{u:02}队"' for u in range(UNITS))
    ledgers = ["session", "recording", "edit_sign", "speech", "pre_check", "carriage", "interruption", "report", "written_account",
               "work_record", "transfer", "inspection", "unit", "officer", "device", "issue", "loan", "allocation_plan", "case_file"]
    names = ",".join(f'"{name}"' for name in ledgers)
    out(f'{{"delivery":{{"ledger":[{names}],"unit":[{units}],"complete_through":"2024-07-01T24:00","by":"办公室"}}}}\n')
    for u in range(UNITS):
        out(f'{{"unit":{{"id":"水政{u:02}队","class":"x","equipment_class":"class_a","enforces":true,"snapshot_at":"2024-06-30T00:00","allocation_plans":[{{"adopted_at":"2024-01-02T00:00"}}]}}}}\n'
            .replace('"class":"x",', ""))
    for o in range(2 * DEVICES):
        out(f'{{"officer":{{"id":"P{o:04}","unit":"水政{o // 2 % UNITS:02}队","on_duty":true,"snapshot_at":"2024-06-30T00:00"}}}}\n')
    for d in range(DEVICES):
        out(f'{{"device":{{"id":"D{d:04}","unit":"水政{d % UNITS:02}队","kind":"body_worn_camera","state":"in_use","keeper":"P{2 * d:04}",'
            f'"snapshot_at":"2024-06-30T00:00","issues":[{{"issued_at":"2024-01-02T00:00","issuing_department":"general_office"}}]}}}}\n')
    out('{"stream":"session"}\n')


def session(rng, number, recordings):
    unit = rng.randrange(UNITS)
    first = unit + UNITS * rng.randrange(DEVICES // UNITS)
    second = unit + UNITS * ((first // UNITS + 1) % (DEVICES // UNITS))
    start = rng.randrange(DAYS) * 24 * 60 + rng.randrange(8 * 60, 16 * 60)
    each = rng.randrange(8, 20)
    end = start + recordings * each
    odd = rng.randrange(100)   # 0 to 9: something is not in order
    parts = []
    at = start
    for r in range(recordings):
        stop = at + each
        gap = 4 if odd == 0 and r == 1 else 0
        device = "D9999" if odd == 1 and r == 1 else f"D{first:04}"
        parts.append(f'{{"id":"R{r + 1}","started":"{clock(at)}","ended":"{clock(stop - gap)}","device":"{device}"}}')
        at = stop
    speeches = [f'{{"at":"{clock(start + 1 + i)}","words":"{rng.choice(SENTENCES)}"}}' for i in range(2)]
    if odd != 2:
        speeches.insert(0, f'{{"at":"{clock(start + 1)}","words":"{NOTICE}"}}')
    late = 60 * 24 if odd == 3 else 30
    transfers = "" if odd == 4 else f'{{"exported_at":"{clock(end + late)}","received_by":"general_office"}}'
    checks = ",".join(f'{{"checked_at":"{clock(start - 10)}","device":"D{d:04}","faultless":true,"battery_full":{"false" if odd == 5 else "true"},'
                      f'"storage_free":true,"clock_set":true}}' for d in (first, second))
    carriers = ",".join(f'{{"device":"D{d:04}","carrier":"P{2 * d:04}"}}' for d in ((first, first) if odd == 6 else (first, second)))
    unknown = ',"late_hand_over_grounds":{"unknown":true}' if odd == 7 else ""
    return (f'{{"session":{{"id":"S-{number:07}","unit":"水政{unit:02}队","activities":["{rng.choice(ACTIVITIES)}"],"started":"{clock(start)}",'
            f'"arrived":"{clock(start)}","ended":"{clock(end)}","returned":"{clock(end + 25)}"{unknown},"recordings":[{",".join(parts)}],'
            f'"speeches":[{",".join(speeches)}],"pre_checks":[{checks}],"carriages":[{carriers}],"transfers":[{transfers}]}}}}\n')


def main():
    sessions = int(sys.argv[1])
    recordings = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    rng = random.Random(20240507)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    out = sys.stdout.write
    head(out)
    for number in range(1, sessions + 1):
        out(session(rng, number, recordings))


if __name__ == "__main__":
    main()
