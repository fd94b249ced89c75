package privacy_test

import (
	"fmt"
	"strings"

	"sunshine/site/problem"
)

// The values below are computed here and belong to nobody: births in 1830 and
// before there was an authority, mobile numbers of the range 154 that was never
// given out, accounts of zeros.

// residentID completes 17 digits by their check character.
func residentID(digits string) string {
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += w * int(digits[i]-'0')
	}
	return digits + "10X98765432"[sum%11:][:1]
}

// endingInX completes 16 digits so that the check character is X.
func endingInX(digits string) string {
	for d := range 10 {
		if id := residentID(digits + fmt.Sprint(d)); id[17] == 'X' {
			return id
		}
	}
	panic("no digit gives X")
}

// wrongID completes 17 digits by a check character that is not theirs.
func wrongID(digits string) string {
	right := residentID(digits)
	if right[17] == '5' {
		return digits + "6"
	}
	return digits + "5"
}

// luhn completes digits by their check digit.
func luhn(digits string) string {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return digits + fmt.Sprint((10-sum%10)%10)
}

// split puts a separator between groups of the given lengths.
func split(text, separator string, lengths ...int) string {
	var groups []string
	for _, n := range lengths {
		groups = append(groups, text[:n])
		text = text[n:]
	}
	if text != "" {
		groups = append(groups, text)
	}
	return strings.Join(groups, separator)
}

// wide writes digits and letters in full width.
func wide(text string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r + 0xfee0
		}
		return r
	}, text)
}

var (
	idX    = endingInX("1101011830010100")
	id     = residentID("33010618400229123")
	old    = "330106400229123"
	cell   = "15400000001"
	other  = "15400000002"
	card   = luhn("622848000000000001")
	visa   = luhn("411111000000000")
	imei   = luhn("86012304567890")
	imei35 = luhn("35010140022912")
)

// leak is a text that must not be published.
type leak struct {
	detector string
	rule     string
	severity problem.Severity
	text     string
}

