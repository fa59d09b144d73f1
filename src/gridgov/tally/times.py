"""Times as people and programs write them, made into times of the clock on the wall."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

__all__ = ["read_times"]

_USUAL: Final = "%Y-%m-%d %H:%M:%S"

#: 2025-06-18, 2025/6/18, 2025.6.18, 2025年6月18日, 20250618; then the clock.
_DAY: Final = (
    r"^\s*(\d{4})(?:\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})|(\d{2})(\d{2}))"
    r"(?:\s?日\s*|[T\s]\s*|$)(.*?)\s*$"
)
#: 8:47, 08:47:00, 08:47:00.123+08:00, 8时47分. What a zone says is left out: the wall clock counts.
_CLOCK: Final = (
    r"^(\d{1,2})\s?[:：时]\s?(\d{1,2})?(?:\s?[:：分]\s?(\d{1,2})?)?(?:\.\d+)?秒?\s*(?:Z|[+-]\d{2}:?\d{2})?$"
)


def read_times(values: "pl.Series") -> "pl.Series":
    """Answer the times of a column, null where there is none or none can be read.

    Parameters
    ----------
    values
        Texts, dates or times; of times with a zone the clock on its wall counts.
    """
    import polars as pl

    if values.dtype == pl.Date:
        return values.cast(pl.Datetime("us"))
    if isinstance(values.dtype, pl.Datetime):
        return values.dt.replace_time_zone(None).cast(pl.Datetime("us"))
    texts = values.cast(pl.String)
    times = texts.str.strptime(pl.Datetime("us"), _USUAL, strict=False)
    rest = texts.filter(times.is_null()).drop_nulls().unique()
    if rest.is_empty():
        return times
    # Other spellings cost ten times as much: each different one is read once.
    read = rest.to_frame("text").select("text", other=_read(pl.col("text")))
    both = pl.DataFrame({"text": texts, "when": times})
    both = both.join(read, on="text", how="left", maintain_order="left")
    return both.select(pl.coalesce("when", "other"))["when"]


def _read(text: "pl.Expr") -> "pl.Expr":
    import polars as pl

    day = text.str.extract_groups(_DAY).struct
    month = pl.coalesce(day.field("2"), day.field("4")).str.zfill(2)
    date = pl.coalesce(day.field("3"), day.field("5")).str.zfill(2)
    clock = day.field("6")
    part = clock.str.extract_groups(_CLOCK).struct
    hour, minute, second = (part.field(str(k)).str.zfill(2) for k in (1, 2, 3))
    at = (
        pl.when(clock == "")
        .then(pl.lit("00:00:00"))
        .otherwise(pl.concat_str(hour, minute.fill_null("00"), second.fill_null("00"), separator=":"))
    )
    written = pl.concat_str(pl.concat_str(day.field("1"), month, date, separator="-"), at, separator=" ")
    return written.str.strptime(pl.Datetime("us"), _USUAL, strict=False)
