package locale

import "testing"

func TestInitials(t *testing.T) {
	c := NewInitials()
	for title, want := range map[string]string{
		"阿坝": "A", "办理身份证": "B", "朝阳路派出所": "C", "地址变更": "D", "恶意投诉": "E", "发案": "F", "公告": "G", "户口迁入": "H", "机动车登记": "J",
		"开锁": "K", "来访": "L", "民警": "M", "年报": "N", "欧盟": "O", "派出所": "P", "期末存量": "Q", "人次": "R", "三本账": "S", "统计": "T",
		"往来港澳": "W", "刑事案件": "X", "营业": "Y", "治安": "Z", "座谈": "Z", "passport": "P", "“首次申领”": "S", "12389": "#", "": "#", "عربي": "#",
	} {
		if got := c.Of(title); got != want {
			t.Errorf("%s: %s, want %s", title, got, want)
		}
	}
}
