#!/bin/sh
# 流水线做的事，各个平台都是这一份：取来 sunshine 程序，检查，公布。
# What the pipelines do, whichever platform runs them.
#
#   sh .sunshine/ci.sh review    合并请求：检查，并把公开变化单贴到合并请求里
#   sh .sunshine/ci.sh publish   主分支：检查，记录这次公布，生成网站，送到公开的地方
#
# 在平台的变量里写 / variables, set on the platform:
#   SUNSHINE_URL         sunshine 程序的下载地址（Linux 版，不压缩的那一个文件）
#   SUNSHINE_SHA256      这个文件的 SHA-256，与下载来的不符就不运行
#   SUNSHINE_SITE        网站的网址；第一次公布以后写，有 SUNSHINE_PAGES 的不用写
#   SUNSHINE_TARGET      网站送到哪里（sunshine publish --to 的写法）；不写的，推送到分支 SUNSHINE_PAGES
#   SUNSHINE_HOLD_BACK   写 yes 的，有错误的内容保留上次公布的，其余照常公布，流水线仍然标红
# 只能放在保密的变量里 / secrets:
#   SUNSHINE_KEY         签名用的密钥，sunshine key new 写出的文件的内容
#   SUNSHINE_SSH_KEY     送到 SFTP 用的密钥；SUNSHINE_KNOWN_HOSTS 是服务器在 known_hosts 里的那一行
#   AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY   送到对象存储用的密钥
# 由流水线的文件写好 / set by the file of the pipeline:
#   SUNSHINE_REPO SUNSHINE_BRANCH SUNSHINE_USER SUNSHINE_TOKEN   版本库的地址、主分支、读写用的名称和令牌
#   SUNSHINE_PAGES       网站所在的分支；平台自己取 public 文件夹的，不写
#   SUNSHINE_COMMENTS SUNSHINE_COMMENT_HEADER SUNSHINE_COMMENT_TOKEN   贴评论的接口和令牌
#
# 密钥和令牌只写进本机的临时文件，不进命令行，也不印出来；推送从不覆盖别人的提交。
set -eu

say() { printf '%s\n' "$*"; }

fail() {
	if [ "${GITHUB_ACTIONS:-}" = true ]; then
		printf '::error::%s\n' "$*"
	else
		printf '错误：%s\n' "$*" >&2
	fi
	exit 1
}

# secret 把一个变量里的密钥写成只有自己能读的文件，变量改成它的位置；已经是文件的不动。
secret() {
	eval "value=\${$1:-}"
	if [ -z "$value" ]; then
		unset "$1"
	elif [ ! -f "$value" ]; then
		printf '%s\n' "$value" >"$work/$1"
		export "$1=$work/$1"
	fi
}

prepare() {
	umask 077
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	export LANG=zh_CN.UTF-8
	unset LC_ALL LC_MESSAGES
	# 公布的日期是单位所在时区的日期；北京时间不靠机器上的时区表。
	zone=$(sed -n -e 's/^time_zone: *//p' -e 's/^时区: *//p' data/site.yaml | sed -e 's/ *#.*//' | tr -d "\"'")
	case ${zone:-Asia/Shanghai} in
	Asia/Shanghai) TZ=CST-8 ;;
	*) TZ=$zone ;;
	esac
	export TZ
	for name in git curl sha256sum awk; do
		command -v "$name" >/dev/null || fail "这台机器上没有 $name；换一台有 git、curl 和 sha256sum 的 / $name is missing on this machine"
	done
	branch=${SUNSHINE_BRANCH:-main} pages=${SUNSHINE_PAGES:-} previous='' held='' hold=''
	[ "${SUNSHINE_HOLD_BACK:-}" != yes ] || hold=--hold-back
	if [ -n "${SUNSHINE_TOKEN:-}" ]; then
		export SUNSHINE_USER SUNSHINE_TOKEN GIT_TERMINAL_PROMPT=0 GIT_ASKPASS="$work/askpass"
		# shellcheck disable=SC2016 # git 问起时才展开
		printf '%s\n' '#!/bin/sh' 'case $1 in User*) echo "$SUNSHINE_USER" ;; *) echo "$SUNSHINE_TOKEN" ;; esac' >"$work/askpass"
		chmod 700 "$work/askpass"
	fi
}

