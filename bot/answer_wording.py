"""What residents read around an answer: whose rules it tells, what was understood, what may be meant, that nobody knows.

For the clerk who reviews this file the same holds as for `bot.wording`.
"""

ANSWER = "{answer}\n\n依据：{source}\n截至{day}"
UNDERSTOOD_AS = "您问的是“{question}”：\n"
ANSWERED_FOR = "下面说的是{area}：\n"
NOT_FROM_HERE = "我只知道{here}的规定，{place}当地的请打那边的12345。这里是这样：\n"
FOLLOWED = "接着您上一句，您是问“{question}”。\n"
SOURCE_VALID_TO = "（有效至{day}）"
CHOICES = "您问的是下面哪一件？回数字就行：\n{choices}\n{none}. 都不是"
ONE_CHOICE = "您是想问“{question}”吗？\n是，回 1；不是，回 2，我转给工作人员。"
UNKNOWN = (
    "这个问题我现在没有把握，不乱说。已经转给工作人员，编号 {number}，有了答复会告诉您；回“进度 {number}”可以查。\n"
    "着急请打{hotline}，或问{community}。"
)
EXPIRED = "您问的这条规定（{question}）已经到期，新规定还在核实，不能照旧的说。已转给工作人员，编号 {number}。着急请打{hotline}。"
NO_SUCH_NUMBER = "没有这个数字。请回上面列着的数字；都不合适，直接把想问的说一遍，或回“取消”。"
NEEDS_AREA = "这件事各县区规定不一样。请先告诉我您在哪儿：\n{choices}\n回数字，或直接说村名、社区名。"
NONE_OF_THESE = "明白了。已经把您的问题转给工作人员，编号 {number}，有了答复会告诉您。着急请打{hotline}。"
ANSWER_LATER = "您问的“编号 {number}”有答复了：\n{answer}"
OWN_OFFICE = "您所在的社区（村）办公室"
OFFICE_OF = "{community}办公室"
