"""What residents read when their household's numbers leave something open, and when they come back to it or not."""

from collections.abc import Mapping
from types import MappingProxyType

DOUBTS: Mapping[str, str] = MappingProxyType(
    {
        "figures_clash": "这几个数我对不上，怕给您记错。请再说一遍：一共几口人，几个在家，几个在外地？",
        "vague": "人数请说个准数，比如“我家5口人，2个在外地”。",
        "too_many": "一户这么多人，怕是记错了。请再说一遍您家一共几口人；如果没错，请告诉网格员。",
        "guests": "来做客的不算。请只说您自家一共几口人，几个在外地。",
        "unlabelled": "这几个数分别是什么？请像这样说：“我家5口人，2个在外地”。",
        "unanchored": "请像这样说全：“我家5口人，2个在外地”。",
        "nothing_said": "请说一共几口人，几个在外地，比如“我家5口人，2个在外地”。",
        "several_households": "人数按一户一户登记，怕给您加错。请只说您自己这一户，比如“我家3口人，都在家”；另一户请那家的人来报，或告诉网格员。",
        "one_fewer": "您说家里少了一位，我怕记错，先不记。出了远门的，请说“我家5口人，1个在外地”；要是人不在了，请您节哀，只说家里现在几口人就行，比如“现在4口人”。",
    }
)
WHICH_PEOPLE = (
    "这{number}人是在家的，还是在外地的？请回“在家”或“在外”；要是您家一共就{number}口人，请回“一共”。"
)
# Below the reply to something else. What it asks for must fit no list or question above it: no bare number, no bare 对.
STILL_OPEN = "\n\n————\n您家人数还没报完：{asked}"
STILL_RIGHT = "{figures}。没错，回“人数对”；要改要补，直接说，比如“2个在外地”。"
CALLED_OFF = "好的，不报了，这次说的人数没有登记。以后想报，说“我家5口人，2个在外地”就行。"