# tool 取来 sunshine 程序；校验值不符的不运行。
tool() {
	[ -n "${SUNSHINE_URL:-}" ] || fail '没有设变量 SUNSHINE_URL（sunshine 程序的下载地址） / set the variable SUNSHINE_URL'
	sum=${SUNSHINE_SHA256:-}
	[ ${#sum} -eq 64 ] || fail '变量 SUNSHINE_SHA256 要写程序的 SHA-256，64位 / the variable SUNSHINE_SHA256 takes 64 digits'
	curl --fail --silent --show-error --location --retry 2 --max-time 900 --max-filesize 209715200 --output "$work/sunshine" "$SUNSHINE_URL" ||
		fail '从 SUNSHINE_URL 写的地址下载不到程序；核对地址，看这台机器能不能连上 / the program cannot be fetched from SUNSHINE_URL'
	printf '%s  %s\n' "$sum" "$work/sunshine" | sha256sum -c - >/dev/null 2>&1 ||
		fail '下载来的程序与 SUNSHINE_SHA256 不符，没有运行；照发布页上的校验值核对地址和变量，仍然不符的，不要使用 / the program does not have the SHA-256 of SUNSHINE_SHA256 and was not run'
	chmod 700 "$work/sunshine"
	say "程序：$("$work/sunshine" version)"
}

# published 找到已经公布的网站：网址，或者分支里的一份。
published() {
	previous=${SUNSHINE_SITE:-}
	rm -rf "$work/pages" "$work/pages.git"
	# 送到别处的，那个分支就不是公众看到的网站。
	{ [ -n "$pages" ] && [ -z "${SUNSHINE_TARGET:-}" ]; } || return 0
	code=0
	git ls-remote --quiet --exit-code "$SUNSHINE_REPO" "refs/heads/$pages" >/dev/null || code=$?
	case $code in
	0) git clone --quiet --bare --depth 1 --single-branch --branch "$pages" "$SUNSHINE_REPO" "$work/pages.git" || fail "取不出分支 $pages / the branch $pages cannot be read" ;;
	2) return 0 ;; # 还没有公布过
	*) fail '连不上版本库，或者没有读的权限 / the repository cannot be read' ;;
	esac
	mkdir "$work/pages"
	git --git-dir="$work/pages.git" --work-tree="$work/pages" checkout --quiet --force "$pages" -- .
	rm -f "$work/pages/.nojekyll"
	previous=${previous:-$work/pages}
}

check() {
	format=text
	[ "${GITHUB_ACTIONS:-}" != true ] || format=github
	# shellcheck disable=SC2086 # hold 没有写的，就没有这一项
	"$work/sunshine" check --format "$format" $hold ${previous:+--previous "$previous"} || [ "$1" = on ] ||
		fail '检查没有通过，什么也没有公布；照上面的提示改正，再提交一次 / the check failed and nothing was published: follow the hints above and commit again'
}

# newest 换成主分支最新的提交；没有推送出去的记录不要了。
newest() {
	deep=''
	[ "$(git rev-parse --is-shallow-repository)" != true ] || deep='--depth 2' # 要看得出最新的提交改了什么
	# shellcheck disable=SC2086
	git fetch --quiet $deep "$SUNSHINE_REPO" "$branch" || fail "取不到分支 $branch / the branch $branch cannot be fetched"
	base=$(git rev-parse FETCH_HEAD)
	git checkout --quiet --force --detach "$base"
}

# commit_record 把 data/releases 里新的记录作为一次提交。
commit_record() {
	[ ! -d data/releases ] || git add data/releases
	git diff --cached --quiet ||
		git -c user.name=sunshine -c user.email=sunshine@localhost commit --quiet --message "release $1"
}

# push_record 把记录存回主分支；GitLab 上，这次推送不再触发流水线。
push_record() { git push --quiet ${GITLAB_CI:+-o ci.skip} "$SUNSHINE_REPO" "HEAD:refs/heads/$branch"; }

# moved 说主分支在这期间有没有新的提交。
moved() {
	git fetch --quiet "$SUNSHINE_REPO" "$branch" && [ "$(git rev-parse FETCH_HEAD)" != "$base" ]
}

