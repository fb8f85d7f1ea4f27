import pytest

from knowledge.crisis import CrisisKind, is_crisis

# Ways of telling it, several on a line: no message here has a blank in it.
TOLD = {
    CrisisKind.SELF_HARM: """
        我觉得我是个累赘 我就是个多余的人 我活着就是多余的 我成了娃们的累赘了 老了成家里的拖累咧 想一睡不醒 想睡过去不醒来 想一觉睡过去再也不醒来 要是睡着再不醒多好 真盼着晚上睡下就别醒来了
        我想跳洮河 我要跳黄河 想跳到渭河里去 我去投河算了 我站在桥上 我就站在河边上 我这会一个人坐在水库边上呢 站到桥上想跳下去咧 真想一头撞死 我想撞墙 不如撞死算了 我把药攒够了 攒了一瓶药，够了
        娃妈对不起你妈先走了 娃，妈对不起你，妈走了 我走了你们照顾好娃 我走了以后你把娃拉扯大 这辈子就到这儿了 一辈子就走到头了 谁都别找我了 以后谁也甭找我咧 没啥活的了 没啥活头了 心死了
        我的心早死了 媳妇说要喝药寻死 我媳妇说要喝药 我老婆闹着要喝药呢 农药瓶子就在跟前 百草枯就放在手边 我是家里的拖累 拖累了娃们一辈子了 我把娃们拖累苦了 后事我都交代好了 我把后事给娃安顿了
        我们家我就是个累赘 活着光给娃添麻烦 我觉得自己就是个拖累 我活着就是家里的累赘 屋里人都嫌我是个累赘 老了不中用，活着就是拖累儿女 真想睡着了再也不醒来 恨不得一觉睡死过去 干脆一睡不醒算了
        想跳到洮河里去呢 我到渭河大桥上了，想跳河 我在桥上站着呢 我现在一个人在水库边坐着 恨不得一头碰死 娃，妈走了，你好好念书 妈对不起娃们，先走一步了 我走咧，你们把娃照顾好 没啥活头咧 我心死咧
        婆娘吵着要喝药 我妈哭着说要喝药 百草枯就在炕头上 把农药瓶子打开了 我就是你们的拖累 给娃们添累赘呢，活着没用 药都攒下了 后事都给娃交代了 我把后事都交代清楚了 这一辈子就到头了
        我活着没意义，就是个累赘 我老了，成了娃们的包袱 我就是屋里的累赘 我就是这个家的累赘 活着就是个多余人 家里有我没我都一样，我是多余的 真想睡过去再别醒来 睡着就别醒来了该多好 想睡下去再也不起来
        我想去跳洮河 我去跳黄河呀 我想从桥上跳下去 我跳渭河去呢 我站到桥上了 我站在洮河边上 我现在就站在洮河大桥上 我就在桥上站着 一头碰死算了 我撞墙死了算了 我把安眠药攒够了 药攒够了 攒够药了
        我偷偷攒了好多药 妈对不起你，妈先走了 爸先走了，你们好好过 大走了，你们把妈照顾好 我走了你们把娃看好 我走了，娃就交给你了 我这辈子就到这儿了 这辈子就这样到头了 这辈子就到这达了 都别找我了
        谁都不要来找我 谁也别再找我了 没什么活的了 我没啥活的了 心早死了 我心已经死了 婆娘要喝药寻死 婆婆嚷着要喝药呢 我妈闹着要喝药 她说要喝药 媳妇说她要喝药 农药就在我跟前 农药瓶子就在手边
        我跟前就放着农药 手里拿着农药瓶子 把娃们拖累了一辈子 我拖累了娃们 我给家里拖累大得很 我把后事交代好了 后事我安顿好了
    """,
    CrisisKind.MEDICAL: """
        我爸突然说不清话 说话突然不清楚了 一边手没劲了 手脚麻说话不利索 我大今早起来说话不利索咧 老汉右边身子没劲 胳膊抬不起来，话也说不清 我妈一下子说不成话了 孕妇出血了 孕妇头疼眼花 胎动少了
        胎不动了 怀娃的肚子疼 媳妇下面流水了 怀娃七个月，下面见红了 一天没胎动了 肚子里的娃不咋动咧 鱼刺卡喉咙了 鱼刺卡嗓子了咽不下去 娃叫鱼刺卡住嗓子了 娃喝了洗衣液 喝了洗洁精 娃把洗衣液喝上了
        尕娃吞了电池 娃把洁厕灵当饮料喝了 才满月的娃发烧38度8 刚满月的娃烧了39度 月娃烧到38度5 两个月的娃发烧 月娃不吃奶不哭 娃才两个月，烧得烫手 发烧着呢，娃没满三个月 低血糖晕了
        血压200了 血压高到二百一了 血压185，头疼得很想吐 中暑了 我大地里干活中暑咧 爷爷不吃不喝 奶奶两天不吃不喝咧 老人水米不进 血糖低手抖出冷汗 老人出气不匀 我妈出气咋不匀
        我妈说话突然不利索了 突然话说不清了，嘴也歪 我爸一边身子没劲 半边身子麻了 老汉话说不清，手也抬不起来 左手突然没劲了 怀着娃呢，下面流血 老婆怀孕8个月下面流水 孕妇肚子疼得厉害
        媳妇怀娃头疼眼睛花 胎动一下子少了很多 肚里娃今天没动 鱼刺卡着了，吐血 骨头卡嗓子里咧 娃把洗洁精当水喝了 娃舔了洗衣液 孙子把洗衣粉吃了 娃才一个月，发烧呢 出生二十天的娃发烧
        生下十天的娃发烧39度 刚生下的娃发烧 没满月的娃烧得很 月里娃发烧了 不到两个月的娃烧着呢 50天的娃发烧 低血糖犯了，人晕了 高压到210了 血压量了个210 在地里中暑晕倒了 我爷三天不吃不喝
        老人不吃不喝光睡觉 我妈不吃也不喝咧 血糖低得很，手抖出汗 老汉喘气不匀 人出气越来越不匀 我爸话突然说不清了 我爸突然话说不清 我大说不出话了，嘴歪 我妈话说不利索了 我爷说话大舌头
        突然间说话含糊不清 左胳膊没劲了说不成话 右半边身子麻木 一只手突然没劲了 一边的手脚没劲 手麻脚麻话说不利索 孕妇流血了 怀孕的媳妇出血了 怀了娃见血了 孕妇眼睛花头疼得很 胎动没了 胎动变少了
        今天没感觉到胎动 娃在肚子里不动了 怀孕肚子疼 怀娃的女人肚子疼 我媳妇下身流水 媳妇下面淌水呢 怀孕了底下流水 鱼刺卡住了 鱼刺卡在喉咙里 叫鱼刺卡了 嗓子里卡了鱼刺 鱼刺扎嗓子里了 娃把洗衣液喝了
        娃喝洗衣液了 娃误喝洗洁精 尕娃喝了一口洗衣液 娃吃了洗衣凝珠 月娃发烧 月子里的娃发烧 满月的娃发烧39度 娃刚满月发烧38度 刚出生的娃发烧 两个月大的娃娃烧到39度 一个月的婴儿发烧
        娃两个月发烧39 月娃不咂奶 月娃不吃奶 月娃哭都不哭 低血糖晕倒了 低血糖头晕站不住 人低血糖了，出冷汗 血压高到200 血压飙到220 高压200多 中暑了咋办 人中暑了 我妈中暑晕咧
        老人不吃不喝 我婆三天不吃不喝了 血糖低，手抖 老人出气不匀称 老人出气一阵有一阵没
    """,
    CrisisKind.VIOLENCE: """
        娃去河边耍没回来 娃三天没回家 娃放学没回来 女子昨晚没回家 女儿被人带走了 孙子叫个陌生人领走了 有个男的跟着我 有人跟踪我 有人一直跟着我 我被人打了 叫人打了一顿 我叫邻家打伤了 被老公打了
        家里进贼了 尕娃到河边耍去了没回来 娃跑出去耍一天没回来 娃两天没回家了 女子三天没回家 娃叫人抱走了 女儿让人骗走了 一个男的一直跟着我 后头有人跟着我 我让人打了 我被邻居打了 我叫村干部打了
        我叫人给打咧 我媳妇被人打了 娃到河边去了没回来 娃到河边玩没见回来 娃下河耍没回来 娃三天没回来 娃几天没回家了 女儿一晚上没回家 女子叫人领走了 女儿被陌生人带走 丫头叫个男的带走了
        有个男的一直跟着我 后面有个男人跟着我 有人跟着我不放 我被打了 我让人给打了 我叫人打了 我被人打伤了 他们把我打了
    """,
    CrisisKind.FIRE: """
        麦垛着了 麦草垛着了 邻居家着了 手机着了 煤气罐嘶嘶响 隔壁房子着咧 草垛烧着了 电动车着了 电褥子着了 液化气漏了 煤气罐漏着呢 我家着了 麦垛着咧 草垛着起来了 我家房子着了 隔壁着了
        邻居家房子着了 充电宝着了 三轮车着了 煤气罐漏气 煤气罐呲呲响 液化气罐嘶嘶的 灶房着了 麦地着了 山上着了 麦草着了 麦草垛子着了 麦场着了 邻家着了 手机充电着了 楼上着了 草房着了
        炕上被子着了 煤气罐滋滋响 煤气罐漏气了
    """,
}
# The same danger with whichever ending the village gives it: 了 stands for each of them.
ENDINGS = "了咧哩啦嘞喽"
TOLD_WITH_AN_ENDING = {
    CrisisKind.SELF_HARM: """
        我不活了 我也不活了 活不成了 我活不成了 活够了 我活够了 活得没意思了 活得没啥意思了 活着没劲了 这日子过不下去了 我这日子没法过了 我不想过了 我真不想过了 给娃交代一下我走了 给娃们安顿好我走了
        给老婆嘱咐一声我先走了 心死了 没啥活头了 撑不下去了 活不下去了
    """,
    CrisisKind.MEDICAL: """
        婆娘要生了 婆娘肚子疼的要生了 快生了咋办 媳妇马上生了 我媳妇流血了 老婆出血了 婆娘流了好多血 我妈头上流血了 娃流血了 娃不会动了 我爸躺着不动了 老汉突然不动弹了 手让收割机绞了 手叫粉碎机轧了
        收割机把手夹了 铡草机把胳膊卷了 旋耕机把我爸腿压了 手夹机器里了 孩子卡进机器里了 胳膊卷进脱粒机了 从梯子上跌下来了 我大从房顶上摔下来了 娃从楼上掉下来了 老人从楼梯上滚下来了 摔了一跤头破了 跌倒把头碰烂了
        磕到台阶上头流血了 娃头摔破了 咯血了 我爸咳出血了 娃叫车碰了 我妈让三轮车撞了 老汉被摩托撞倒了 车把人碰了 三轮把娃碾了 娃烫伤了一大片 我娃烫伤了 开水烫得一大片皮都掉了 掉井里了 娃跌沟里了
        我妈从炕上跌下来头碰破了 我大叫收割机卷进去了 我爸脑梗犯了 我妈脑梗过现在说不出话了 前年脑出血这会又昏了 我爸没反应了 打完针人没反应了 我妈没气了 气罐跟前的人没气了 天然气熏得没气了
        我爸滑到渠里了 人掉窖里了 被雷打了 地里的人叫雷劈了 喘不上气了 晕倒了 拉血了 娃抽起来了
    """,
    CrisisKind.FIRE: "着火了 我家着了 房子塌了",
    CrisisKind.VIOLENCE: "打起来了 我叫人打了 家里进贼了",
}
TOLD_WITHOUT = {
    CrisisKind.SELF_HARM: "我不活呀 活得没意思 活得真没劲，不如早点走 这日子没法过 我不想再过了，没意思",
    CrisisKind.MEDICAL: """
        我妈一直吐头晕站不住 头晕得站不稳 吐得站不住 爷爷拉黑屎 老人拉黑便 我爸拉的都是黑屎 胸闷气短 我胸闷心慌气短 气短胸闷 我透不过气来 透不过来气 婆娘要生呀 手叫铡草机铡断 满脸是血 血流了一地
        我媳妇下午肚子疼得要生呢 娃脸上烫起泡一大片
    """,
    CrisisKind.VIOLENCE: "儿子打老人 儿子喝酒打老人 媳妇打婆婆 邻居天天打他妈 女婿打丈母娘 他打我还没停手 男人打我，打不过",
}
HARMLESS = """
    抢不到菜 菜抢光了 面被抢空 超市货架都空了被抢完了 跳楼价处理 排队排得我要吐血了 网上快打起来了 手机没电了，救命 要是酒精着火了能用水泼吗 我是多余的那个密接吗 这手续真多余 给你们添麻烦了 想睡个好觉
    晚上睡不着 一觉睡到天亮不醒来能行不 我在大桥上卡口等着呢 我在河边放羊 河边的路通了没 跳广场舞能行不 药攒了好多过期了 农药放在院里要紧不 医生说要喝药 要喝药吗 想喝药能不能送
    我媳妇说要喝药不，还是打针 我走了一天没到 我走了，再见 你们别再找我推销了 地里没啥活了 没有活干了 心累了 死心了 爷爷的后事咋办 后事怎么办 后事交代给谁 这条路到头了 说话算数 你们说话不清不楚
    广播里说话听不清 手脚冰凉 打完针胳膊没劲 打完疫苗手麻 孕妇头疼能吃药吗 怀孕能打疫苗吗 孕妇做核酸在哪 媳妇怀娃了，楼下面流水 下面流水线 娃爱吃鱼刺多咋办 洗衣液哪里买 娃喝了奶粉 吃了消炎药能打疫苗吗
    满月的娃能抱出去吗 三岁的娃发烧 娃一个月没上学了 两个月没发工资 两个月没下雨 血压高能打疫苗吗 血压150 血糖低吃啥 中暑的症状 天热怕中暑 不喝水行不 出气筒 炉子着不着 灯着了 烟着了一根 我家着急
    家里着急 邻居家着急用钱 屋里着了风 车着不了火 电话打着了 气罐在哪换 煤气响应政策 没煤气了 娃去学校没回来 老公没回来 娃在外面打工三天没回家 志愿者三天没回家了 娃被老师带走做核酸 男的女的都要做吗
    有人跟着我做核酸吗 我被打了两针 被打了疫苗 被人打电话骚扰 让他打了招呼 让人打了个电话 叫大夫打了针 小偷多不多 超市被抢空了 菜被抢光了 口罩被抢完了吗 家里菜快吃完了，超市被抢空 超市里都在抢购 抢购
    菜叫人抢了 洋芋跳楼价卖 跳楼价 服装店跳楼大甩卖 核酸捅得我要吐血了 核酸捅得要吐血 群里吵架快打起来了 酒精着火了拿水泼行不 酒精着火能用水灭吗 手机快没电了救命 跳到黄河也洗不清 医生说要喝药，喝啥药
    阳了要不要喝药 我妈问要喝药不 大夫给我妈说要喝药 娃不想喝药 做核酸是多余的吧 天天扫码真是多余 我是不是多余操心 降压药备好了没 攒了钱买药 药费攒了半年 农药买好了没法下地 打农药能出村吗
    我先走了，谢谢 我走了一趟社区没人 你们别找我了 我到这儿了咋登记 我站在桥头卡口等了两小时 我坐在河边钓鱼罚不罚 恶心死了 担心死了 操心死了 爷爷走了，后事安排好了，能摆席不 后事咋办
    戴口罩说话不清楚咋办 娃三岁说话还不清楚 气得我说不出话 打完疫苗左胳膊抬不起来 打完疫苗胳膊麻 孕妇能打疫苗吗 怀孕七个月能做核酸吗 胎动咋数 痰卡在嗓子里怎么办 嗓子里老有痰卡着 痰老卡嗓子
    洗衣液能消毒吗 刚满月的娃能打疫苗吗 娃满月酒，发烧的能来吗 十二个月的娃发烧 血压180能打疫苗吗 血压计200块贵不贵 小心中暑 不吃不喝一年也攒不下 低血糖能打疫苗吗 血糖高能打疫苗吗 炉子着了
    火炕着不了 娃着了凉 老家着了凉 屋里着了凉咳嗽 手机着了迷 娃睡着了 我家找着了 家里烧了两天 娃烧了三天 燃气费漏交了 娃打工没回来 儿子出去打工没回来 我娃在陇西上学没回来 女儿在学校三天没回家
    娃在兰州没回来 娃娃的身份证丢了 老人手机找不见了 健康码不见了 娃被人带走隔离了 邻居叫人拉走隔离了 社区跟踪我的健康情况 娃一直跟着我睡 让人打了疫苗 叫他打了个电话 被护士打了两针 手机被偷了咋办
    我转了三千块才发现是骗子 给社区报了断顿，再找谁 黄河边上那条步道不让人走了 河边能不能走 疫情把生意拖累了 怕拖累村里人 心脏病能打疫苗吗 马上中秋了 我想问一睡觉就出汗咋回事 娃出汗睡不醒 早上睡不醒
    我也不想一直等 没啥活干了 地里没活了 人家说没有活的鱼 一直有人追着我做核酸 我们想跳广场舞 跳绳能跳吗 孩子在河边跑步让不让 我和娃在河边住着 喝药期间能打疫苗吗 我是多余人口吗 我家是拖累户
    活着的鱼能买吗 我想睡觉 娃睡觉不醒咋办 想问娃睡着不醒来 我家在河边上 我站在桥边卡口 我在黄河边上 我在河沿上种地 撞车了 我妈药攒了一抽屉 我走了三公里 我走了就回不来了吗 我爸走了，你们照顾好自己
    我妈走了两天，后事咋办 我走了后娃咋办，隔离几天 到这儿了 不要再给我找我不需要的信息 你们都别找我了，我做过核酸了 没啥活，想打工 操碎了心 大夫说要喝药 娃说要喝药水 我妈说要喝药不 我爸说他要喝药才能好
    孩子不肯喝药 农药放在手边要注意啥 农药放院里 后事我安排好了，能摆席吗 我爷的后事安顿好了 网课老师说话不清楚 电话里说不清 突然说不让出门 一边手上有伤能做核酸吗 手机没劲 孕妇头晕能吃啥药
    孕妇肚子大能做核酸吗 胎动正常吗 鱼能吃吗 喝了酒能打疫苗吗 月娃能做核酸吗 两个月的娃做核酸吗 刚满月能出门吗 两个月前发烧过 我发烧两个月了 二十天的隔离娃发烧 娃隔离20天的时候发烧 中暑是啥
    老人不喝水 山上着了啥树 娃去地里没回来吃饭 娃放学没回来，堵在卡口了 孩子五天没回家，在隔离点 儿子半月没回家了在医院当大夫 女儿被社区的人带走了 女儿被人带走隔离 有人跟我说 跟上我们的政策
    被邻居打小报告 被人打扰 让她打听一下 让人打扫卫生 叫人打水 叫人打墓 叫他打了饭 娃被老师打了分
"""
HARMLESS_TOO = """
    洋芋苗不活了 花栽不活了 树苗都活不成了 病毒活不成了 庄稼活不成了 羊活不成了 冻得鱼不活了 干活得没劲了 生活没意思，想看戏 跟他过不下去了 跟男人日子过不下去了，离婚咋办 没工资日子咋过 我不想过年了 不想过节
    我不想过桥 我不想过去 给社区交代一下我走了 给娃安顿一下作业 我走了给谁报备 羊要生了 母猪快生了 啥时候生效了 马上生日了 娃流鼻血了 牙出血了 手机不动了 车不会动了 排队的人不动了 娃光耍不动作业
    手叫门夹了一下 手机把流量用了 收割机把麦割了 收割机把路压了 收割机一亩多钱 拖拉机能出村吗 快递从楼上掉下来了 羊从崖上跌下来了 菜价跌下来了 价格从高处跌下来了 洋芋价跌到沟里了 水龙头破了 馒头破了
    枕头破了 石头烂了 抢得头破血流 挤破头了 抢菜抢破头了 娃晕车吐 拉黑土 拉黑心棉 羊拉血了 牛拉黑屎 猪流血了 血压高 娃抽血了 忙得透不过气 防护服闷得透不过气 戴口罩透不过气 车让车碰了 羊叫车碰了
    门叫车撞了 电视被雷打了 变压器叫雷打了 雷打不动 天打雷了 羊掉井里了 手机掉井里了 猪娃掉窖里了 钥匙掉沟里了 烫头的店开不开 额头烫 洋芋下窖里了 累死了 急死人 气死我了 累死我咧 急死人咧
    打老人机能扫码吗 先打老人再打娃 打老人年卡 他打我没打 别人打我没打 他们打我不敢打 大人打娃还没打 我老公打我还没打 人家打我能打吗 打老人电话没人接 老人打娃打都要登记吗
    老汉七十二有高血压还有个脑梗后遗症打疫苗能打不 我妈得过脑梗能打疫苗吗 脑梗病史打疫苗行不 我爸有脑梗能打疫苗吗 前年脑出血过能打吗 心梗的人能不能打疫苗 中风后遗症低保能办吗
    封控的楼单元门用电焊焊住了着火跑不出去真的吗 那个小区着火了真的吗 有人跳楼真的吗 县上有人杀人真的吗 封村不让出门打农药 不让走说要打疫苗 我家的洋芋要打农药封着不让出去 封着不让出门咋打农药
    我姑妈说她们那里打了疫苗的人都得了糖尿病叫我爸不要打我爸有糖尿病 我没打我妈打了 打疫苗打不打我妈怕 我不打我妈也不打 从墙上跌下来的土 从车上滚下来的洋芋咋卖 老汉从房上跌下来瘫了医药费能报销吗
    小卖部活不成了 家里信号让雷打了 帽子掉河里了 被子从楼上掉下来了 核酸捅得娃流血了 人卡在兰州机场了 我卡到飞机上了 马上生了火 从高房价跌到底了 肚子疼得要生病了 拉血压计 大姨妈流血多 人流血多吗 拖拉机把人家地压了 水管接头破了 给家里安顿好我走了去工地 头晕手抖站不住，值班没人顶 活着没啥奔头
    没人打我的电话 咋没人打我手机 手机没反应了 小程序点着没反应了 报给社区没反应了 车胎没气了 液化气罐没气了 煤气灶没气咧 打火机没气了
    屋里断顿了 揭不开锅了 娃没奶吃 门锁死了出不去
    咯血一般是哪些病引起的 肺上有病会不会咯血 老年人咯血该挂哪个科 咳血是什么原因 慢阻肺胸闷气短如何调养
"""
# 着哩 and 着嘞 say that something goes on: a fever, a stove, a charger; 着咧 does of people and lamps, and of a house that it burns.
GOING_ON = """
    尕娃发烧着哩哪个医院收 娃烧着哩三十八度五咋弄 我妈发着烧哩 娃娃烧着咧卖药的开着没 奶奶烧着嘞吃啥药 炕烧着哩 锅里水烧着哩
    手机充着电哩 手机充电着哩 充电着咧 我在楼上着哩 娃在屋里着哩 羊在山上着哩 我在我家着哩 我在隔壁着哩 我在邻居家着哩 电视着哩
    灯点着哩 蜡点着咧 炉子火着哩 邻居烧着哩三天了 我家人都烧着哩
"""
BURNING = """
    房子着哩 房子着咧 隔壁着哩 我家着哩 麦垛着嘞 草垛烧着哩 柴房烧着了 柴房烧着哩 房子烧着咧 羊圈烧着嘞 大棚着哩 山上着哩 楼上着咧，快来
    把柴垛点着咧 把房子点着哩 把麦草点着了 林子烧着哩 隔壁房子着哩 煤气罐着咧 邻居家烧着了 现在房子着哩 着火咧 着火哩 插座着哩
    火着咧 火在房子着哩 屋里烧着咧人出不来 屋里烧着哩人出不来 家里烧着咧 三轮车着咧 电热毯着咧
"""
# An illness that breaks out, a heart, a fit, a stroke; what keeps somebody alive has run out.
BROKEN_OUT = """
    胸口闷得很直出冷汗 胸闷出冷汗 心慌胸闷出冷汗手脚发凉 心口闷，一身虚汗 我大心脏病犯了，速效没了 心脏病犯了村口堵着出不去 老汉心脏病又犯咧
    我媳妇癫痫犯了 娃羊癫疯犯了 我妈哮喘犯了喷的药没了 娃惊厥了 娃高热惊厥咋办 孙子惊厥过去了 老人躺地上说不出话了 奶奶倒在地上不会动了
    爷爷口水流一边说不出话了 奶奶嘴角流口水不会说话了 老汉说不出话了，口水直流 我妈晕了 老人突然晕了 我大晕了 媳妇刚刚晕咧 我爷晕了过去
    停电了，我爸靠呼吸机 我家停电了老人用制氧机 呼吸机没电了 制氧机用不了了，停电着哩 胰岛素断了两天头晕得很 胰岛素没了，人迷糊着哩 两天没打胰岛素恶心得吐
    我打疫苗以后腿瘫了 我妈打完针腿突然瘫了 娃胳膊瘫了
"""
WEARY = """
    我活不了了 真的活不了咧 这日子活不了了 我走了你们别找我 我走了，别找我了 我走咧你们都别找我 药都准备好了今晚就走 药买下了，今晚上路 我死在你们门口
    再不给送面我就死在你们门口 我死在社区门口 我就死在家里
"""
IN_PINYIN = ("wo bu xiang huo le", "bu xiang huo", "wo huo bu xia qu le", "woxiangzisha", "Wo xiang zi sha")
STARVING = """
    快饿死了两天没吃饭了 我们快饿死了，三天没吃东西了 三天没吃上饭了快饿死了 两天没饭吃，饿得站不住 饿得不行，一家子两天没吃了
"""
NOT_BROKEN_OUT = """
    哮喘犯了能用艾条熏不 哮喘老犯是什么原因
    心脏病犯了以后还能打疫苗吗 药买好了明天走 停电通知里没说制氧机咋办
    心脏病能打疫苗吗 心脏病犯过能打疫苗吗 去年心脏病犯了住院的钱能报吗 胃病犯了吃啥药 老毛病犯了 烟瘾犯了 癫痫病人能打疫苗吗 惊厥过能打疫苗吗 热性惊厥咋预防
    娃有惊厥史能做核酸吗 胸闷出冷汗是什么原因 娃流口水还不会说话 问得人都晕了 把我绕晕了 我晕了，这政策 我妈晕车 娃晕针 停电了手机没电 呼吸机在哪买 胰岛素没了在哪买
    胰岛素断货了吗 吓得腿都瘫了 累得腿瘫了 我爸腿瘫了五年能评残吗 腿瘫痪能办残疾证吗 病毒活不了了 新冠病毒遇热活不了了 苗活不了了 我妈晕死了，扫码不会 羊活不了了 你们走了别找我要东西 做完核酸我先走了 药都准备好了
    饿死了啥时候发饭 饿死人了 饿得慌 羊饿死了 两天没吃菜了 我家两天没菜吃 我要做好事 死在外地的人咋拉回来 我爸死在医院门口了 病人死在医院门口
"""
NOT_IN_PINYIN = ("bu xiang huo dong", "zai na li mai cai", "xiang huo ju shenme shihou")
# What is only feared, what was long ago, whom the village has killed.
NO_DANGER_NOW = """
    社区要打死我家的狗 他们把我家的狗打死了 说是要打死我家的猫 打我家的狗算啥 想杀我家的猪了 做核酸前不吃东西会晕倒不 站久了怕晕倒 饿着肚子排队容易晕倒
    鸡都要断气了没饲料 羊也快断气了 猪快要断气了 我爷爷去年跳河走的今年能上坟吗 我叔前年喝农药走的，三年纸咋烧 我姨早年上吊死的
"""
SICK_ANIMALS = """
    牛快不行了咋办 我家狗翻白眼了 鸡吃了老鼠药 狗把老鼠药吃了 猪不吃不喝 羊不吃不喝 羊抽风了 驴掉到沟里了 羊吃了农药 羊快不行了 狗翻白眼了 牛口吐白沫 我家的羊今早把农药吃上了 牛掉到沟里了 母猪快生了
    一头牛撞了墙 一头猪
"""
HEARD_OR_ASKED = """
    大白中暑了咋防 听说邻居家着了 会不会着火 怎么预防中暑 大白会不会中暑 听说谁家着火了 什么情况要打120 听说洮河边上有人跳河是真的吗 网传邻居家着了 孕妇会不会肚子疼 怎么预防低血糖晕倒
"""


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("我想喝农药算了", CrisisKind.SELF_HARM),
        ("我哥说他没脸活了，电话也打不通", CrisisKind.SELF_HARM),
        ("活着没意思，想一死了之", CrisisKind.SELF_HARM),
        ("孩子抽搐了叫不醒", CrisisKind.MEDICAL),
        ("我爸胸口疼得喘不上气", CrisisKind.MEDICAL),
        ("打完疫苗脸肿了出不来气", CrisisKind.MEDICAL),
        ("老汉半夜里气都上不来咧", CrisisKind.MEDICAL),
        ("娃吃了虾喉咙肿起来咽不下", CrisisKind.MEDICAL),
        ("奶奶一口一口倒气", CrisisKind.MEDICAL),
        ("打完疫苗脸肿了", CrisisKind.MEDICAL),
        ("阳了烧着呢，吸不进气", CrisisKind.MEDICAL),
        ("怀着娃气短得上不了楼", CrisisKind.MEDICAL),
        ("娃烧得嘴皮发青", CrisisKind.MEDICAL),
        ("我婆婆喝了农药", CrisisKind.MEDICAL),
        ("娃把农药喝上了", CrisisKind.MEDICAL),
        ("老汉喝了一瓶老鼠药", CrisisKind.MEDICAL),
        ("我大心口子疼得冒冷汗", CrisisKind.MEDICAL),
        ("胸口压得慌，胳膊也麻", CrisisKind.MEDICAL),
        ("打完疫苗浑身起疹子，气短得很", CrisisKind.MEDICAL),
        ("排队做核酸老人晒晕了", CrisisKind.MEDICAL),
        ("我妈三天没吃饭了话也不说了", CrisisKind.MEDICAL),
        ("救救我妈", CrisisKind.MEDICAL),
        ("救命", CrisisKind.UNCLEAR),
        ("掌柜的把百草枯当水喝了一口", CrisisKind.MEDICAL),
        ("婆婆误吃了野蘑菇，人都迷糊了", CrisisKind.MEDICAL),
        ("我哥糖尿病没打胰岛素，昏昏沉沉的", CrisisKind.MEDICAL),
        ("地里晒了一天，身上烫得很，说胡话", CrisisKind.MEDICAL),
        ("放羊叫蛇咬了，腿肿了", CrisisKind.MEDICAL),
        ("枣核卡到嗓子里，脸憋得青紫", CrisisKind.MEDICAL),
        ("接种点刚打完针，人就栽倒了", CrisisKind.MEDICAL),
        ("怀娃八个月，眼睛花，脚肿得很", CrisisKind.MEDICAL),
        ("铡草机把手铰了", CrisisKind.MEDICAL),
        ("吃了花生起红疙瘩，脖子肿了", CrisisKind.MEDICAL),
        ("一壶开水倒到娃身上了", CrisisKind.MEDICAL),
        ("生完娃第五天，血流得止不住", CrisisKind.MEDICAL),
        ("娃掉到涝坝里了", CrisisKind.MEDICAL),
        ("狗把娃脸咬烂了", CrisisKind.MEDICAL),
        ("独居老汉两天没开门，敲门没人应", CrisisKind.MEDICAL),
        ("隔壁后爸拿皮带抽那个娃", CrisisKind.VIOLENCE),
        ("有个男的撕我衣服", CrisisKind.VIOLENCE),
        ("我女子叫人拉上车拉走了", CrisisKind.VIOLENCE),
        ("把老人锁在柴房里，没给吃的", CrisisKind.VIOLENCE),
        ("女子胳膊上是刀片划的", CrisisKind.SELF_HARM),
        ("同学站在楼顶边上不下来", CrisisKind.SELF_HARM),
        ("我弟说下辈子再做兄弟", CrisisKind.SELF_HARM),
        ("发大水了，水进院子了", CrisisKind.FIRE),
        ("电梯卡住了，娃在里头", CrisisKind.FIRE),
        ("后山塌下来了", CrisisKind.FIRE),
        ("老人快不行了", CrisisKind.MEDICAL),
        ("男人喝醉了打人，拿着刀", CrisisKind.VIOLENCE),
        ("邻居家着火了", CrisisKind.FIRE),
        ("我 想 自 殺", CrisisKind.SELF_HARM),
    ],
)
def test_danger_to_life_is_heard_and_its_kind_told(message: str, kind: CrisisKind) -> None:
    assert is_crisis(message) is kind


