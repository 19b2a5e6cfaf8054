"""Secrets kept in files: ``TRADEWIND_ADMIN_KEY_FILE`` names the file that holds what ``TRADEWIND_ADMIN_KEY`` would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsError

FILE_SUFFIX = "_FILE"
MOST_CHARACTERS = 65_536


def read_secret(variable: str, path: Path) -> str:
    """The text of a file without blanks and line ends around it, as orchestrators mount secrets.

    Raises ``SettingsError`` with one sentence when it cannot be read, is empty, no text, or longer than 65,536 characters.
    """
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(MOST_CHARACTERS + 1)
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise SettingsError(f"The file {path} of {variable} cannot be read: {reason}.") from None
    except UnicodeDecodeError:
        raise SettingsError(f"The file {path} of {variable} holds no text; write the secret into it as UTF-8.") from None
    if len(text) > MOST_CHARACTERS:
        raise SettingsError(f"The file {path} of {variable} is too long for a secret; name the file that holds it alone.")
    if not text.strip():
        raise SettingsError(f"The file {path} of {variable} is empty; write the secret into it, or leave {variable} out.")
    return text.strip()


class SecretFiles(PydanticBaseSettingsSource):
    """Reads the file that the first ``…_FILE`` variable of a setting names. A setting that has its value is left alone."""

    def __init__(
        self,
        settings: type[BaseSettings],
        names: Mapping[str, tuple[str, ...]],
        environments: Sequence[Mapping[str, str | None]],
    ) -> None:
        super().__init__(settings)
        self._names, self._environments = names, environments

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        names = self._names.get(field_name, ())
        if any(self._variable(name) for name in names):
            return None, field_name, False
        for name in names:
            if path := self._variable(name + FILE_SUFFIX):
                return read_secret(name + FILE_SUFFIX, Path(path)), field_name, False
        return None, field_name, False

    def _variable(self, name: str) -> str | None:
        """The sources of pydantic-settings keep names in small letters."""
        return next((value for one in self._environments if (value := one.get(name.lower()))), None)

    def __call__(self) -> dict[str, Any]:
        fields = self.settings_cls.model_fields
        values = {name: self.get_field_value(fields[name], name)[0] for name in self._names}
        return {name: value for name, value in values.items() if value is not None}