# record 记录这次公布的内容，作为一次提交；今天已经记过、此后没有别的提交的，不再记。
record() {
	day=$(date +%F)
	label=$day
	n=2
	case $(git log -1 --format=%s) in
	"release $day"*)
		if ! git show --name-only --format= HEAD | grep -qv '^data/releases/'; then
			say '最新的提交就是今天的发布记录，不再记一笔 / the newest commit is the record of today'
			return 0
		fi
		;;
	esac
	while [ -e "data/releases/$label.json" ]; do
		label=$day-$n
		n=$((n + 1))
	done
	code=0
	# shellcheck disable=SC2086 # hold 没有写的，就没有这一项
	"$work/sunshine" release $hold ${previous:+--previous "$previous"} "$label" 2>"$work/said" || code=$?
	[ "$code" -eq 0 ] || cat "$work/said" >&2
	[ -e "data/releases/$label.json" ] || fail '没有公布：照上面的提示改正，再提交一次 / nothing was published: follow the hints above and commit again'
	[ "$code" -eq 0 ] || held=yes
	commit_record "$label"
}

# record_and_push 先记录，再存回主分支；主分支有了新的提交的，换成它重来一次：
# 记录的、公布的总是同一份数据，别人的提交也不会丢。
record_and_push() {
	record
	push_record && return 0
	if moved; then
		say '主分支有了新的提交，换成它重来 / the branch moved on: once more from its newest commit'
		newest
		check "${hold:+on}"
		record
		push_record && return 0
	fi
	fail "发布记录存不进分支 $branch，网站没有公布；让流水线能推送到这个分支，再运行一次 / the record of the release cannot be pushed and nothing was published: let the pipeline push to $branch, and run this again"
}

# to_branch 把 public 送到网站所在的分支；从不覆盖别人的推送。
to_branch() {
	if [ ! -d "$work/pages.git" ]; then
		git init --quiet --bare "$work/pages.git"
		git --git-dir="$work/pages.git" symbolic-ref HEAD "refs/heads/$pages"
	fi
	site() { git --git-dir="$work/pages.git" --work-tree=public "$@"; }
	site add --all --force .
	# 有这个空文件，平台就不再加工网页。
	site update-index --add --cacheinfo "100644,$(site hash-object -w --stdin </dev/null),.nojekyll"
	if site rev-parse --quiet --verify HEAD >/dev/null && site diff --cached --quiet HEAD; then
		say '网站没有变化 / the site has not changed'
		return 0
	fi
	site -c user.name=sunshine -c user.email=sunshine@localhost commit --quiet --message "publish $(date +%F)"
	site push --quiet "$SUNSHINE_REPO" "HEAD:refs/heads/$pages" ||
		fail "网站送不到分支 $pages：同时有别的公布，或者没有推送的权限；再运行一次 / the site cannot be pushed to $pages: run this again"
	if [ "${GITHUB_ACTIONS:-}" = true ]; then # 流水线推送的分支，平台不一定自己更新网站
		token_header 'Authorization: Bearer ' "$SUNSHINE_TOKEN"
		curl --fail --silent --show-error --max-time 60 --request POST --header "@$work/header" "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/pages/builds" >/dev/null ||
			say "没能请平台更新网站；到 Settings → Pages 看来源是不是分支 $pages / see that Settings → Pages names the branch $pages"
	fi
}

# to_target 由 sunshine publish 记录、生成、送达、核对，再把记录存回主分支。
to_target() {
	code=0
	# shellcheck disable=SC2086
	"$work/sunshine" publish $hold --to "$SUNSHINE_TARGET" >"$work/told" || code=$?
	cat "$work/told"
	# 保留了上次的内容的，公布了也不是 0；有这一行才是发完、核对过了。
	if ! grep -q '^manifest\.json 的 SHA-256' "$work/told"; then
		fail '没有公布完：照上面的提示处理，再运行一次，会从断处接着做 / the publication is not whole: follow the hints above and run this again'
	fi
	[ "$code" -eq 0 ] || held=yes
	commit_record "$(date +%F)"
	push_record && return 0
	# 已经公布了，只是记录没有存回：接在别人的提交后面，再推送一次。
	if moved && git -c user.name=sunshine -c user.email=sunshine@localhost rebase --quiet FETCH_HEAD && push_record; then
		return 0
	fi
	fail "网站已经公布，发布记录没能存回分支 $branch；让流水线能推送到这个分支，再运行一次，记录会从网站上取回 / the site is published, but its record could not be pushed to $branch: run this again"
}

