"""What is said of reports that cannot be made."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "range": (
            "a range goes from a smaller to a larger number, not {low:g}-{high:g}",
            "范围应从小到大，不能是 {low:g}-{high:g}",
        ),
    }
)
