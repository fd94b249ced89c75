package site

import "sunshine/site/problem"

// Step is a stretch of the way from a bureau's folder to its site, and to where that is
// published.
type Step int

// The steps, in their order. With what is held back they are gone several times.
const (
	Reading  Step = iota // the folder
	Deciding             // what the figures are, and what of them may be published
	Checking             // what is wrong with it
	Drawing              // the charts, the downloads, the list of the pages
	Printing             // the pages and the index of the search
	Holding              // what was made against itself: links, addresses, personal data
	Writing              // what was staged, to its place
	Reaching             // the place that is published to, and what stands there
	Sending              // what is new, near its place
	Placing              // what was sent, and the check that it stands there
)

// Steps are all of them.
var Steps = []Step{Reading, Deciding, Checking, Drawing, Printing, Holding, Writing, Reaching, Sending, Placing}

// Text names a step for who waits.
func (s Step) Text() problem.Text {
	return [...]problem.Text{
		{ZH: "读取数据", EN: "reading the data"},
		{ZH: "核定数字", EN: "deciding the figures"},
		{ZH: "检查内容", EN: "checking the content"},
		{ZH: "绘制图表", EN: "drawing the charts"},
		{ZH: "生成网页", EN: "making the pages"},
		{ZH: "核对网站", EN: "checking the site"},
		{ZH: "写入文件", EN: "writing the files"},
		{ZH: "查看发布的地方", EN: "looking at the target"},
		{ZH: "发送文件", EN: "sending the files"},
		{ZH: "换上并核对", EN: "placing and verifying"},
	}[s]
}

// Watch is told where a build or a publication is: at the beginning of each step, and, where it is known
// how much there is to do in it, after each part. Several goroutines may tell it at a time.
type Watch func(step Step, done, of int)

// at tells who watches that a step begins.
func (o Options) at(step Step) {
	if o.Watch != nil {
		o.Watch(step, 0, 0)
	}
}