publish() {
	tool
	secret SUNSHINE_KEY
	secret SUNSHINE_SSH_KEY
	if [ -n "${SUNSHINE_KNOWN_HOSTS:-}" ]; then
		mkdir -p "$HOME/.ssh"
		printf '%s\n' "$SUNSHINE_KNOWN_HOSTS" >>"$HOME/.ssh/known_hosts"
	fi
	newest
	published
	[ -z "$hold" ] || [ -n "$previous${SUNSHINE_TARGET:-}" ] || [ ! -e data/releases/head.txt ] ||
		fail '写了 SUNSHINE_HOLD_BACK，却读不到上次公布的网站，有错误的内容会从网站上消失，所以没有公布；把变量 SUNSHINE_SITE 设为网站的网址，再运行一次 / SUNSHINE_HOLD_BACK needs the public site, and nothing was published: set the variable SUNSHINE_SITE to its address, and run this again'
	check "${hold:+on}"
	rm -rf public
	if [ -n "${SUNSHINE_TARGET:-}" ]; then
		to_target
	else
		record_and_push
		code=0
		# shellcheck disable=SC2086
		"$work/sunshine" build $hold ${previous:+--previous "$previous"} 2>"$work/said" || code=$?
		[ "$code" -eq 0 ] || cat "$work/said" >&2
		[ -e public/manifest.json ] || fail '网站没有生成：照上面的提示处理，再运行一次 / the site was not built: follow the hints above and run this again'
		[ "$code" -eq 0 ] || held=yes
		[ -z "$pages" ] || to_branch
	fi
	[ -z "$held" ] || fail '已经公布，但有内容因为错误保留了上次的样子；照上面的提示改正，再提交一次 / published, but what has an error stands as it was: follow the hints above and commit again'
	say '已公布 / published'
}

# token_header 把令牌写成 curl 读的文件，不进命令行。
token_header() { printf '%s%s\n' "$1" "$2" >"$work/header"; }

# json 把读到的文字写成 JSON 里的一段，太长的截断。
json() {
	tr -d '\000-\010\013-\037\177' | tr '\t' ' ' | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' | awk '
		{ size += length($0) + 1 }
		size > 50000 { print "……（太长，没有贴全；完整的在流水线的日志里）"; exit }
		{ print }' | awk '{ printf "%s\\n", $0 }'
}

review() {
	unset SUNSHINE_KEY SUNSHINE_SSH_KEY # 看一看用不着
	tool
	published
	hold=''
	check ''
	code=0
	"$work/sunshine" diff --format text ${previous:+--previous "$previous"} >"$work/sheet" 2>"$work/said" || code=$?
	if [ "$code" -eq 2 ] && ! "$work/sunshine" help | grep -q '^  sunshine diff'; then
		say '这一版 sunshine 还没有 diff，公开变化单没有贴 / this version has no diff'
		return 0
	fi
	cat "$work/sheet"
	[ "$code" -eq 0 ] || { cat "$work/said" >&2; fail '公开变化单没有做成；照上面的提示处理 / the sheet of changes could not be made'; }
	if [ -z "${SUNSHINE_COMMENTS:-}" ] || [ -z "${SUNSHINE_COMMENT_TOKEN:-}" ]; then
		say '没有设 SUNSHINE_COMMENT_TOKEN，变化单只在这里 / the sheet is here only: no SUNSHINE_COMMENT_TOKEN'
		return 0
	fi
	: >"$work/header"
	[ -z "${SUNSHINE_COMMENT_HEADER:-}" ] || token_header "$SUNSHINE_COMMENT_HEADER" "$SUNSHINE_COMMENT_TOKEN"
	{
		printf '{'
		[ -n "${SUNSHINE_COMMENT_HEADER:-}" ] || printf '"access_token":"%s",' "$SUNSHINE_COMMENT_TOKEN"
		printf '"body":"**公开变化单**：合并以后，群众看到的网站会有这些变化\\n\\n~~~~~~~~text\\n'
		json <"$work/sheet"
		printf '~~~~~~~~\\n"}'
	} >"$work/comment"
	curl --fail --silent --show-error --max-time 60 --header "@$work/header" --header 'Content-Type: application/json' --data-binary "@$work/comment" "$SUNSHINE_COMMENTS" >/dev/null ||
		say '公开变化单没能贴到合并请求里（来自外部的合并请求没有权限）；内容在上面 / the sheet could not be posted; it is above'
}

main() {
	cd "$(dirname "$0")/.."
	prepare
	case ${1:-} in
	review) review ;;
	publish) publish ;;
	*) fail '写成 sh .sunshine/ci.sh review 或者 publish / review or publish' ;;
	esac
}

# 全部读完再做：做的时候这个文件可能换成新的。
main "$@"; exit
