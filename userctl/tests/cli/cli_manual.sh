#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# README.md and the manual pages: what they name exists, and every command in
# them that calls tokctl works against the fake module. A run of which nothing is
# left and that scripts/check-readme makes in a real kernel is only asked for
# here, with --dry-run. Output: TAP.
#
#   tests/cli/cli_manual.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

top=$(realpath "$(dirname "$0")/../../..")
# shellcheck source=../../../scripts/lib/examples.sh
. "$top/scripts/lib/examples.sh"
cd "$top" || exit

is "lines of README.md, at most 150" "$(($(wc -l <README.md) <= 150))" 1
examples_unknown >"$work/unknown"
is "$EXAMPLES_TABLE" "$(cat "$work/unknown")" ""
(cd userctl/man && printf 'Xr %s\n' *.[78] | sed 's/\./ /') >"$work/there"
for page in userctl/man/*.[78]; do
	name=${page##*/}
	grep -qF "man/$name)" README.md || problem "README.md does not name $name"
	grep -qF ".Dt $(tr '[:lower:]' '[:upper:]' <<<"${name%.*}") ${name##*.}" "$page" || problem "$name: .Dt"
	grep -qxF ".Nm ${name%.*}" "$page" || problem "$name: .Nm"
	is "pages that $name names and are not there" \
		"$(grep -oE 'Xr tok[a-z-]+ [0-9]' "$page" | grep -vxF -f "$work/there")" ""
	sed -n 's/^.*Sx \([^.,:;)]*[^.,:;) ]\).*/.Sh \1/p' "$page" >"$work/sections"
	is "sections that $name names and are not there" \
		"$(grep '^\.S[hs] ' "$page" | sed 's/^\.Ss/.Sh/' | grep -vixF -f - "$work/sections")" ""
done
result "every page is named in README.md, and what the pages name exists"

make -s -C userctl -n install PREFIX=/p DESTDIR=/d BIN=true >"$work/install"
for page in userctl/man/*.[78]; do
	grep -qE -- "-t /d/p/share/man/man${page##*.} .*man/${page##*/}( |\$)" "$work/install" ||
		problem "${page##*/} is not installed"
done
result "every page is installed"

# What a command of a document does here: tokctl is the sanitised one, and its
# runs are as few and as short as can be, unless they are to be stopped.
sudo() { "$@"; }
tokctl() {
	local words=() short=10

	case $1 in
	run | verify)
		while [ $# -gt 0 ]; do
			case $1,${2-} in
			--duration,3600s) short=3600s; shift ;;
			--duration,* | --warmup,*) shift ;;
			-n,[2-9]) words+=(-n 1); shift ;;
			*) words+=("$1") ;;
			esac
			shift
		done
		words+=(--duration "$short")
		[ "${words[0]}" = verify ] || words+=(--warmup 0)
		set -- "${words[@]}"
		;;
	esac
	env "${environment[@]}" "$tokctl" "$@"
}

# The locks of the real module, and the files that examples speak of.
begin_example() {
	if [ ! -e "$mod/version" ]; then
		env "${environment[@]}" "$tokctl" show >/dev/null 2>&1
		cp "$work/variants" "$mod/variants"
	fi
}
scripts/man-tables --variants >"$work/variants" || problem "scripts/man-tables --variants"
[ "$(wc -l <"$work/variants")" -gt 20 ] || problem "few locks: $(cat "$work/variants")"
mkdir "$work/here"
cd "$work/here" || exit
fresh
begin_example
env "${environment[@]}" "$tokctl" run -l mutex,token-poll "${quick[@]}" -n 6 -q -f json -o saved.json ||
	problem "no result to begin with"
for name in all before after desk server; do
	cp saved.json "$name.json"
done

(cd "$top" && while IFS= read -r command; do
	case $(example_place "$command"),$command in
	*\ -o\ * | *\ --resume\ * | *\& | *--dry-run*) ;;
	lab,*tokctl\ run\ *) command+=' --dry-run' ;;
	esac
	printf '%s\n' "$command"
done < <(all_examples)) >"$work/examples"
tried=0
declare -A seen=()
while IFS= read -r command; do
	case $command in
	*userctl/tokctl\ *) command=${command//userctl\/tokctl/tokctl} ;;
	esac
	case $command in
	'sudo tokctl '* | 'tokctl '*) ;;
	*) continue ;;
	esac
	case $command in
	*report*) command -v gnuplot >/dev/null || continue ;;
	esac
	# The same but for times is the same here.
	same=$(sed -E 's/ --(duration|warmup)-ms [0-9a-z]+//g' <<<"$command")
	[ -z "${seen[$same]-}" ] || continue
	seen[$same]=yes
	begin_example
	tried=$((tried + 1))
	rc=0
	eval "$command" >"$out" 2>"$err" </dev/null || rc=$?
	case $command in
	*\&) until_true run_is_on ;;
	*\ stop) wait ;;&
	*) [ "$rc" = 0 ] || problem "exit status $rc: $command: $(head -n 3 "$err")" ;;
	esac
done <"$work/examples"
[ "$tried" -gt 50 ] || problem "only $tried commands"
result "every command of the documents that calls tokctl"

plan
