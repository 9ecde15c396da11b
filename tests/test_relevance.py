"""Relevance: elections and politics are told apart from faith, sport and markets, whoever's side a text takes."""

import pytest

from classifiers.features import read
from classifiers.names import listed
from classifiers.relevance import POLITICAL, politics, relevance


@pytest.mark.parametrize(
    "text",
    [
        "KPU menunda pemungutan suara di dua TPS",
        "Paslon nomor 2 didiskualifikasi Bawaslu",
        "Surat suara pilkada sudah tercoblos",
    ],
)
def test_an_election_is_election_and_politics(text: str) -> None:
    found = relevance(read("", text))
    assert found.election > 0.5
    assert found.politics >= found.election


@pytest.mark.parametrize(
    "text",
    ["Prabowo ditangkap tadi malam", "Gubernur itu ternyata warga asing", "Menteri keuangan mundur karena suap"],
)
def test_politics_without_an_election_is_politics_alone(text: str) -> None:
    found = relevance(read("", text))
    assert found.politics > 0.5
    assert 0.0 < found.election < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Manfaat membaca doa sebelum tidur menurut ustaz Ahmad",
        "Persib menang dua gol tanpa balas di kandang lawan",
        "Harga cabai di pasar induk turun hari ini",
        "Hadis riwayat Abu Hurairah tentang menolong tetangga",
    ],
)
def test_faith_sport_and_markets_are_neither(text: str) -> None:
    found = relevance(read("", text))
    assert found.politics < 0.5
    assert found.election <= POLITICAL


@pytest.mark.parametrize("name", ["anies", "prabowo", "ganjar", "gibran", "muhaimin", "mahfud", "megawati", "jokowi"])
def test_all_sides_weigh_the_same(name: str) -> None:
    expected = politics().chance(["kabar", "prabowo", "sakit"])
    assert politics().chance(["kabar", name, "sakit"]) == pytest.approx(expected)


def test_a_name_counts_at_most_twice() -> None:
    two = politics().chance(["prabowo", "anies"])
    assert politics().chance(["prabowo", "anies", "ganjar", "megawati"]) == two


def test_only_the_opening_counts_for_politics() -> None:
    late = "cuaca cerah " * 100 + "presiden menteri gubernur"
    assert relevance(read("", late)).politics < 0.5


def test_ordinary_words_are_names_for_the_hoax_model_but_not_political() -> None:
    assert {"batu", "amin", "habib"} <= listed("nama.txt")
    assert not {"batu", "amin", "habib"} & politics().names


def test_a_probability_does_not_depend_on_the_order_of_a_set() -> None:
    """Two light words and a heavy one: floats that are added in the order of a set differ from run to run."""
    known = politics()
    single = [term for term in known.terms if " " not in term and term not in known.names]
    light, heavy = ([term for term in single if known.terms[term] == weight] for weight in (1.2, 3.2))
    mixed = [[first, second, third] for first, second, third in zip(light, light[1:], heavy, strict=False)]
    chances = {known.chance(words) for words in mixed if known.hits(words) == set(words)}
    assert len(mixed) > 20
    assert len(chances) == 1
