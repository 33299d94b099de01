"""Which branch a body is taken to belong to by its name, when it is created from a ledger; the first that fits."""

from __future__ import annotations

from tracker.structure.models import Branch

BRANCHES: tuple[tuple[str, Branch], ...] = (
    (r"法院", Branch.COURT),
    (r"检察院", Branch.PROCURATORATE),
    (r"监委|监察委", Branch.SUPERVISORY_COMMISSION),
    (r"人大|人民代表大会", Branch.CONGRESS),
    (r"团委|共青团|妇联|总工会|残联|工商联|文联|科协|红十字会|侨联|贸促会", Branch.MASS_ORGANISATION),
    (r"党委|市委(?!会)|县委|区委|省委|组织部|宣传部|统战部|政法委|编办|党校|网信办", Branch.PARTY),
    (r"公司|集团|银行|支行", Branch.ENTERPRISE),
    (r"(?:镇|乡|街道)(?:人民政府|政府|办事处)?$|(?:县|区|市)(?:人民政府|政府)$|管委会$", Branch.LOWER_GOVERNMENT),
)
OTHERWISE = Branch.GOVERNMENT
