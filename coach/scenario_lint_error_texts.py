"""What the lint of scenarios says in Chinese, by its English templates; a part of `coach.error_texts`."""

from __future__ import annotations

from collections.abc import Mapping

SCENARIO_LINT_ZH: Mapping[str, str] = {
    # age and layout
    "expired on {day}": "已于 {day} 过期",
    "review it and set a new date": "复核内容并改日期",
    "no 'created' date, so nobody can tell when it gets stale": "没有 'created' 日期，看不出什么时候过时",
    "add created: {today}": "补上 created: {today}",
    "{days} days old, over {most}": "已有 {days} 天，超过 {most} 天",
    "{days} days old; a review is due before day {most}": "已有 {days} 天；满 {most} 天前要复核",
    "review prices, facts and what may be said, then write {today}": "复核价格、资料和能说的话，然后写 {today}",
    "no line tells editors the schema": "没有告诉编辑器用哪个 schema 的那一行",
    "write {line} at the top: editors then complete keys and mark mistakes": (
        "在第一行写 {line}：编辑器就能补全键名并标出错误"
    ),
    "off without quotes is 'false' to other YAML readers, editors among them": (
        "不加引号的 off 在编辑器等其他 YAML 工具里会变成 false"
    ),
    'write cues: "off"': '写成 cues: "off"',
    "spaces around {value!r}": "{value!r} 前后有空格",
    "one entry, though it looks like {count}: {value!r}": "看起来是 {count} 项，其实只有一项：{value!r}",
    "still to be written": "这里还没写",
    "put your own words in the place of TODO": "把 TODO 换成你自己的话",
    # product
    "expected live ≤ list, got live {live:g} and list {usual:g}": "应有 live ≤ list，现为 {live:g} 和 {usual:g}",
    "list is the true usual price, live the price in the room: swap or correct them": (
        "list 是真实的平时价，live 是直播间价：对调或改正"
    ),
    "expected floor ≤ live, got floor {floor:g} and live {live:g}": (
        "应有 floor ≤ live，现在 floor {floor:g}、live {live:g}"
    ),
    "floor is the lowest the streamer may agree to: write {live:g} or less": (
        "floor 是主播能答应的最低价：写 {live:g} 或更低"
    ),
    "neither statement nor aliases, so nobody can hit this point": "没有 statement 也没有 aliases，谁也讲不中这个卖点",
    "add statement: the point in one good spoken sentence": "补上 statement：用一句顺口的话说这个卖点",
    "{fact!r} is neither in product.facts nor in the statement": "{fact!r} 不在 product.facts 里，也不在 statement 里",
    "add it to product.facts, or spell it as it stands there": "写进 product.facts，或改成那里的写法",
    "uses {word!r}, which product.must_not_say forbids": "用了 product.must_not_say 禁止的 {word!r}",
    "word it differently; only a viewer who baits, pushes, asks or heckles may say it": (
        "换个说法；只有下套、逼问、提问、起哄的台词可以用它"
    ),
    "the point's own sentence does not count as saying it": "照着这个卖点自己的句子说，也不算讲到",
    "add aliases: short words a streamer would use for this point": "补上 aliases：主播会用的短说法",
    "said with all its must_facts, the point still counts as partial": "把 must_facts 都说了，这个卖点也只算讲了一半",
    "spell must_facts as they are spoken, a number with its unit, such as 300 ml": (
        "must_facts 按口语写，数字带单位，例如 380克；不要带“不”字，如 304不锈钢 写成 “304”"
    ),
    # viewers
    "{need!r} is no selling point, fact or certificate": "{need!r} 不是卖点、资料或证书",
    "nothing the streamer can say counts as showing {need!r}": "主播怎么说都不算拿出了 {need!r}",
    "name a selling point, or word the fact as it is spoken": "改成某个卖点，或把资料写成口语的说法",
    "{count} hostile viewer types need a chosen intensity_cap": "有 {count} 种不友好的观众，需要写明 intensity_cap",
    "add intensity_cap: 2, or another from 0 to 4": "补上 intensity_cap: 2，或 0 到 4 的其他值",
    "with intensity_cap 0 a troll says nothing": "intensity_cap 为 0 时黑粉不会开口",
    "write intensity_cap: 1": "写成 intensity_cap: 1",
    "intensity {cap}: the streamer is asked for consent before it starts": "强度 {cap}：开始前会征求主播同意",
    "write 2 or less if nobody should be asked": "不想询问就写 2 或更低",
    "{key!r} means nothing to a viewer of type {kind}": "{key!r} 对 {kind} 类观众不起作用",
    "take it away, or write type: {owner}": "删掉它，或写 type: {owner}",
    "{kind} without {key!r}: the room takes one of its own": "{kind} 没有写 {key!r}：会用内置的",
    "add care: allergy, or minor, pregnancy, money, elderly, distress": (
        "补上 care: allergy（过敏），或 minor、pregnancy、money、elderly、distress"
    ),
    "add claim: the banned claim it tempts the streamer to": "补上 claim：它想引主播说的违规话",
    "add complaint: what went wrong": "补上 complaint：出了什么问题",
    "{limit:g} is under the floor {floor:g}: only value can win this viewer": (
        "{limit:g} 低于底价 {floor:g}：只有讲出价值才能打动这位观众"
    ),
    "{limit:g} is over the list price {list:g}: this viewer has no price to haggle about": (
        "{limit:g} 高于平时价 {list:g}：这位观众没有价可讲"
    ),
    "write {live:g} or less, unless that is meant": "若不是有意的，写 {live:g} 或更低",
    "write {floor:g} or more, unless that is meant": "若不是有意的，写 {floor:g} 或更高",
    "{limit:g} is under the floor {floor:g}, so this viewer can never buy": (
        "{limit:g} 低于底价 {floor:g}，这位观众永远不会买"
    ),
    "write {floor:g} or more, or take it away": "写 {floor:g} 或更高，或删掉",
    "wants {want} gifts, but the product has {have}": "想要 {want} 样赠品，商品只有 {have} 样",
    "write min_gift: {have}, or add gifts to the product": "写成 min_gift: {have}，或给商品加赠品",
    "patience {patience:g} is under {least:g}: it leaves at once": "耐心 {patience:g} 低于 {least:g}：一进来就会走",
    "write 40 to 80": "写 40 到 80",
    "{name!r} is already the name in line {line}": "名字 {name!r} 在第 {line} 行用过",
    "choose another: streamers call viewers by name": "换一个：主播是按名字叫人的",
    "the line {text!r} already stands in line {line}": "台词 {text!r} 在第 {line} 行已有",
    "word it differently: nobody says a thing twice in one rehearsal": "换个说法：一场里同样的话不说两遍",
    "hostility {own:g} is above intensity_cap {cap}": "hostility {own:g} 高于 intensity_cap {cap}",
    "write {cap} or less, or raise intensity_cap": "写 {cap} 或更低，或提高 intensity_cap",
    "floor: cuts_in, but nobody cuts in here (difficulty {level})": "写了 floor: cuts_in，但难度 {level} 没有人抢话",
    "write floor: needs_gap, or density.cut_ins: true": "写 floor: needs_gap，或 density.cut_ins: true",
    "'floor' is for viewers who speak; this one only writes": "'floor' 只管开口说话的观众，这位只打字",
    "all viewers are of types that are best ignored": "所有观众都是该忽略的类型",
    "add one who can be won, such as a haggler": "加一位能争取的，例如砍价的",
    # lines
    "{word!r} is never said in a practice room": "{word!r} 在练习室里不允许出现",
    "attack the offer or the show, not who somebody is": "可以攻击商品或直播，不能攻击人",
    "{word!r} is harsher than intensity_cap {cap} allows": "{word!r} 超出 intensity_cap {cap} 的强度",
    "word it milder, or write intensity_cap: {level} (asks for consent)": (
        "说得温和些，或写 intensity_cap: {level}（会征求同意）"
    ),
    "a line in another language than {locale}": "这句不是 {locale} 的语言",
    "write it in the scenario's language": "用这个场景的语言写",
    "{count} characters; viewers rarely go beyond {most}": "{count} 个字符；观众很少超过 {most} 个",
    "shorten it, or make two lines of it": "缩短，或拆成两句",
    # the scorer
    "nothing called {name!r} is counted": "没有叫 {name!r} 的计数项",
    "nothing called {name!r} has a band": "没有叫 {name!r} 的区间",
    "a band from {low:g} down to {high:g}": "区间从 {low:g} 到 {high:g}，反了",
    "write the lower number first: [{high:g}, {low:g}]": "先写小的：[{high:g}, {low:g}]",
    # the plan
    "at {at:g} s, but the rehearsal lasts {duration:g} s": "在 {at:g} 秒，但排练只有 {duration:g} 秒",
    "write a time under {duration:g}, or a longer duration_sec": "写小于 {duration:g} 的时间，或加长 duration_sec",
    "silence of {after:g} s cannot come in {duration:g} s": "{duration:g} 秒里不会有 {after:g} 秒的冷场",
    "write 5 to 10": "写 5 到 10",
    "until {until:g} s, but the rehearsal lasts {duration:g} s": "到 {until:g} 秒，但排练只有 {duration:g} 秒",
    "write {duration:g} or less, or leave it out for the last stage": "写 {duration:g} 或更小，最后一个阶段可以不写",
    "ends at {end:g} s, before it begins": "在 {end:g} 秒结束，比开始还早",
    "write a time after {at:g}": "写 {at:g} 以后的时间",
    "write {duration:g} or less": "写 {duration:g} 或更小",
    "the stage {name!r} is never entered": "阶段 {name!r} 永远不会开始",
    "give the stages before it an until_sec under the duration; only the last may go without": (
        "前面的阶段都要写 until_sec，且小于总时长；只有最后一个可以不写"
    ),
    "waits for the stage {name!r}, which is never entered": "等的是阶段 {name!r}，它永远不会开始",
    "name a stage that is": "换一个会开始的阶段",
    "the only viewer is gone by then and says nothing more": "唯一的观众那时已经走了，不会再说话",
    "the only viewer who can buy is gone by then and says nothing more": "唯一会买的观众那时已经走了，不会再说话",
    "let another viewer say it": "让别的观众来说",
    "add a second viewer, or choose another moment": "再加一位观众，或换个时机",
    "waits for the point {point!r}, which nobody can hit": "等的是卖点 {point!r}，谁也讲不中它",
    "give that point a statement": "给那个卖点写 statement",
    "{price:g} is the right price": "{price:g} 是正确的价格",
    "write a price that is wrong": "写一个错误的价格",
    "with hostile_share 0 a {kind} never comes": "hostile_share 为 0 时 {kind} 不会来",
    "raise density.hostile_share, or take this viewer away": "提高 density.hostile_share，或删掉这位观众",
    "{key!r} is not read here": "{key!r} 在这里不起作用",
    "take it away; it belongs to {why}": "删掉它；它用于 {why}",
    "'skill' is only read of a drill": "'skill' 只用于单项训练",
    "write kind: drill, or take it away": "写 kind: drill，或删掉它",
    "a drill with {count} viewers": "单项训练有 {count} 位观众",
    "keep the one viewer who trains the skill": "只留练这项技能的那一位",
    "a drill without 'skill'": "单项训练没有写 'skill'",
    "add skill: hold_price, or another word for what it trains": "补上 skill: hold_price，或写明练什么",
    "a drill of {minutes:g} minutes": "单项训练长 {minutes:g} 分钟",
    "write 180; five minutes at most": "写 180；最多五分钟",
    "{planned} pressure events; composure needs three or more to be measured": (
        "只有 {planned} 个压力事件；至少三个才能评心态"
    ),
    "mark what tests composure with pressure: true": "给考验心态的事件写 pressure: true",
    "waits for {move!r}, which this product gives no occasion for": "等的是 {move!r}，这个商品没有机会用到",
    "add what it needs to the product (facts, certificates), or wait for another move": (
        "给商品补上所需的内容（facts、certificates），或改等别的动作"
    ),
    "waits for {name} to buy, but a {kind} never does": "等 {name} 下单，但 {kind} 从来不买",
    "name a viewer who can be won": "换一位能争取的观众",
    "waits for a purchase, but nobody here ever buys": "等有人下单，但这里没有人会买",
    "add a viewer who can be won": "加一位能争取的观众",
    "{key} {value:g} is outside difficulty {level}: {low:g} to {high:g}": (
        "{key} {value:g} 不在难度 {level} 的范围 {low:g} 到 {high:g} 里"
    ),
    "write difficulty: {level}, or leave it out": "写 difficulty: {level}，或删掉它",
    "leave it out: the difficulty sets it": "删掉它：由难度决定",
    "the id {id!r} is already used by {file}": "编号 {id!r} 已被 {file} 使用",
    "give this scenario an id of its own: only one of the two is used": "换一个编号：两个同号的场景只有一个会被使用",
    # the draw
    "no scenario is called {name!r}": "没有叫 {name!r} 的场景",
    "{name!r} is in {locale}": "{name!r} 的语言是 {locale}",
}
