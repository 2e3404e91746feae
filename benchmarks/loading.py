"""How fast a load is: one million records, then ten thousand more, against the floor.

    python benchmarks/loading.py [--rows 1000000]

Writes a believable export of work orders to a temporary folder (the same at every run), loads it by
the command line into a new store, then a second file of which nine tenths are new and one tenth is
changed. The floor is what no load can do without: DuckDB reading the same text into a table of the
same columns, and a copy of the file. Processor time tells more than wall time on a busy machine.
"""

import argparse
import csv
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[1]
SEED = 20_250_101
BOUNDS = {"first load": (60.0, 2048), "later load": (5.0, 2048)}
"""Seconds and MB that the loads of the full size may take."""

HEADER = (
    "工单编号", "项目名称", "客户编号", "处理人", "工单类型", "问题分类", "来源渠道", "紧急程度",
    "创建时间", "接单时间", "完成时间", "关闭时间", "处理费用", "标题", "工单内容",
)  # fmt: skip
PROJECTS = [
    f"{name}{part}期"
    for name in ("翠湖花园", "锦绣里", "云山府", "天玺")
    for part in "一二三四五六"
]
STAFF = [
    f"{family}{given}" for family in "王李张刘陈杨赵黄周吴" for given in "伟芳娜敏静磊洋艳勇杰"
]
KINDS = ("报修", "报修", "报修", "投诉", "咨询", "表扬")
CATEGORIES = ("漏水", "电梯", "噪音", "安保", "保洁", "停车", "绿化")
CHANNELS = ("电话", "微信", "APP", "前台")
LEVELS = ("一级", "二级", "三级", "")
PHRASES = (
    "卫生间吊顶渗水，已联系楼上业主", "电梯停在3楼不动，等待约20分钟", "门口快递堆放，影响通行",
    "请尽快派人上门", "客户电话13812345678，晚上六点后在家", "厨房下水道堵塞", "空调外机噪音大",
    '"楼道灯"坏了', "已是第三次报修，希望本周内解决", "地下车库B2层漏水", "充电桩无法使用",
    "业主表示满意", "维修人员未戴鞋套", "要求物业经理回电 021-55667788", "施工噪音扰民",
    "阳台玻璃开裂", "门禁卡失效", "草坪积水\n需要排水",
)  # fmt: skip


def orders(rows: int, first: int = 0) -> Iterator[list[str]]:
    """Work orders; those of one number are the same at every call."""
    start = datetime(2022, 1, 1)
    for number in range(first, first + rows):
        chance = random.Random(SEED + number)
        created = start + timedelta(seconds=chance.randrange(1200 * 86_400))
        accepted = created + timedelta(seconds=chance.randrange(60, 20_000))
        done = accepted + timedelta(seconds=chance.randrange(600, 600_000))
        closed = done + timedelta(seconds=chance.randrange(90_000))
        open_ = chance.random() < 0.07
        detail = "。".join(chance.sample(PHRASES, chance.randint(1, 4)))
        yield [
            f"GD{number:09}",
            chance.choice(PROJECTS),
            f"C{chance.randrange(200_000):06}",
            chance.choice(STAFF),
            chance.choice(KINDS),
            chance.choice(CATEGORIES),
            chance.choice(CHANNELS),
            chance.choice(LEVELS),
            str(created),
            str(accepted),
            "" if open_ else str(done),
            "" if open_ else str(closed),
            f"{chance.randrange(50_000) / 100:.2f}" if chance.random() < 0.4 else "",
            detail[:20],
            detail,
        ]


def changed(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows with another end of their text."""
    for row in rows:
        yield [*row[:-1], f"{row[-1]}。已回访"]


def write(file: Path, *parts: Iterator[list[str]]) -> None:
    with file.open("w", newline="", encoding="utf-8") as text:
        writer = csv.writer(text)
        writer.writerow(HEADER)
        for part in parts:
            writer.writerows(part)


@dataclass(frozen=True)
class Cost:
    """What something took: wall and processor seconds, and MB of memory at its peak."""

    wall: float
    processor: float
    memory: float = 0.0


def cost(work: Callable[[], float | None]) -> Cost:
    """What ``work`` took; it may tell its memory itself."""
    began, before = time.monotonic(), os.times()
    memory = work() or 0.0
    after = os.times()
    return Cost(time.monotonic() - began, sum(after[:4]) - sum(before[:4]), memory)


def load(file: Path, store: Path, inserted: int, updated: int) -> float:
    """Load a file by the command line; gives the peak memory of its processes in MB."""
    command = [sys.executable, "-m", "dashboard", "load", str(file), "--store", str(store)]
    process = subprocess.Popen([*command, "--json"], cwd=ROOT, stdout=subprocess.PIPE)
    watch = _Watch(process.pid)
    told, _ = process.communicate()
    peak = watch.ended()
    assert process.returncode == 0, told
    result = json.loads(told)
    assert (result["inserted"], result["updated"], result["refused"]) == (inserted, updated, 0)
    return peak


class _Watch(threading.Thread):
    """Looks at the memory of a process and its children twenty times a second."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._peak = 0
        self._done = threading.Event()
        self.start()

    def run(self) -> None:
        while not self._done.wait(0.05):
            self._peak = max(self._peak, _resident(self._process))

    def ended(self) -> float:
        self._done.set()
        self.join()
        return self._peak / 2**20


def _resident(process: int) -> int:
    """Bytes in memory of a process and all below it; 0 where it has ended."""
    try:
        folder = Path(f"/proc/{process}")
        pages = int((folder / "statm").read_text().split()[1])
        children = (folder / f"task/{process}/children").read_text().split()
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(_resident(int(child)) for child in children)


def floor(file: Path, folder: Path) -> None:
    """Read a file by DuckDB into a table of its columns, and copy it."""
    with duckdb.connect(str(folder / "floor.duckdb"), config={"threads": 2}) as connection:
        connection.read_csv(str(file)).create("floor")
    (folder / "floor.duckdb").unlink()
    shutil.copyfile(file, folder / "copy.csv")
    (folder / "copy.csv").unlink()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rows", type=int, default=1_000_000)
    rows = arguments.parse_args().rows
    few = rows // 100
    with tempfile.TemporaryDirectory(prefix="loading-") as name:
        folder = Path(name)
        store, first, second = folder / "store", folder / "first.csv", folder / "second.csv"
        write(first, orders(rows))
        write(second, orders(few - few // 10, rows), changed(orders(few // 10)))
        size = first.stat().st_size / 2**20
        print(f"{rows:,} rows of {len(HEADER)} columns, {size:,.0f} MB; then {few:,} more")
        print(f"{'':20} {'wall s':>8} {'cpu s':>8} {'rows/s':>9} {'MB':>6} {'of floor':>9}")
        loads = (
            ("first load", first, rows, (rows, 0)),
            ("later load", second, few, (few - few // 10, few // 10)),
        )
        for what, file, count, (new, old) in loads:
            least = cost(lambda file=file: floor(file, folder))
            took = cost(lambda file=file, new=new, old=old: load(file, store, new, old))
            ratio = took.wall / least.wall
            print(f"{'  floor':20} {least.wall:8.2f} {least.processor:8.2f}")
            print(
                f"{what:20} {took.wall:8.2f} {took.processor:8.2f} {count / took.wall:9,.0f}"
                f" {took.memory:6,.0f} {ratio:8.1f}x"
            )
            seconds, memory = BOUNDS[what]
            if rows == 1_000_000 and (took.wall > seconds or took.memory > memory):
                print(f"  over its bound of {seconds:.0f} s and {memory:,} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
