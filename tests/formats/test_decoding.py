"""Text in any encoding: names come out as they were written, quickly, and the same each time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.formats.charsets import likely_charset
from relcraft.formats.decoding import decode_text
from tests.fuzz.answers import in_time

TEXTS = {
    "cp1252": ("Vorname,Nachname\nZoë,Müller\nJürgen,Groß\n", "Nombre,Apellidos\nAna,Muñoz\n", "Søren,Åkerlund\n"),
    "cp1250": ("Imię,Nazwisko,Miasto\nŁukasz,Wójcik,Łódź\nŻaneta,Dąbrowska,Kraków\n", "Jiří,Dvořák,Tomáš,Šťastný\n"),
    "iso8859_2": (
        "Imię,Nazwisko,Miasto\nŁukasz,Wójcik,Łódź\n",
        "Jiří,Novák\nŽaneta,Dvořáková\nTomáš,Řehoř\nZdeněk,Šťastný\n",
    ),
    "cp1251": ("Имя,Фамилия,Город\nАнна,Каренина,Москва\n", "Name,City\nЛев Толстой,Тула\n"),
    "koi8_r": ("Имя,Фамилия,Город\nАнна,Каренина,Москва\nЛев,Толстой,Тула\n",),
    "cp1253": ("Όνομα,Επώνυμο\nΓιώργος,Παπαδόπουλος\nΜαρία,Νικολάου\n",),
    "cp932": ("姓,名,会社\n山田,太郎,株式会社サンプル\n鈴木,花子,テスト商事\n", "Name,Company\n山田太郎,サンプル\n"),
    "gb18030": ("姓名,公司\n王小明,北京科技有限公司\n", "Name,Company\n王小明,北京公司\n"),
    "big5": ("姓名,公司\n王小明,臺北科技公司\n陳大文,香港貿易公司\n",),
    "cp949": ("이름,회사\n김철수,서울전자\n박영희,부산무역\n",),
}


@pytest.mark.parametrize(("charset", "text"), [(name, text) for name, texts in TEXTS.items() for text in texts])
def test_names_come_out_of_old_encodings_as_they_were_written(charset: str, text: str) -> None:
    data = text.encode(charset)
    assert decode_text(data) == text
    assert {likely_charset(data) for _ in range(3)} == {likely_charset(data)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_never_guessed(encoding: str) -> None:
    text = "Name,City\nZoë Müller,Łódź\n"
    assert decode_text(text.encode(encoding)) == text


def test_a_head_that_ends_within_a_character_is_still_utf_8() -> None:
    data = "Name\n王小明".encode()
    assert [decode_text(data[:-cut])[:7] for cut in (1, 2)] == ["Name\n王小"] * 2


def test_a_few_spoiled_bytes_do_not_spoil_the_rest() -> None:
    assert decode_text("Zoë Müller, Łódź\n".encode() * 20 + b"\xff\n").startswith("Zoë Müller, Łódź\n")


def test_ten_megabytes_take_no_longer_than_their_sample() -> None:
    plain = b"a plain line, as most are\n" * 400_000
    assert in_time(decode_text, plain + TEXTS["cp1251"][0].encode("cp1251")).endswith("Каренина,Москва\n")
    for hostile in (b"\xff" * 10_000_000, bytes(range(128, 256)) * 80_000, (b"a" * 999 + b"\xff") * 10_000):
        assert in_time(decode_text, hostile)


@given(st.binary(max_size=300))
def test_any_bytes_are_some_text(data: bytes) -> None:
    assert isinstance(decode_text(data), str)
    assert decode_text(data) == decode_text(data)
