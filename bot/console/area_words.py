"""What areas, their risk levels, their chat groups and grid workers are called."""

from collections.abc import Mapping

from bot.store.areas import AreaKind, Risk
from bot.store.groups import GroupKind

KINDS: Mapping[AreaKind, str] = {
    AreaKind.PREFECTURE: "市",
    AreaKind.COUNTY: "县区",
    AreaKind.TOWNSHIP: "乡镇、街道",
    AreaKind.NEIGHBOURHOOD: "社区",
    AreaKind.VILLAGE: "村",
}
RISKS: Mapping[Risk, str] = {Risk.HIGH: "高风险", Risk.MEDIUM: "中风险", Risk.LOW: "低风险"}
ABOVE = "above"
# What may be set as an area's own; "above" stands for none.
LEVELS: Mapping[str, str] = {
    **{risk.value: label for risk, label in RISKS.items()},
    ABOVE: "不单独定，随上级",
}
TAGS: Mapping[Risk | None, str] = {Risk.HIGH: "high", Risk.MEDIUM: "medium", Risk.LOW: "low", None: ""}
GROUPS: Mapping[GroupKind, str] = {
    GroupKind.WECHAT: "普通微信群（网格员转发）",
    GroupKind.WECOM_CUSTOMER: "企业微信居民群",
    GroupKind.WECOM_INTERNAL: "企业微信工作群",
}
# Of grid workers, by the value their list is filtered by.
BOUND, UNBOUND, LEFT = "yes", "no", "left"
STANDINGS: Mapping[str, str] = {BOUND: "已绑定微信", UNBOUND: "未绑定微信", LEFT: "已离任"}
DISMISSED = "已办理离任：微信已解绑，绑定码已作废。"
LEFT_UNDONE = "还有 {count} 条转发任务没人转，已标成“转不了”，请到推送的“网格员转发”里看，另外安排人。"