@pytest.mark.parametrize(
    "message",
    [
        "笑死我了",
        "今天热死了",
        "酒精能杀死病毒吗",
        "听说有人被打了是真的吗",
        "坐火车要几小时核酸",
        "打人工电话咋没人接",
        "娃娃打疫苗疼不疼",
        "灭火器在哪里领",
        "暖气上不来，屋里冷得很",
        "液化气接不上咋办",
        "煤气灶出不来气",
        "嗓子肿了，天气太干吃啥",
        "嗓子肿了咽不下饭",
        "绊了一跤没摔倒气得哭",
        "烟囱倒气咋收拾",
        "打完针胳膊肿了",
        "哮喘的人打完疫苗要注意啥",
        "打农药收麦子要戴口罩不",
        "下地打农药能出村吗",
        "娃不吃饭光耍手机",
        "炉子咋样防煤烟中毒",
        "去年我爸中风过，现在能打疫苗吗",
        "电视剧里那个人跳河了，太可惜了",
        "孕妇快生了，要准备啥手续",
        "我小时候掉到河里过，现在还怕水",
        "邻居叫人拉走隔离了",
        "痰卡在嗓子里怎么办",
        "手指头断了的老人谁能代签字",
        "120户没通电",
        "罚120元没通知",
        "封控120天没人来过",
        "120斤洋芋没人来拉",
        "养老金120没到账",
        "打120没通行证能过卡口吗",
        "",
    ],
)
def test_figures_of_speech_and_questions_are_no_crisis(message: str) -> None:
    assert is_crisis(message) is None


