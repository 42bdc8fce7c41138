"""A suite that cannot be collected."""

import a_module_that_does_not_exist  # noqa: F401


def test_never_reached() -> None:
    pass
