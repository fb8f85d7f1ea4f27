"""What a family reads around the answer to what it asks. For the clerk the same holds as for `bot.wording`."""

CONDOLENCE = "请节哀。\n"
CONGRATULATION = "恭喜您家！\n"
WHOLE_FUNERAL_GUIDANCE = "\n\n白事怎么办的全部提示，回“白事”。"
WHOLE_WEDDING_GUIDANCE = "\n\n红事怎么办的全部提示，回“红事”。"
NOT_IN_IT = "\n\n没说到您问的，回“人工”，我转给工作人员。"
