"""Who may see what. Closed by default: a scope that names nothing sees nothing.

Until accounts exist there is one user, the local administrator on the machine's own loopback
address, who sees every project.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a user comes to do."""

    EXECUTIVE = "executive"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Scope:
    """The rows that a user may see: those of the named projects, or everything.

    Hashable, so that it can be part of a cache key. ``Scope()`` sees nothing.
    """

    projects: frozenset[str] = frozenset()
    everything: bool = False

    def as_parameter(self) -> dict[str, object]:
        """The scope as the struct that the scope macros take."""
        return {"everything": self.everything, "projects": sorted(self.projects)}


NOTHING = Scope()
EVERYTHING = Scope(everything=True)


@dataclass(frozen=True)
class User:
    """Somebody who uses the dashboard."""

    name: str
    role: Role
    projects: frozenset[str] = frozenset()


LOCAL_ADMINISTRATOR = User("local administrator", Role.ADMINISTRATOR)


def resolve(user: User | None) -> Scope:
    """The scope of a user: administrators see everything, others their projects, nobody nothing."""
    if user is None:
        return NOTHING
    if user.role is Role.ADMINISTRATOR:
        return EVERYTHING
    return Scope(projects=user.projects)
