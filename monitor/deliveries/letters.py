"""Publication + delivery -> the letter to a list, and what the mail door's answer means."""

from collections.abc import Sequence

from monitor.deliveries import texts
from monitor.deliveries.rows import GAGAL, TERKIRIM, TIDAK_PASTI, ULANGI, Delivery, Mailing, Result
from monitor.posts import Publication, Site


def letter(site: Site, one: Publication, row: Delivery, family: Sequence[Delivery]) -> Mailing:
    """The letter of one edition; a correction follows the letter that carried the edition before."""
    return Mailing(texts.title(site, one), texts.message(site, one), texts.page(site, one), row.key,
                   follows(row, family))  # fmt: skip


def follows(row: Delivery, family: Sequence[Delivery]) -> str:
    """The key of the last letter of the same thing that went to this list, "" if none did."""
    carried = [one for one in family if one.edition < row.edition and one.state in (TERKIRIM, TIDAK_PASTI)]
    return max(carried, key=lambda one: one.edition).key if carried else ""


def posted(sent: bool | None, cause: str, sentence: str, retry: bool) -> Result:
    """What the mail server said: None is silence after it had the letter, which only a person can clear up."""
    if sent is None:
        return Result(TIDAK_PASTI, cause=cause, sentence=sentence)
    if sent:
        return Result(TERKIRIM, cause=cause, sentence=sentence)
    return Result(ULANGI if retry else GAGAL, cause=cause, sentence=sentence)
