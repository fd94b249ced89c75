package attachment

import "sunshine/site/problem"

func (j *job) pdf(data []byte, at problem.Text, depth int) {
	j.fail(at, problem.Say("PDF文件", "a PDF"))
}
