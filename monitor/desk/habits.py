"""Habit of writing (a name of classifiers.style) -> what a verifier reads of it."""

from monitor.desk.tongue import Tongue


def habit(name: str, tongue: Tongue) -> str:
    """The habit in plain words; one that this program does not know is called a habit of writing."""
    said = {
        "kapital_panjang": tongue.say("kata panjang berhuruf kapital"),
        "kapital_beruntun": tongue.say("huruf kapital beruntun"),
        "semua_kapital": tongue.say("semuanya huruf kapital"),
        "tanda_seru": tongue.say("tanda seru"),
        "seru_ganda": tongue.say("tanda seru atau tanya berderet"),
        "tanda_tanya": tongue.say("tanda tanya"),
        "elipsis": tongue.say("titik-titik"),
        "emoji": tongue.say("emoji"),
        "emoji_banyak": tongue.say("banyak emoji"),
        "tagar": tongue.say("tagar"),
        "sebutan": tongue.say("sebutan akun"),
        "huruf_disamarkan": tongue.say("huruf yang disamarkan"),
        "bagian_judul": tongue.say("ditulis seperti judul"),
        "tanggal_kurung": tongue.say("tanggal dalam kurung"),
        "telepon": tongue.say("nomor telepon"),
    }
    return said.get(name, tongue.say("gaya penulisan"))
