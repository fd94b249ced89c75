package published

import (
	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/write"
)

// Compare holds a site against another manifest, that of the same inputs built again:
// every file, and the inputs. The signature of the head of the log, which only the
// bureau can make, is left out.
func Compare(s *Site, again write.Manifest) problem.List {
	var problems problem.List
	at := func(path string) problem.Position { return problem.Position{File: s.place.Name(path)} }
	inputs := map[string]string{}
	for _, in := range again.Inputs {
		inputs[in.Path] = in.SHA256
	}
	for _, in := range s.Manifest.Inputs {
		sum, there := inputs[in.Path]
		delete(inputs, in.Path)
		switch {
		case !there:
			problems.Error(at(write.ManifestName), problem.VerifyRebuilt, problem.Say("这里没有生成网站时的“%s”", `the input "%s" is not here`, problem.Quote(in.Path)), otherInputs)
		case sum != in.SHA256:
			problems.Error(at(write.ManifestName), problem.VerifyRebuilt, problem.Say("“%s”与生成网站时的不同", `the input "%s" is not the one that the site was made from`, problem.Quote(in.Path)), otherInputs)
		}
	}
	for _, in := range again.Inputs {
		if _, more := inputs[in.Path]; more {
			problems.Error(at(write.ManifestName), problem.VerifyRebuilt, problem.Say("生成网站时没有“%s”", `the site was made without the input "%s"`, problem.Quote(in.Path)), otherInputs)
		}
	}
	rebuilt := map[string]write.Digest{}
	for _, d := range again.Files {
		rebuilt[d.Path] = d
	}
	for _, d := range s.Manifest.Files {
		other, made := rebuilt[d.Path]
		delete(rebuilt, d.Path)
		switch {
		case d.Path == bureau.LogFile(bureau.HeadName):
		case !made:
			problems.Error(at(d.Path), problem.VerifyRebuilt, problem.Say("重新生成时没有这个文件", "the rebuilt site does not have this file"), otherInputs)
		case other.SHA256 != d.SHA256:
			problems.Error(at(d.Path), problem.VerifyRebuilt, problem.Say("重新生成的与公布的不同", "the rebuilt file differs from the published one"), otherInputs)
		}
	}
	for _, d := range again.Files {
		if _, more := rebuilt[d.Path]; more {
			problems.Error(at(d.Path), problem.VerifyRebuilt, problem.Say("重新生成时多出这个文件", "only the rebuilt site has this file"), otherInputs)
		}
	}
	return problems
}

var otherInputs = problem.Say("核对目录是不是生成网站时的那一版（清单里的 commit）、程序是不是同一版本；都是的话，网站被换过，向发布单位查问", "check that the folder is at the commit that the manifest names and sunshine at its version; if both are, the site was changed: ask the bureau")
