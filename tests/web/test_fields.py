"""Fields are read as the library reads them, only sooner."""

from urllib.parse import parse_qsl, urlencode

import pytest

from tracker.web.fields import put_back

SENT = [
    urlencode({"text": "道路已拓宽 & 完毕=100%+", "b": "é\n\0"}).encode(),
    b"a=%26%3D%2B%25E5&b=%e5%85%ac",
    b"a=%E5%85&b=%AC",  # a sign cut in two is no text
    b"a=%FF%FE&b=%C3%28&c=%ED%A0%80",
    b"a=%E5%8&b=%&c=%ZZ",
    b"",
]


def _read(body: bytes) -> list[tuple[str, str]]:
    return parse_qsl(body.decode(), keep_blank_values=True, errors="werkzeug.url_quote")


@pytest.mark.parametrize("body", SENT)
def test_what_is_put_back_reads_the_same(body):
    assert _read(put_back(body)) == _read(body)


def test_chinese_text_is_shorter_before_it_is_decoded():
    assert put_back(SENT[1]) == "a=%26%3D%2B%25E5&b=公".encode()