var leaks = []leak{
	{"resident ID", "resident-id", problem.Error, "身份证号：" + id},
	{"resident ID", "resident-id", problem.Error, "张某 " + idX + "，男"},
	{"resident ID, small x", "resident-id", problem.Error, "号码" + strings.ToLower(idX)},
	{"resident ID alone", "resident-id", problem.Error, id},
	{"resident ID, spaces", "resident-id", problem.Error, split(id, " ", 6, 4, 4, 4)},
	{"resident ID, hyphens", "resident-id", problem.Error, split(id, "-", 6, 8, 4)},
	{"resident ID, spaces and X", "resident-id", problem.Error, split(idX, " ", 6, 8)},
	{"resident ID, zero-width", "resident-id", problem.Error, split(id, "\u200b", 3, 5, 5)},
	{"resident ID, soft hyphen", "resident-id", problem.Error, split(id, "\u00ad", 9)},
	{"resident ID, full width", "resident-id", problem.Error, "号" + wide(id)},
	{"resident ID, full width and X", "resident-id", problem.Error, wide(idX)},
	{"resident ID after a date", "resident-id", problem.Error, "2026-10-08 " + id},
	{"resident ID after letters", "resident-id", problem.Error, "ID" + id},
	{"resident ID between Chinese", "resident-id", problem.Error, "持" + id + "办理"},
	{"resident ID, mathematical digits", "resident-id", problem.Error, strings.Map(func(r rune) rune { return 0x1d7ce + r - '0' }, residentID("33010618400229121"))},
	{"resident ID, wrong check", "resident-id", problem.Warning, "身份证" + wrongID("11010118300101002")},
	{"resident ID, 15 digits", "resident-id-15", problem.Warning, "号码 " + old},
	{"resident ID, 15 digits, named", "resident-id-15", problem.Error, "身份证号 " + old},
	{"resident ID, 15 digits, named", "resident-id-15", problem.Error, "证件号：" + old},
	{"resident ID, mangled", "mangled-id", problem.Error, "1.10105E+17"},
	{"resident ID, mangled", "mangled-id", problem.Error, "证件 3.3E+17。"},
	{"resident ID, mangled 15", "mangled-id", problem.Error, "3.30106e+14"},
	{"mobile", "mobile", problem.Error, "手机" + cell},
	{"mobile alone", "mobile", problem.Error, cell},
	{"mobile, +86", "mobile", problem.Error, "+86" + cell},
	{"mobile, +86 apart", "mobile", problem.Error, "+86 " + split(cell, " ", 3, 4)},
	{"mobile, +86 hyphens", "mobile", problem.Error, "+86-" + split(cell, "-", 3, 4)},
	{"mobile, 0086", "mobile", problem.Error, "0086" + cell},
	{"mobile, brackets", "mobile", problem.Error, "(+86)" + cell},
	{"mobile, hyphens", "mobile", problem.Error, split(cell, "-", 3, 4)},
	{"mobile, spaces", "mobile", problem.Error, split(cell, " ", 3, 4)},
	{"mobile, no-break spaces", "mobile", problem.Error, "电话 " + split(cell, "\u00a0", 3, 4)},
	{"mobile, each digit", "mobile", problem.Error, strings.Join(strings.Split(cell, ""), " ")},
	{"mobile, pairs", "mobile", problem.Error, split(cell, " ", 2, 2, 2, 2, 2)},
	{"mobile after a point", "mobile", problem.Error, "Tel." + cell},
	{"mobile, dashes", "mobile", problem.Error, split(cell, "–", 3, 4)},
	{"mobile, full width", "mobile", problem.Error, "联系" + wide(cell)},
	{"mobile, zero-width", "mobile", problem.Error, split(cell, "\u200d", 2, 3, 4)},
	{"mobile, tel", "mobile", problem.Error, "Tel" + other},
	{"mobile after a year", "mobile", problem.Error, "2026年" + other + "可拨打"},
	{"mobile before people", "mobile", problem.Error, "拨打" + cell + "人工接听"},
	{"mobile, two", "mobile", problem.Error, cell + "、" + other},
	{"bank card", "bank-card", problem.Error, "卡号" + card},
	{"bank card, groups", "bank-card", problem.Error, split(card, " ", 4, 4, 4, 4)},
	{"bank card, hyphens", "bank-card", problem.Error, split(visa, "-", 4, 4, 4, 4)},
	{"bank card, 16", "bank-card", problem.Error, luhn("622202000000001")},
	{"plate", "plate", problem.Error, "车牌京A00X01"},
	{"plate, dot", "plate", problem.Error, "浙B·0D001号轿车"},
	{"plate, new energy", "plate", problem.Error, "沪AD00001"},
	{"plate, new energy, lorry", "plate", problem.Error, "粤B00001D"},
	{"plate, space", "plate", problem.Error, "苏E 00001"},
	{"plate, full width", "plate", problem.Error, "京" + wide("A00X02")},
	{"passport", "passport", problem.Error, "护照号E00000001"},
	{"passport", "passport", problem.Error, "护照 EA0000001"},
	{"travel permit", "passport", problem.Error, "往来港澳通行证C00000001"},
	{"passport, unnamed", "passport", problem.Warning, "号码E00000002"},
	{"e-mail", "email", problem.Warning, "zhang@mail.example.com"},
	{"e-mail in a sentence", "email", problem.Warning, "发到zhang.san@example.net。"},
	{"e-mail, full width", "email", problem.Warning, wide("zhang") + "＠" + wide("example") + "．com"},
	{"home address", "address", problem.Error, "住示范市示范路0号2单元"},
	{"home address", "address", problem.Error, "现住示范小区3幢301室"},
	{"home address", "address", problem.Error, "示范街道示范花园5号楼1单元402室"},
	{"home address, Chinese numbers", "address", problem.Error, "示范村十号楼三单元"},
	{"name", "name", problem.Warning, "犯罪嫌疑人张三丰已被抓获"},
	{"name", "name", problem.Warning, "被害人：李四"},
	{"name", "name", problem.Warning, "证人王五（男）"},
	{"name", "name", problem.Warning, "违法行为人赵六，男"},
	{"name", "name", problem.Warning, "举报人欧阳锋"},
	{"name in bold", "name", problem.Warning, "被害人**刘明**报案"},
	{"name", "name", problem.Warning, "受害人陈某某与证人刘大海在场"},
	{"secret", "secret", problem.Error, "机密★10年"},
	{"secret", "secret", problem.Error, "绝密★"},
	{"secret", "secret", problem.Error, "秘密 ★ 一年"},
	{"internal", "secret", problem.Error, "内部资料，注意保存"},
	{"internal", "secret", problem.Error, "警务工作秘密"},
	{"minor", "minor", problem.Warning, "其子12岁，被害后送医"},
	{"minor", "minor", problem.Warning, "因违法被查获时仅十五岁"},
	{"minor", "minor", problem.Warning, "17周岁的李某被行政拘留"},
}

