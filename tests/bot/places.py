"""A small area tree with the traps of the real one: names twice, suffixes of every kind, risk from above."""

from pathlib import Path

from bot.store.areas import Area, AreaKind, AreaTree, Risk

DINGXI_CSV = Path(__file__).parents[2] / "bot" / "demo" / "data" / "dingxi_areas.csv"

PREFECTURE = Area("621100000000", "定西市", AreaKind.PREFECTURE, None)
TONGWEI = Area("621121000000", "通渭县", AreaKind.COUNTY, PREFECTURE.code, Risk.HIGH)
ANDING = Area("621102000000", "安定区", AreaKind.COUNTY, PREFECTURE.code, Risk.LOW)
PINGXIANG = Area("621121100000", "平襄镇", AreaKind.TOWNSHIP, TONGWEI.code)
MAYING = Area("621121101000", "马营镇", AreaKind.TOWNSHIP, TONGWEI.code, Risk.MEDIUM)
ZHONGHUALU = Area("621102001000", "中华路街道", AreaKind.TOWNSHIP, ANDING.code)
HEPING = Area("621121100201", "和平村民委员会", AreaKind.VILLAGE, PINGXIANG.code)
OTHER_HEPING = Area("621121101201", "和平村民委员会", AreaKind.VILLAGE, MAYING.code)
BEIJIE = Area("621102001001", "北街社区居委会", AreaKind.NEIGHBOURHOOD, ZHONGHUALU.code)
PINGAN = Area("621102001002", "平安居民委员会", AreaKind.NEIGHBOURHOOD, ZHONGHUALU.code, Risk.MEDIUM)
XINCUN = Area("621121100202", "新村村村民委员会", AreaKind.VILLAGE, PINGXIANG.code)

AREAS = (
    PREFECTURE, TONGWEI, ANDING, PINGXIANG, MAYING, ZHONGHUALU, HEPING, OTHER_HEPING, BEIJIE, PINGAN, XINCUN,
)  # fmt: skip
TREE = AreaTree(AREAS)
