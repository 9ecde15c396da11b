"""Code of a doubt -> what it tells a verifier: why a score says little, what to mind about how a page was read."""

from monitor.articles import DOUBTS
from monitor.desk.tongue import Tongue, said

SCORE = {
    "empty": said("Tidak ada teks yang dapat ditaksir."),
    "short": said("Teksnya terlalu pendek untuk ditaksir."),
    "language": said("Tampaknya bukan bahasa Indonesia, jadi angkanya tidak dapat dipegang."),
    "binary": said("Isinya bukan teks yang dapat dibaca."),
    "long": said("Teksnya sangat panjang; sikapnya tidak ditaksir."),
}
OTHER = said("Pembacaannya meragukan.")


def of_score(code: str, tongue: Tongue) -> str:
    """What a doubt about a score means; "" where there is none."""
    return tongue.say(SCORE.get(code, OTHER)) if code else ""


def of_page(codes: str, tongue: Tongue) -> tuple[str, ...]:
    """What the doubts of an article (codes with ", " between them) mean, each once."""
    meant = (tongue.say(DOUBTS.get(code, OTHER)) for code in codes.split(", ") if code)
    return tuple(dict.fromkeys(meant))
