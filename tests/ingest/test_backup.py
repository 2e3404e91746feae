"""A backup is a verified copy; a restore is proven figure by figure, else nothing changes."""

import copy
import json
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard import ledger
from dashboard.contract import CONTRACT_VERSION
from dashboard.errors import StoreError
from dashboard.ingest import archive, lock
from dashboard.ledger import LEDGER, Event
from dashboard.published import SCORECARD, private_file, store_file
from dashboard.scorecard import in_force
from dashboard.settings import ROOT
from tests import stores
from tests.ingest.loading import contents, load, load_alone, quarantine, rows
from tests.ingest.safety import (
    current_files,
    grades,
    load_projects,
    projects,
    run,
    told,
    undone,
)

YEAR = ["--from", "2024-01-01", "--to", "2024-12-31"]

MEMBERS = [archive.STORE, archive.PRIVATE, LEDGER, archive.MANIFEST]


def backed_up(store: Path, name: str = "b.zip") -> Path:
    file = store.parent / name
    result = run(store, "backup", str(file))
    assert result.exit_code == 0, result.exception
    return file


def remade(file: Path, change: Callable[[dict[str, bytes]], None], pack: int = 0) -> Path:
    """An archive with other members, whole as a zip."""
    with zipfile.ZipFile(file) as read:
        members = {name: read.read(name) for name in read.namelist()}
    change(members)
    other = file.with_name("remade.zip")
    with zipfile.ZipFile(other, "w", pack) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return other


def telling(**changes: Any) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        manifest = json.loads(members[archive.MANIFEST])
        members[archive.MANIFEST] = json.dumps(manifest | changes).encode()

    return change


