"""What can be done to letters, each act in its own module: write, clear, send, file what came."""

from clearinghouse.letters.actions.clearing import clear, clear_batch, send_back
from clearinghouse.letters.actions.drafting import draft, draft_batch, load, revise
from clearinghouse.letters.actions.sending import (
    Answer,
    Receipt,
    Sending,
    attach_scan,
    cancel,
    dispatch,
    dispatch_batch,
    file_reply,
    initial,
    put_hand_to_batch,
    receive,
    sign,
)

__all__ = [
    "Answer",
    "Receipt",
    "Sending",
    "attach_scan",
    "cancel",
    "clear",
    "clear_batch",
    "dispatch",
    "dispatch_batch",
    "draft",
    "draft_batch",
    "file_reply",
    "initial",
    "load",
    "put_hand_to_batch",
    "receive",
    "revise",
    "send_back",
    "sign",
]