@pytest.mark.parametrize(
    ("message", "kind"), [(message, kind) for kind, told in TOLD.items() for message in told.split()]
)
def test_danger_is_heard_in_the_words_that_people_have_for_it(message: str, kind: CrisisKind) -> None:
    assert is_crisis(message) is kind


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (message.replace("了", ending), kind)
        for kind, told in TOLD_WITH_AN_ENDING.items()
        for message in told.split()
        for ending in ENDINGS
    ]
    + [(message, kind) for kind, told in TOLD_WITHOUT.items() for message in told.split()],
)
def test_danger_is_heard_whatever_it_ends_in(message: str, kind: CrisisKind) -> None:
    assert is_crisis(message) is kind


@pytest.mark.parametrize("message", [*HARMLESS.split(), *HARMLESS_TOO.split()])
def test_what_only_shares_its_words_with_danger_is_none(message: str) -> None:
    assert is_crisis(message) is None


@pytest.mark.parametrize("message", GOING_ON.split())
def test_what_goes_on_in_the_words_of_the_village_is_no_fire(message: str) -> None:
    assert is_crisis(message) is None


@pytest.mark.parametrize("message", BURNING.split())
def test_what_burns_is_a_fire_whether_it_has_caught_or_burns_on(message: str) -> None:
    assert is_crisis(message) is CrisisKind.FIRE


