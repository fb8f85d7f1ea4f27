"""What a message is, in the glossary's terms."""

from enum import StrEnum


class Intent(StrEnum):
    QUESTION = "question"
    RUMOUR = "rumour"
    HEADCOUNT = "headcount"
    LETTER = "letter"
    CUSTOMS = "customs"
    COMMAND = "command"
    CRISIS = "crisis"
    CHAT = "chat"
