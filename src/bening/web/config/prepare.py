"""What has to stand before settings are read: secret files and databases."""

from bening.web.config import folders, keys, postgres


def prepare() -> None:
    """Make missing secrets and start the embedded clusters that no URL replaces."""
    keys.make_missing(folders.part("SECRETS_DIR", "secrets"))
    postgres.ensure(folders.data())
