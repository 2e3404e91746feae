"""Access is closed by default."""

import pytest

from dashboard.access import EVERYTHING, LOCAL_ADMINISTRATOR, NOTHING, Role, Scope, User, resolve


def test_nobody_sees_nothing() -> None:
    assert resolve(None) == NOTHING == Scope()
    assert NOTHING.as_parameter() == {"everything": False, "projects": []}


def test_the_local_administrator_sees_everything() -> None:
    assert resolve(LOCAL_ADMINISTRATOR) == EVERYTHING
    assert EVERYTHING.as_parameter() == {"everything": True, "projects": []}


@pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.SUPERVISOR])
def test_others_see_their_projects(role: Role) -> None:
    scope = resolve(User("somebody", role, frozenset({"P2", "P1"})))
    assert scope.as_parameter() == {"everything": False, "projects": ["P1", "P2"]}


@pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.SUPERVISOR])
def test_others_without_projects_see_nothing(role: Role) -> None:
    assert resolve(User("somebody", role)) == NOTHING


def test_scopes_tell_cache_keys_apart() -> None:
    assert len({NOTHING, EVERYTHING, Scope(frozenset({"P1"})), Scope(frozenset({"P2"}))}) == 4