@pytest.mark.parametrize("message", BROKEN_OUT.split())
def test_an_illness_that_breaks_out_is_heard(message: str) -> None:
    assert is_crisis(message) is CrisisKind.MEDICAL


@pytest.mark.parametrize("message", [*WEARY.split(), *IN_PINYIN])
def test_who_is_weary_of_life_is_heard_in_few_words_and_in_pinyin(message: str) -> None:
    assert is_crisis(message) is CrisisKind.SELF_HARM


@pytest.mark.parametrize("message", STARVING.split())
def test_who_starves_is_heard_though_nobody_can_tell_which_help_it_takes(message: str) -> None:
    assert is_crisis(message) is CrisisKind.UNCLEAR


@pytest.mark.parametrize("message", [*NOT_BROKEN_OUT.split(), *NOT_IN_PINYIN])
def test_an_illness_one_lives_with_is_no_danger_at_once(message: str) -> None:
    assert is_crisis(message) is None


@pytest.mark.parametrize("message", NO_DANGER_NOW.split())
def test_what_is_feared_or_long_ago_or_befalls_a_dog_is_no_danger_to_life(message: str) -> None:
    assert is_crisis(message) is None


@pytest.mark.parametrize("message", SICK_ANIMALS.split())
def test_a_sick_animal_is_left_to_the_articles(message: str) -> None:
    assert is_crisis(message) is None


