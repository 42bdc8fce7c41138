"""A module in which a scanner finds nothing."""


def rate(part: int, whole: int) -> float:
    """The share of `part` in `whole`."""
    return part / whole