// traps look like personal data and are not.
var traps = []struct{ what, text string }{
	{"social credit code", "统一社会信用代码91330106MA2XXXXX0X"},
	{"social credit code", "11330000002482106K"},
	{"social credit code, digits", "信用代码：" + residentID("11330119400101001")},
	{"IMEI", "IMEI：" + imei},
	{"IMEI", imei35},
	{"IMEI, named", "串号" + imei35},
	{"serial", "序列号SN" + cell + "A"},
	{"serial", "序列号：" + cell},
	{"serial", "ABC" + cell + "XYZ"},
	{"serial", "订单号2026100800012345678"},
	{"serial", "流水号" + card},
	{"bank card, wrong check digit", "卡号" + card[:len(card)-1] + string('0'+(card[len(card)-1]-'0'+1)%10)},
	{"serial", "编号 " + old},
	{"product", "云A12345型"},
	{"product", "新A00001款"},
	{"cloud", "阿里云A12345"},
	{"product", "E12345678A"},
	{"testimony", "证人证言"},
	{"family", "被害人家属"},
	{"statement", "被害人陈述和证人证言"},
	{"role", "犯罪嫌疑人应当如实回答"},
	{"role", "被害人及其近亲属，被害人向公安机关报案"},
	{"role", "举报人可以要求答复；对举报人严格保密"},
	{"role", "证人保护、证人安全、证人出庭"},
	{"role", "犯罪嫌疑人通过网络，被害人损失钱款，被害人家中"},
	{"role", "证人因履行作证义务而支出的费用，证人、鉴定人没有正当理由不出庭"},
	{"role", "受害人钱被骗。被害人严重受伤，受害人康复后；犯罪嫌疑人文化程度"},
	{"masked name", "犯罪嫌疑人张某被刑事拘留"},
	{"masked name", "被害人李某某、证人王某甲、受害人赵女士"},
	{"hash", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
	{"hash", "sha256-a" + cell + "b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f90"},
	{"asset", "site.1390000a.css 与 chart.e1234567.js"},
	{"UUID", "550e8400-e29b-41d4-a716-446655440000"},
	{"date", "2026-10-08 至 2026-12-31"},
	{"date", "1958-1962 345件，1986-05-01 123"},
	{"dates", "2023年1月9日至3月17日 20230109 20230317"},
	{"time stamp", "20261008123045 1700000000000"},
	{"statistics", "1732 2048 2385 974 1159 753 403"},
	{"statistics", "共 13,900,000,001 元"},
	{"amount", "涉案金额" + cell + "元"},
	{"amount", "收入 " + other + " 余元"},
	{"fraction", "0." + cell + "，0.4539578763621486，3." + card + "，.5454545454545454"},
	{"area", "12.13900000001"},
	{"landline", "0571-87280000，(010)65200000，021-62310110"},
	{"landline", "0571 8728 0000 转 8001"},
	{"hotline", "12389、110、96110、400-810-0000、95588"},
	{"placeholder", "000-00000000"},
	{"placeholder", "身份证号000000000000000000"},
	{"a number whose day is none", "流水号 110105199902300023"},
	{"masked ID", "身份证号110105********002X"},
	{"masked mobile", "139****0001"},
	{"record number", "京ICP备13800138号-1"},
	{"record number", "粤公网安备 44030502000001号"},
	{"site code", "bm33000001，3301060001"},
	{"law", "发改价格〔2003〕2322号"},
	{"weights", "7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2，11 12 13"},
	{"small numbers", "1 3 9 0 0 0 0 0 0 0 1 2 3 4"},
	{"ages", "13-15 20-25 16-18"},
	{"SVG path", "M13 900 000 001 L 139 0000 0001.5 Z"},
	{"JSON", `{"value":0.13900000001,"n":1390000000}`},
	{"big number", "1.5E+17 与 9.9E+17 与 1.10105E+16"[len("1.5E+17 与 "):]},
	{"version", "echarts@6.1.0，icon@2x.png，@media"},
	{"e-mail of the bureau", "contact@example.org，hukou@mail.example.org"},
	{"office", "办公室、会议室302室、接待大厅201室"},
	{"office", "示范路0号公安局办公楼3楼302室"},
	{"cells", "A1单元格，第三单元，2单元楼道"},
	{"room", "教室 审讯室 12间办公室"},
	{"law of age", "已满14周岁不满18周岁的人违法的，从轻处罚"},
	{"law of age", "未满十六周岁的，不予拘留；十四岁以下的被害人"},
	{"age", "年满18周岁，被害人25岁"},
	{"age elsewhere", "3岁儿童可以随父母办理户口"},
	{"secrecy", "保守秘密，商业秘密，国家秘密"},
	{"star", "五星★好评"},
	{"EAN", "6901234567892"},
	{"address", "示范市示范路0号，示范小区东门"},
}
