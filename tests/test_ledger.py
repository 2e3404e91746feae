"""The ledger notices what was removed or altered, and outlives a crash."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from dashboard import ledger
from dashboard.errors import StoreError
from dashboard.history import State, history, in_effect
from dashboard.ledger import LEDGER, Content, Entry, Event, Ledger, Loaded

NOON = datetime(2025, 3, 1, 12)

LOADED = Loaded(
    "a1", NOON, "张三", "工单.xlsx", "f" * 64, "survey", "by name", 9, 4, 3, 1, 1, 2, 0.5
)


def load(version: int, base: int | None, **more: object) -> Entry:
    loaded = replace(LOADED, load_id=f"L{version}")
    files = {ledger.STORE: Content(version, "0" * 64)}
    return replace(Entry(Event.LOAD, version, NOON, "张三", base, files, loads=(loaded,)), **more)


def undo(version: int, base: int | None, content: int, undone: int) -> Entry:
    return Entry(Event.UNDO, version, NOON, "me", base, content=content, undone=undone)


def written(folder: Path, *entries: Entry) -> list[bytes]:
    """Entries written one by one; the lines of the file."""
    for entry in entries:
        ledger.append(folder, ledger.read(folder), [entry])
    return (folder / LEDGER).read_bytes().splitlines(keepends=True)


class TestLines:
    def test_what_is_written_is_read(self, tmp_path: Path) -> None:
        entry = load(3, 2, rows={"survey": 9}, archive={"file": 'a"b\n.zip'})
        written(tmp_path, load(2, None), entry, undo(4, None, 2, 3))
        found = ledger.read(tmp_path)
        assert found.entries == (load(2, None), entry, undo(4, None, 2, 3))
        assert (found.fault, found.torn) == (0, False)
        assert found.size == (tmp_path / LEDGER).stat().st_size

    def test_no_ledger(self, tmp_path: Path) -> None:
        assert ledger.read(tmp_path) == ledger.read(tmp_path / "absent") == Ledger()

    def test_not_readable(self, tmp_path: Path) -> None:
        (tmp_path / LEDGER).mkdir()
        with pytest.raises(StoreError, match="cannot be read"):
            ledger.read(tmp_path)

    @pytest.mark.parametrize("line", [1, 2, 3, 4])
    def test_a_removed_line_is_noticed(self, tmp_path: Path, line: int) -> None:
        lines = written(tmp_path, *(load(n, n - 1 or None) for n in range(1, 6)))
        left = lines[: line - 1] + lines[line:]
        assert ledger.parsed(b"".join(left)).fault == line

    @pytest.mark.parametrize("line", [1, 2, 3])
    @pytest.mark.parametrize("change", [(b'"read":9', b'"read":8'), (b'"L', b'"M'), (b"{", b"(")])
    def test_an_altered_line_is_noticed(
        self, tmp_path: Path, line: int, change: tuple[bytes, bytes]
    ) -> None:
        lines = written(tmp_path, *(load(n, n - 1 or None) for n in range(1, 5)))
        lines[line - 1] = lines[line - 1].replace(*change)
        assert ledger.parsed(b"".join(lines)).fault == line

    def test_exchanged_lines_are_noticed(self, tmp_path: Path) -> None:
        one, two, three = written(tmp_path, load(1, None), load(2, 1), load(3, 2))
        assert ledger.parsed(one + three + two).fault == 2

    def test_an_altered_last_line_is_noticed(self, tmp_path: Path) -> None:
        one, two = written(tmp_path, load(1, None), load(2, 1))
        assert ledger.parsed(one + two.replace(b'"me"', b'"ma"').replace(b":9,", b":7,")).fault == 2

    def test_what_a_later_release_adds_is_passed_over(self, tmp_path: Path) -> None:
        record = load(1, None).as_dict() | {"colour": "red"}
        record["loads"][0]["colour"] = record["files"]["store"]["colour"] = "blue"
        chain = ledger._chained("", record)
        text = ledger._line(record | {"chain": chain}) + b"\n"
        found = ledger.parsed(text)
        assert (found.entries, found.fault) == ((load(1, None),), 0)

    def test_nothing_is_written_behind_a_fault(self, tmp_path: Path) -> None:
        lines = written(tmp_path, load(1, None), load(2, 1), load(3, 2))
        (tmp_path / LEDGER).write_bytes(lines[0] + lines[2])
        with pytest.raises(StoreError, match=r"line 2.*altered or removed") as caught:
            written(tmp_path, load(4, 3))
        assert "doctor" in caught.value.hint
        assert (tmp_path / LEDGER).read_bytes() == lines[0] + lines[2]


class TestCrash:
    @pytest.mark.parametrize("left", [1, 10, -2, -1])
    def test_a_torn_last_line_is_passed_over_and_cut_off(self, tmp_path: Path, left: int) -> None:
        one, two = written(tmp_path, load(1, None), load(2, 1))
        (tmp_path / LEDGER).write_bytes(one + two[:left])
        found = ledger.read(tmp_path)
        assert (found.entries, found.torn, found.fault) == ((load(1, None),), True, 0)
        assert written(tmp_path, load(2, 1)) == [one, two]

    def test_a_last_line_of_which_only_the_end_was_written(self, tmp_path: Path) -> None:
        one, two = written(tmp_path, load(1, None), load(2, 1))
        (tmp_path / LEDGER).write_bytes(one + b"\0" * 50 + two[50:])
        assert ledger.read(tmp_path).torn
        assert written(tmp_path, load(2, 1)) == [one, two]

    def test_a_ledger_that_changed_meanwhile_is_left_alone(self, tmp_path: Path) -> None:
        before = ledger.read(tmp_path)
        lines = written(tmp_path, load(1, None))
        with pytest.raises(OSError, match="meanwhile"):
            ledger.append(tmp_path, before, [load(2, 1)])
        assert (tmp_path / LEDGER).read_bytes() == b"".join(lines)


class TestBases:
    @pytest.mark.parametrize("base", [4, 5, 0, -1])
    def test_a_version_is_built_on_an_earlier_one(self, tmp_path: Path, base: int) -> None:
        ledger.append(tmp_path, Ledger(), [load(4, base), load(5, 4)])
        assert ledger.read(tmp_path).fault == 1

    def test_undoing_goes_on_from_what_was_brought_back(self) -> None:
        entries = [load(n, n - 1 or None) for n in range(1, 5)]
        known = Ledger((*entries, undo(5, 2, 3, 4), undo(6, 1, 2, 5), load(7, 6)))
        assert known.bases(4, 5) == [3, 2, 1]
        assert known.bases(5, 5) == [2, 1]
        assert known.bases(6, 5) == [1]
        assert known.bases(7, 5) == [6, 1]
        assert known.bases(4, 2) == [3, 2]
        assert known.bases(None, 5) == known.bases(99, 5) == []


class TestHistory:
    def states(self, current: int | None, *entries: Entry) -> dict[int, str]:
        return {p.entry.version: str(p.state) for p in history(Ledger(entries), current)}

    def test_loads_on_loads(self) -> None:
        found = self.states(3, load(1, None), load(2, 1), load(3, 2))
        assert found == {3: State.CURRENT, 2: State.IN_EFFECT, 1: State.IN_EFFECT}

    def test_newest_first(self) -> None:
        assert list(self.states(2, load(1, None), load(2, 1))) == [2, 1]

    def test_undone_twice_and_loaded_again(self) -> None:
        entries = [load(n, n - 1 or None) for n in range(1, 5)]
        entries += [undo(5, 2, 3, 4), undo(6, 1, 2, 5), load(7, 6)]
        past = history(Ledger(tuple(entries)), 7)
        undone = {p.entry.version: p.undone_by for p in past if p.state is State.UNDONE}
        assert undone == {4: 5, 3: 6}
        found = {p.entry.version: p.state for p in past}
        assert (found[7], found[6], found[2], found[1]) == (State.CURRENT, *3 * (State.IN_EFFECT,))
        assert found[5] is State.IN_EFFECT
        assert [e.version for e in in_effect(Ledger(tuple(entries)), 7)] == [7, 6, 2, 1]

    def test_what_an_undo_brought_back_is_current(self) -> None:
        found = self.states(3, load(1, None), load(2, 1), undo(3, None, 1, 2))
        assert found == {3: State.CURRENT, 2: State.UNDONE, 1: State.CURRENT}

    @pytest.mark.parametrize("event", [Event.RESTORE, Event.DEMO, Event.PORTFOLIO])
    def test_a_new_content_replaces_the_one_before(self, event: Event) -> None:
        fresh = replace(load(3, 2), event=event)
        found = self.states(3, load(1, None), load(2, 1), fresh)
        assert found == {3: State.CURRENT, 2: State.REPLACED, 1: State.REPLACED}
        back = self.states(4, load(1, None), load(2, 1), fresh, undo(4, 1, 2, 3))
        assert back == {4: State.CURRENT, 3: State.UNDONE, 2: State.CURRENT, 1: State.IN_EFFECT}

    def test_what_was_never_published(self) -> None:
        abandoned = Entry(Event.ABANDONED, 2, NOON, "me")
        later = self.states(3, load(1, None), load(2, 1), abandoned, load(3, 1))
        assert later == {3: State.CURRENT, 2: State.UNPUBLISHED, 1: State.IN_EFFECT}
        before_the_next_load = self.states(1, load(1, None), load(2, 1))
        assert before_the_next_load == {2: State.UNPUBLISHED, 1: State.CURRENT}
        assert self.states(None, load(1, None)) == {1: State.UNPUBLISHED}
