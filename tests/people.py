"""The people of every scenario: Ani and Budi verify, Rini edits, Karta heads the office, Luh signs from outside."""

from monitor.people import KEPALA, LUAR, PEMBACA, REDAKTUR, VERIFIKATOR, Person

ANI = Person("ani", (VERIFIKATOR,))
BUDI = Person("budi", (VERIFIKATOR,))
RINI = Person("rini", (VERIFIKATOR, REDAKTUR))
KARTA = Person("karta", (KEPALA,))
LUH = Person("luh", (LUAR,))
TAMU = Person("tamu", (PEMBACA,))
