"""What every column that can hold words holds of people. A new column is not there until somebody has said what.

`contact` how a person is reached, and `network` whence: erased on request. `letter` a letter to a person: its words
are erased. `copy` a working copy of what was typed or read in: what reaches the person is taken out. `note` words
somebody wrote down in passing: erased where the office names them. `name` who did something, and `record` what the
procedure is made of (suggestions, replies, ratings, reasons): kept, the law asks for it. `secret` digests of secrets;
`word` says nothing of a person.
"""

from __future__ import annotations

import sqlalchemy as sa

from tracker.database import Base, Word
from tracker.enciphered import Enciphered, PartlyEnciphered

KINDS = ("contact", "network", "letter", "copy", "note", "name", "record", "secret", "word")
ERASED = ("contact", "network", "letter", "copy")

TABLE = """
agreement           name: entered_by  note: note
alarm               word: form
approval            name: passed_by decided_by  record: remark
approval_rule       name: by_name
assessment          name: begun_by finished_by  word: period title
assessment_scheme   name: by_name  word: data
attempt             network: key
body                word: name short_name name_en former_names document_prefix
body_code           name: made_by  secret: code_hash
body_return         name: asked_by decided_by  record: reason decision_note
body_statement      name: by_name  record: text
chase               name: by_name  note: whom said promised
circulated          name: answered_by settled_by  record: reason settled_note
circulation         name: by_name
class_change        name: by_name  record: reason  word: was_label label
co_opinion          name: by_name bounced_by  record: text bounced_reason
co_signing          name: entered_by  note: note
congress            word: name name_en office_name office_name_en office_email rules_name
contact             name: noted_by  note: person place note
counted             word: category
day                 word: name source
deadline            word: clause explanation void_reason
delegation          contact: liaison_name liaison_email  word: name name_en
delivery            name: by_name  note: note lost_why
deputy              contact: email phone address employer  name: name card_number  word: language
document            copy: found shown corrected enclosed  name: settled_by  record: name title
document_sending    name: sent_by  record: name left_out
draft               copy: said  name: begun_by saved_by  record: title  secret: key page
enclosure           record: content  word: key name media_type
entry               name: actor_name on_behalf_of  record: facts  word: move actor_kind
erasure             name: asked_by done_by dropped_by  record: reason  word: kind notes counts
extension           name: asked_by decided_by  record: reason decision_note
figure              word: period key
figures_choice      name: chosen_by
file                name: stored_by  record: name  secret: stored_name digest  word: media_type
fixed               word: kind  secret: digest
following_choice    name: chosen_by
habit               name: by_name
hand_over           name: by_name  word: document_number
handing             name: to_name by_name
held                word: holder task
held_reckoned       word: calendars
held_tally          word: holder task
hold                name: by_name ended_by  record: reason  word: week
inspection          name: noted_by people  record: place findings
instruction         name: leader recorded_by  record: text  word: bulletin
instruction_duty    name: answered_by  record: answer
issue               record: figures  secret: digest  word: week
issue_correction    name: by_name  record: text
issue_item          record: said  word: section branch
job_run             word: job slot claimed_by outcome error
kept_backup         word: name revision  secret: digest
key_item            name: leader by_name  record: note  word: meeting
lead_agreement      name: asked_by agreed_by refused_by  record: reason  secret: digest
ledger_import       copy: report  name: by_name  record: file_name  secret: digest
ledger_row          copy: cells known_by
letter              contact: to_address  letter: body_text body_html facts  name: to_name  record: subject
letter              word: kind key person_key channel language reply_to message_id claimed_by last_error
link                name: holder_name  secret: digest  word: language
loaded_year         word: source
meeting             word: name name_en number_pattern
meeting_decision    name: by_name  record: note  word: meeting
merger              name: by_name undone_by  record: reason undone_reason
named_view          copy: query  record: name  word: page
network_seen        secret: network
notice              name: drafted_by issued_by found_by ended_by addressee sender  secret: digest
notice              record: text copies_to found_note ended_note
notice_answer       name: by_name on_behalf_of  record: text measures
notice_item         record: record
off_line            name: noted_by
officer             contact: email phone  name: name title  word: language
other_number        word: ledger number
paper               name: printed_by  record: subject  secret: code  word: about
paper_scan          name: taken_by  word: became
password_wish       network: email
pending_case        name: by_name ended_by  record: reason end_reason
points_given        name: by_name  record: reason  word: item points
press               secret: token  word: address
progress_note       name: by_name  record: text
promise             name: owner  record: what
promise_judgement   name: entered_by decided_by  record: note decision_note
promise_report      name: by_name  record: note
public_page         name: shown_by ended_by  record: title deputies question answer ended_reason
publication         name: noted_by  record: place
quiet               name: by_name lifted_by  record: reason  word: from_week until_week
rating              name: entered_by  record: comment reason
rating_network      network: network
reader              name: name  word: person_key rank scope channel
reading             name: by_name
receipt             name: by_name
reckoning           name: by_name
recovery_code       secret: digest
remark              name: by_name seen_by withdrawn_by  note: text withdrawn_reason
reply               contact: contact_phone  name: signer contact_person submitted_by
reply               record: text refusal legal_basis draft_promises  word: class_label document_number
reply_measure       record: what
reply_point         record: request answer
reply_version       copy: facts  name: by_name  record: text  word: class_label
ringer              word: name
rule_set            secret: digest  word: name title_zh title_en organ organ_en level data source
same_matter         name: by_name undone_by  record: reason undone_reason
seal                secret: digest previous marks  word: table_name
second_factor       secret: salt new_salt
sending_back        name: by_name  record: reasons note
sheet               contact: contact_person contact_phone contact_address  secret: draft_key
sheet               word: unsolved_for wished_body wished_way source source_number
sign_in             network: address agent  secret: digest
signal              record: facts  word: kind
signal_answer       name: by_name on_behalf_of  record: text
signal_choice       name: by_name  word: kind thresholds
signal_dismissal    name: by_name undone_by  record: reason
signal_look         name: by_name
signing_mode        name: by_name
study               name: by_name kept_by  record: note
succession          word: document_number
suggestion          record: title text remark  word: number number_key category survey_method
to_sign             copy: facts  name: drawn_up_by signed_by given_back_by  record: remark  word: kind
told                word: person_key word
trace               name: actor_name  record: facts  word: act actor_kind
trace_aside         network: value  secret: salt  word: name
use_hint            name: seen_by
user                contact: email  name: name  secret: password_hash  word: language
withdrawal          name: asked_by  record: reason
"""


def _read(text: str) -> dict[tuple[str, str], str]:
    found, kind = {}, ""
    for line in filter(str.strip, text.splitlines()):
        table, *words = line.split()
        for word in words:
            if word.endswith(":"):
                kind = word[:-1]
            else:
                found[table, word] = kind
    return found


CLASSES = _read(TABLE)


def columns() -> dict[tuple[str, str], sa.Column[object]]:
    """Every column that can hold words, but for those that hold a word of a list."""
    kinds = (sa.String, sa.JSON, sa.LargeBinary, Enciphered, PartlyEnciphered)
    return {
        (table.name, column.name): column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, kinds) and not isinstance(column.type, Word)
    }
