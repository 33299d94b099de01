"""Telephones, mail addresses and identity numbers are seen however people write them, and nothing else is."""

import pytest

from tracker.contact_facts import (
    IDENTITY,
    LANDLINE,
    MAIL,
    MOBILE,
    could_be_a_number,
    digits_of,
    mail_address,
    plain,
    telephone_meant,
    tells,
)

PATTERNS = {"mobile": MOBILE, "landline": LANDLINE, "identity": IDENTITY, "mail": MAIL}
IN_TEXTS = [
    ("mobile", "电话13912345678。", "13912345678"),
    ("mobile", "139 1234 5678", "139 1234 5678"),
    ("mobile", "139-1234-5678，", "139-1234-5678"),
    ("mobile", "139–1234–5678", "139–1234–5678"),
    ("mobile", "139 - 1234 - 5678", "139 - 1234 - 5678"),
    ("mobile", "139.1234.5678", "139.1234.5678"),
    ("mobile", "1391 2345 678", "1391 2345 678"),
    ("mobile", "１３９１２３４５６７８", "13912345678"),
    ("mobile", "１３９－１２３４－５６７８", "139-1234-5678"),
    ("mobile", "139　1234　5678", "139 1234 5678"),
    ("mobile", "+8613912345678", "+8613912345678"),
    ("mobile", "（+86）139-1234-5678", "(+86)139-1234-5678"),
    ("mobile", "0086 13912345678", "0086 13912345678"),
    ("mobile", "8613912345678", "8613912345678"),
    ("mobile", "013912345678", "013912345678"),
    ("landline", "0312-1234567", "0312-1234567"),
    ("landline", "0312 1234567", "0312 1234567"),
    ("landline", "（0312）1234567", "(0312)1234567"),
    ("landline", "(010) 6234 5678", "(010) 6234 5678"),
    ("landline", "01062345678", "01062345678"),
    ("landline", "０２１－５５５０１２３４", "021-55501234"),
    ("landline", "+86 10 6234 5678", "+86 10 6234 5678"),
    ("landline", "+86-(0)312-1234567", "+86-(0)312-1234567"),
    ("landline", "0312-1234567-801", "0312-1234567-801"),
    ("landline", "0312-1234567转801。", "0312-1234567转801"),
    ("landline", "0312-1234567 转分机 801", "0312-1234567 转分机 801"),
    ("landline", "0312-1234567 ext. 801", "0312-1234567 ext. 801"),
    ("identity", "身份证号110101199003071234。", "110101199003071234"),
    ("identity", "11010119900307123x", "11010119900307123x"),
    ("identity", "110101 19900307 1234", "110101 19900307 1234"),
    ("mail", "请联系zhang@example.cn即可", "zhang@example.cn"),
    ("mail", "邮箱：Zhang.San+a@Mail.Example.CN。", "Zhang.San+a@Mail.Example.CN"),
    ("mail", "write to zhang@example.cn.", "zhang@example.cn"),
    ("mail", "zhang＠example．cn", "zhang@example.cn"),
    ("mail", "<zhang@example.cn>;li@example.cn", "zhang@example.cn"),
]
NONE = [
    "道路已经拓宽，投资1300万元，全长13912米。",
    "文号 20260307123456789012，合同号 139123456789。",
    "期限2026-0101，编号 010-12345，比例 0.123 4567890。",
    "2026-03-05 13:30 至 2026-03-06 14:00",
    "ISBN 978-010-1234567",
    "热线12345，客服400-123-4567，火警119",
    "统一社会信用代码911100001000013428",
    "a@b，@代表，zhang@localhost",
]


@pytest.mark.parametrize(("kind", "text", "found"), IN_TEXTS)
def test_what_reaches_or_names_a_person_is_seen(kind, text, found):
    searched = {name: pattern.search(plain(text)) for name, pattern in PATTERNS.items()}
    assert {name: match[0] for name, match in searched.items() if match} == {kind: found}
    assert tells(text)
    assert could_be_a_number(text) is (kind != "mail")


@pytest.mark.parametrize("text", NONE)
def test_other_numbers_are_none(text):
    assert not tells(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((text, found) for kind, text, found in IN_TEXTS if kind in ("mobile", "landline")),
        ("手机 139-1234-5678 或 0312-1234567", "139-1234-5678"),
        ("6234567，13912345678", "13912345678"),
        ("办公室 6234 5678", "6234 5678"),
        ("6234567-12", "6234567-12"),
        ("400-123-4567", "400-123-4567"),
        ("139123456789", "139123456789"),
        ("无", ""),
    ],
)
def test_in_the_place_of_a_telephone_any_number_that_may_be_one_is_read(typed, meant):
    assert telephone_meant(typed) == meant


def test_a_mail_address_is_read_out_of_what_stands_around_it():
    assert mail_address("电子邮箱：zhang@example.cn（工作日）") == "zhang@example.cn"
    assert mail_address("无") == ""


@pytest.mark.parametrize("text", ["139123456789", "312-1234567", "911100001000013428"])
def test_what_may_be_a_number_mistyped_is_locked_too(text):
    assert could_be_a_number(text)
    assert not tells(text)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("+86 139-1234-5678", "13912345678"),
        ("0086１３９１２３４５６７８", "13912345678"),
        ("0139 1234 5678", "13912345678"),
        ("(0312) 6234567", "03126234567"),
        ("+86-312-6234567", "03126234567"),
        ("+86 (0)10 6234 5678", "01062345678"),
        ("6234567", "6234567"),
        ("86123456", "86123456"),
        ("0312-6234567转801", ""),
        ("江滨路41号", ""),
    ],
)
def test_the_digits_of_a_telephone_are_those_dialled_inside_the_country(written, digits):
    assert digits_of(written) == digits