@pytest.fixture(scope="session")
def golden_backup(golden_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backup")
    result = run(golden_store, "backup", str(folder / "golden.zip"))
    assert result.exit_code == 0, result.exception
    return folder / "golden.zip"


class TestBackup:
    def test_it_holds_the_store_and_what_belongs_to_it(self, loaded: Path) -> None:
        survey = loaded.parent / "survey.csv"
        survey.write_text("问卷号,小区,回复时间,推荐意愿\nA1,锦绣里,2024/5/1,9\n")
        load_alone(loaded, survey, save="回访")
        before = contents(loaded)
        file = backed_up(loaded)
        assert contents(loaded) == before
        assert file.stat().st_mode & 0o777 == 0o600
        with zipfile.ZipFile(file) as found:
            assert set(found.namelist()) == {*MEMBERS, "mappings/回访.toml"}
            manifest = json.loads(found.read(archive.MANIFEST))
            for member, path in zip(MEMBERS, current_files(loaded), strict=False):
                assert found.read(member) == path.read_bytes()
            assert found.read(LEDGER) == (loaded / LEDGER).read_bytes()
        told = (manifest["format"], manifest["version"], manifest["contract"])
        assert told == (1, 4, CONTRACT_VERSION)
        assert manifest["rows"]["project"] == 4
        assert manifest["rows"]["survey"] == 1
        assert manifest["figures"]["total"]["nps"]["n"] == 1
        assert set(manifest["figures"]["projects"]) >= {"锦绣里"}

    def test_every_metric_is_in_the_manifest(self, golden_store: Path, golden_backup: Path) -> None:
        with zipfile.ZipFile(golden_backup) as found:
            figures = json.loads(found.read(archive.MANIFEST))["figures"]
        first, last = figures["period"]
        asked = ["metrics", "--from", first, "--to", last]
        metrics = told(golden_store, *asked)["metrics"]
        assert figures["total"].keys() == metrics.keys()
        for name, metric in metrics.items():
            found = figures["total"][name]
            if "value" in metric:
                assert found == {key: metric[key] for key in found}
        by_project = told(golden_store, *asked, "--by", "project")["project"]
        assert by_project["P002"]["csat"]["value"] == figures["projects"]["P002"]["csat"]["value"]

    def test_it_waits_for_nobody(self, loaded: Path) -> None:
        with lock.held(loaded, lock.Claim("load 大表.csv", "张三")):
            assert backed_up(loaded).exists()

    def test_nothing_is_overwritten(self, loaded: Path) -> None:
        file = backed_up(loaded)
        content = file.read_bytes()
        again = run(loaded, "backup", str(file))
        assert "is there already" in str(again.exception)
        assert file.read_bytes() == content

    @pytest.mark.parametrize("target", ["absent/b.zip", "store/CURRENT/b.zip"])
    def test_where_it_cannot_be_written(self, loaded: Path, target: str) -> None:
        result = run(loaded, "backup", str(loaded.parent / target))
        assert isinstance(result.exception, StoreError)
        assert "cannot be written" in str(result.exception)

    def test_no_store(self, tmp_path: Path) -> None:
        result = run(tmp_path / "store", "backup", str(tmp_path / "b.zip"))
        assert "no store" in str(result.exception)
        assert list(tmp_path.iterdir()) == []


class TestRestore:
    def test_into_an_empty_folder(
        self, golden_store: Path, golden_backup: Path, store: Path
    ) -> None:
        checked = told(store, "restore", str(golden_backup), "--check")
        assert not store.exists()
        assert checked["version"] is None
        found = told(store, "restore", str(golden_backup))
        assert (found["version"], found["base"], found["not_compared"]) == (1, None, [])
        assert found["figures_agree"] == checked["figures_agree"] > 500
        by_project = ["metrics", *YEAR, "--by", "project"]
        assert told(store, *by_project) == told(golden_store, *by_project)
        for here, there in zip(current_files(store), current_files(golden_store), strict=True):
            assert here.read_bytes() == there.read_bytes()
        assert private_file(store, 1).stat().st_mode & 0o777 == 0o600
        assert grades(store) == {}
        (entry,) = ledger.read(store).entries
        assert (entry.event, entry.archive["file"]) == (Event.RESTORE, "golden.zip")
        assert len(entry.loads) == len(ledger.read(golden_store).entries)
        load(store, "project_id,project_name\nP9,x\n", "project")

    def test_for_people(self, golden_backup: Path, store: Path) -> None:
        shown = run(store, "restore", str(golden_backup)).stdout
        assert re.search(r"^  [\d,]+ figures agree$", shown, re.MULTILINE)
        assert shown.endswith("published as version 1\n")

    def test_over_another_store_and_back(self, loaded: Path) -> None:
        file = backed_up(loaded)
        load_projects(loaded, 4, 5)
        result = told(loaded, "restore", str(file))
        assert (result["version"], result["base"]) == (6, 5)
        assert projects(loaded) == [1, 2, 3]
        states = [past["state"] for past in told(loaded, "loads")["history"]]
        assert states == ["current", *5 * ["replaced"]]
        assert grades(loaded) == {}
        undone(loaded)
        assert projects(loaded) == [1, 2, 3, 4, 5]
        assert grades(loaded) == {}

    def test_a_check_publishes_nothing(self, loaded: Path) -> None:
        file = backed_up(loaded)
        before = contents(loaded)
        check = run(loaded, "restore", str(file), "--check").stdout
        assert check.endswith("nothing was published (check)\n")
        assert contents(loaded) == before

    def test_where_the_files_were_lost(self, loaded: Path) -> None:
        load(loaded, "project_id,project_name\n,x\n", "project")
        file = backed_up(loaded)
        for lost in current_files(loaded):
            lost.unlink()
        told(loaded, "restore", str(file))
        assert projects(loaded) == [1, 2, 3]
        assert len(quarantine(loaded)) == 1

    def test_mappings_that_are_there_stay(self, loaded: Path) -> None:
        folder = loaded / "mappings"
        folder.mkdir()
        text = 'table = "project"\n[columns]\nproject_id = "{}"\n'
        for name in ("a", "b.c"):
            (folder / f"{name}.toml").write_text(text.format("old"))
        file = backed_up(loaded)
        (folder / "a.toml").write_text(text.format("new"))
        (folder / "b.c.toml").unlink()
        assert told(loaded, "restore", str(file))["mappings"] == ["b.c"]
        assert "new" in (folder / "a.toml").read_text()
        assert "old" in (folder / "b.c.toml").read_text()
        assert grades(loaded) == {}

    def test_weights_of_the_scorecard(self, loaded: Path, tmp_path: Path) -> None:
        text = (ROOT / "data" / SCORECARD).read_text(encoding="utf-8")
        own = loaded / SCORECARD
        own.write_text(text.replace("target = 80", "target = 70"), encoding="utf-8")
        file, bytes_ = backed_up(loaded), own.read_bytes()
        new = tmp_path / "new"
        assert told(new, "restore", str(file), "--check")["scorecard"] is False
        assert not new.exists()
        assert told(new, "restore", str(file))["scorecard"] is True
        assert (new / SCORECARD).read_bytes() == bytes_
        assert in_force(new).target == 70

        own.write_text(text, encoding="utf-8")
        kept = run(loaded, "restore", str(file))
        assert "scorecard: kept as they are here" in kept.output
        assert in_force(loaded).target == 80

    def test_changed_weights_are_refused(self, loaded: Path) -> None:
        (loaded / SCORECARD).write_bytes((ROOT / "data" / SCORECARD).read_bytes())

        def change(members: dict[str, bytes]) -> None:
            members[SCORECARD] = members[SCORECARD].replace(b"80", b"81")

        said = refused(loaded, remade(backed_up(loaded), change))
        assert "scorecard.toml is not what the manifest tells" in said

    def test_a_store_from_before_there_was_a_ledger(self, loaded: Path, tmp_path: Path) -> None:
        (loaded / LEDGER).unlink()
        told(tmp_path / "new", "restore", str(backed_up(loaded)))
        assert projects(tmp_path / "new") == [1, 2, 3]

    def test_an_older_contract_is_carried_over(self, golden_store: Path, store: Path) -> None:
        shutil.copytree(golden_store, store)
        (store / LEDGER).unlink()
        file = current_files(store)[0]
        with duckdb.connect(str(file)) as connection:
            connection.execute("drop table points")
        backup = backed_up(store)
        new = store.parent / "new"
        found = told(new, "restore", str(backup))
        assert found["figures_agree"] > 500
        assert rows(new, "select count(*) from points") == [(0,)]
        assert grades(new) == {}

    def test_metrics_that_this_release_does_not_have(self, loaded: Path) -> None:
        load(loaded, "survey_id,project_id,sent_at\nV1,P1,2024-03-01\n", "survey")

        def of_another_release(members: dict[str, bytes]) -> None:
            manifest = json.loads(members[archive.MANIFEST])
            manifest["figures"]["total"]["joy"] = manifest["figures"]["total"].pop("csat")
            members[archive.MANIFEST] = json.dumps(manifest).encode()

        other = remade(backed_up(loaded), of_another_release)
        assert told(loaded, "restore", str(other), "--check")["not_compared"] == ["joy"]


def refused(store: Path, file: Path) -> str:
    """Restoring says why not, and changes nothing, also where there is no store."""
    before = contents(store)
    result = run(store, "restore", str(file))
    assert isinstance(result.exception, StoreError), result.output
    assert contents(store) == before
    empty = store.parent / "empty"
    assert isinstance(run(empty, "restore", str(file)).exception, StoreError)
    assert not empty.exists() or contents(empty) == {}
    return str(result.exception)


class TestDamage:
    def test_cut_off_anywhere(self, loaded: Path) -> None:
        file = backed_up(loaded)
        content = file.read_bytes()
        for share in (0.0, 0.0001, 0.3, 0.9, 0.999):
            file.write_bytes(content[: int(len(content) * share)])
            assert "is no whole backup" in refused(loaded, file)

    def test_one_bit_anywhere(self, loaded: Path) -> None:
        """It is refused, or it is one of the few that say nothing: the content is the same then."""
        file = backed_up(loaded)
        content = file.read_bytes()
        with zipfile.ZipFile(file) as whole:
            members = {name: whole.read(name) for name in whole.namelist()}
            headers = [info.header_offset for info in whole.infolist()]
        random_ = random.Random(3)
        places = [random_.randrange(len(content)) for _ in range(25)]
        places += [header + byte for header in headers for byte in (3, 9, 18, 28, 32)]
        places += list(range(len(content) - 300, len(content), 7))
        survived = 0
        for place in places:
            changed = bytearray(content)
            changed[place] ^= 1 << random_.randrange(8)
            file.write_bytes(changed)
            try:
                with archive.opened(file) as found:
                    found.check()
                    survived += 1
                    for name in (archive.STORE, archive.PRIVATE):
                        assert found.read(name) == members[name]
            except StoreError as error:
                assert "backup" in str(error)  # noqa: PT017 - most raise, not all
        assert survived < len(places) / 3

    def test_a_changed_file_in_a_whole_zip(self, loaded: Path) -> None:
        def change(members: dict[str, bytes]) -> None:
            members[archive.STORE] = members[archive.STORE][:-1] + b"!"

        other = remade(backed_up(loaded), change)
        assert "store.duckdb is not what the manifest tells" in refused(loaded, other)

    def test_a_changed_file_and_manifest(self, loaded: Path) -> None:
        """The ledger tells of the right one."""

        def change(members: dict[str, bytes]) -> None:
            members[archive.STORE] = (loaded / "store-2.duckdb").read_bytes()
            other = archive.disk.content_of(loaded / "store-2.duckdb")
            manifest = json.loads(members[archive.MANIFEST])
            manifest["files"][archive.STORE] = {"size": other.size, "sha256": other.sha256}
            members[archive.MANIFEST] = json.dumps(manifest).encode()

        file = backed_up(loaded)
        assert "its ledger does not tell of it" in refused(loaded, remade(file, change))

        def without_ledger(members: dict[str, bytes]) -> None:
            change(members)
            del members[LEDGER]
            manifest = json.loads(members[archive.MANIFEST])
            del manifest["files"][LEDGER]
            members[archive.MANIFEST] = json.dumps(manifest).encode()

        said = refused(loaded, remade(file, without_ledger))
        assert "its tables do not have the rows" in said

    def test_another_figure(self, golden_backup: Path, loaded: Path) -> None:
        def change(members: dict[str, bytes]) -> None:
            manifest = json.loads(members[archive.MANIFEST])
            csat = manifest["figures"]["projects"]["P002"]["csat"]
            csat["value"] = csat["value"] * (1 + 1e-8)
            manifest["figures"]["total"]["record_count"]["n"] += 1
            members[archive.MANIFEST] = json.dumps(manifest).encode()

        shutil.copy(golden_backup, loaded.parent)
        said = refused(loaded, remade(loaded.parent / golden_backup.name, change))
        assert re.search(r"2 of \d+ figures are not what they were", said)
        assert "0.1.0" in said

    @pytest.mark.parametrize("newer", [{"format": 2}, {"contract": 99}])
    def test_a_newer_release(self, loaded: Path, newer: dict[str, int]) -> None:
        other = remade(backed_up(loaded), telling(release="9.9", **newer))
        assert "newer release of the dashboard (9.9)" in refused(loaded, other)

    @pytest.mark.parametrize(
        "changes",
        [
            {"files": {}},
            {"files": []},
            {"format": "one"},
            {"version": None},
            {"made_at": "yesterday"},
            {"rows": {"project": "many"}},
        ],
    )
    def test_a_manifest_of_nonsense(self, loaded: Path, changes: dict[str, Any]) -> None:
        assert "backup" in refused(loaded, remade(backed_up(loaded), telling(**changes)))


class TestForeign:
    @pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04", b"\0" * 5000])
    def test_no_archive(self, loaded: Path, content: bytes) -> None:
        file = loaded.parent / "b.zip"
        file.write_bytes(content)
        assert "is no whole backup" in refused(loaded, file)

    def test_no_file(self, loaded: Path) -> None:
        assert "There is no file" in refused(loaded, loaded.parent / "absent.zip")
        assert "There is no file" in refused(loaded, loaded.parent)

    def test_another_zip(self, loaded: Path) -> None:
        file = loaded.parent / "b.zip"
        with zipfile.ZipFile(file, "w") as written:
            written.writestr("a.csv", "a,b")
        assert "is no backup of a store" in refused(loaded, file)

    @pytest.mark.parametrize(
        "name",
        ["../evil.toml", "/evil", "mappings/../../evil.toml", "mappings/.toml", "mappings/a",
         "mappings/a/b.toml", "other.duckdb", "CURRENT"],
    )  # fmt: skip
    def test_members_that_do_not_belong(self, loaded: Path, name: str) -> None:
        def change(members: dict[str, bytes]) -> None:
            members[name] = b"evil"
            manifest = json.loads(members[archive.MANIFEST])
            manifest["files"][name] = {"size": 4, "sha256": "0" * 64}
            members[archive.MANIFEST] = json.dumps(manifest).encode()

        before = set(loaded.parent.parent.iterdir())
        said = refused(loaded, remade(backed_up(loaded), change))
        assert "is no backup of a store" in said
        assert set(loaded.parent.parent.iterdir()) == before

    def test_a_member_that_the_manifest_does_not_tell(self, loaded: Path) -> None:
        def change(members: dict[str, bytes]) -> None:
            members["mappings/more.toml"] = b"x"

        said = refused(loaded, remade(backed_up(loaded), change))
        assert "does not hold what its manifest tells" in said

    def test_packed_members(self, loaded: Path) -> None:
        """A backup is stored as it is; what is packed could unpack without end."""
        other = remade(backed_up(loaded), lambda members: None, pack=zipfile.ZIP_DEFLATED)
        assert "is no backup of a store" in refused(loaded, other)

    def test_the_same_bytes_as_many_members(self, loaded: Path) -> None:
        other = loaded.parent / "many.zip"
        with zipfile.ZipFile(backed_up(loaded)) as read, zipfile.ZipFile(other, "w") as written:
            for name in MEMBERS[:-1]:
                written.writestr(name, read.read(name))
            again = copy.copy(written.getinfo(archive.STORE))
            again.filename = "mappings/again.toml"
            written.filelist.append(again)
            members = {archive.MANIFEST: read.read(archive.MANIFEST)}
            files = json.loads(members[archive.MANIFEST])["files"]
            telling(files=files | {again.filename: files[archive.STORE]})(members)
            written.writestr(archive.MANIFEST, members[archive.MANIFEST])
        assert "is no backup of a store" in refused(loaded, other)

    def test_a_view_is_no_table(self, store: Path) -> None:
        """A store made by hand could hold queries in place of rows."""
        stores.publish(store, {})
        with duckdb.connect(str(store_file(store, 1))) as connection:
            connection.execute("alter table event rename to other")
            connection.execute("create view event as from other")
        with duckdb.connect(str(private_file(store, 1))) as connection:
            for path in sorted((stores.QUERIES / "schema" / "private").glob("*.sql")):
                connection.execute(path.read_text(encoding="utf-8"))
        told(store.parent / "new", "restore", str(backed_up(store)))
        kinds = "select table_type from information_schema.tables where table_name = 'event'"
        assert rows(store.parent / "new", kinds) == [("BASE TABLE",)]
        assert grades(store.parent / "new") == {}