@pytest.mark.parametrize("message", HEARD_OR_ASKED.split())
def test_what_others_tell_and_how_to_prevent_it_is_no_crisis(message: str) -> None:
    assert is_crisis(message) is None


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("羊把我顶了，快不行了", CrisisKind.MEDICAL),
        ("牛把我爸顶得翻白眼", CrisisKind.MEDICAL),
        ("狗把娃咬了，娃抽风了", CrisisKind.MEDICAL),
        ("羊快不行了，老汉也晕倒了", CrisisKind.MEDICAL),
        ("我爸骑驴掉到沟里，叫不醒", CrisisKind.MEDICAL),
    ],
)
def test_who_was_hurt_by_an_animal_is_heard(message: str, kind: CrisisKind) -> None:
    assert is_crisis(message) is kind


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("手机快没电了，救命，有人打我", CrisisKind.VIOLENCE),
        ("手机快没电了，我在山里，救命", CrisisKind.UNCLEAR),
        ("超市被抢空了，我也不想活了", CrisisKind.SELF_HARM),
        ("屋里酒精着火了", CrisisKind.FIRE),
        ("我家酒精着火了拿水泼行不", CrisisKind.FIRE),
        ("我被抢了", CrisisKind.VIOLENCE),
        ("他把我打得像狗一样", CrisisKind.VIOLENCE),
        ("打死我家的狗还打我", CrisisKind.VIOLENCE),
        ("我爷爷去年跳河走的，我也不想活了", CrisisKind.SELF_HARM),
        ("说是会晕倒，刚才真晕倒了", CrisisKind.MEDICAL),
        ("胃疼得吐血了", CrisisKind.MEDICAL),
    ],
)
def test_danger_beside_a_figure_of_speech_is_heard(message: str, kind: CrisisKind) -> None:
    assert is_crisis(message) is kind
