"""Settings of one process: the only reader of the environment.

``DASHBOARD_STORE``      folder of the store, default ``data/store`` beside the code
``DASHBOARD_TIME_ZONE``  the company's time zone, default ``Asia/Shanghai``
``DASHBOARD_LANGUAGE``   language before a reader chooses, ``zh_CN`` (default) or ``en``
``DASHBOARD_MEMORY``     memory limit of the database, default ``2GB``
``DASHBOARD_THREADS``    threads of one query, default 2
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dashboard.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "queries"
MAPPINGS = ROOT / "data" / "mappings"
LANGUAGES = ("zh_CN", "en")


@dataclass(frozen=True)
class Settings:
    """What the environment says, checked."""

    store: Path = ROOT / "data" / "store"
    time_zone: str = "Asia/Shanghai"
    language: str = "zh_CN"
    memory_limit: str = "2GB"
    threads: int = 2

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read and check the settings; raises SettingsError naming the variable and the mend."""
        settings = cls(
            store=Path(environment.get("DASHBOARD_STORE") or cls.store).expanduser().absolute(),
            time_zone=environment.get("DASHBOARD_TIME_ZONE") or cls.time_zone,
            language=environment.get("DASHBOARD_LANGUAGE") or cls.language,
            memory_limit=environment.get("DASHBOARD_MEMORY") or cls.memory_limit,
            threads=_positive(environment.get("DASHBOARD_THREADS"), cls.threads),
        )
        try:
            ZoneInfo(settings.time_zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise SettingsError(
                "DASHBOARD_TIME_ZONE: there is no time zone {zone!r}.",
                "Use a name such as Asia/Shanghai.",
                zone=settings.time_zone,
            ) from error
        if settings.language not in LANGUAGES:
            raise SettingsError(
                "DASHBOARD_LANGUAGE: {language!r} is not a language of the dashboard.",
                "Use one of: {allowed}.",
                language=settings.language,
                allowed=", ".join(LANGUAGES),
            )
        return settings


def _positive(text: str | None, default: int) -> int:
    if not text:
        return default
    if not text.isdigit() or int(text) < 1:
        raise SettingsError(
            "DASHBOARD_THREADS: {text!r} is not a whole number above 0.", "Use 1 to 16.", text=text
        )
    return int(text)
