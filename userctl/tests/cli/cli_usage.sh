#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Finding the module, bad usage, list. Output: TAP.
#
#   tests/cli/cli_usage.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

# --- finding the module

tok
is_rc 0
has "$out" "module 9.8.7, state idle"
has "$out" "no run has ended"
result "no command shows the state"

for words in "--help" "-h" "run --help" "run -h" "show --help" "list --help" "stop --help"; do
	# shellcheck disable=SC2086 # two words
	tok $words
	is_rc 0
	has "$out" "Usage: tokctl"
done
has_not "$out" "compare"
tok run --help
has "$out" "--threads-per-cpu"
has "$out" "tokctl run --help=all"
has_not "$out" "--zipf-milli"
is "the first options" "$(grep -A 1 -n 'Must be given' "$out" | tail -n 1 | tr -s ' ' | cut -d' ' -f2)" "--hold=TIME"
[ "$(wc -l <"$out")" -le 66 ] || problem "the short help has $(wc -l <"$out") lines"
tok run --help=all
has "$out" "--zipf-milli"
has_not "$out" "--hold-ns"
has "$out" "Examples:"
tr -s ' \n' ' ' <"$out" >"$work/words"
has "$work/words" "no default; 0 to 1000000000 ns"
has "$work/words" "tokens: every"
has "$work/words" "tokctl run -l tokens --threads-per-cpu 16 --hold 2us"
tok --version
is_rc 0
grep -qE '^tokctl [0-9]+\.[0-9]+' "$out" || problem "version: $(cat "$out")"
result "help and version, with all parameters and examples"

man=$(dirname "$0")/../../man
tok --help
commands=$(sed -n 's/^  \([a-z]*\)  *[a-z].*/\1/p' "$out" | grep -v tokctl)
[ "$(wc -w <<<"$commands")" -ge 7 ] || problem "commands: $commands"
for command in $commands; do
	tok "$command" --help=all
	# --help and --usage, which all have, stand in the first page.
	sed '/^Examples\{0,1\}:/q' "$out" | grep -oE '^  (-., |    )--[a-z-]+' | grep -oE -- '--[a-z-]+' |
		grep -vE -- '^--(help|usage)$' | while read -r option; do
		grep -qE "(Fl Fl|Fl [a-zA-Z] , Fl Fl) ${option#--}( |\$)" "$man/tokctl-$command.8" || echo "$option"
	done >"$work/undocumented"
	is "options of $command missing in the manual" "$(cat "$work/undocumented")" ""
	grep -qF "Xr tokctl-$command 8" "$man/tokctl.8" || problem "tokctl.8 does not name tokctl-$command"
done
for option in help usage version; do
	grep -qE "Fl Fl $option\$" "$man/tokctl.8" || problem "tokctl.8 does not know --$option"
done
result "the manual has a page for every command, and every option in it"

# table LOCK: its part of the page.
table() { awk -v begin=".Ss $1:" 'index($0, begin) == 1 { on = 1; next } /^\.S[sh]/ { on = 0 } on' "$page"; }

page=$man/tokbench-locks.7
generations=$(sed -n 's/^\tX(token_\([a-z]*\)).*/\1/p' "$(dirname "$0")/../../../module/config/variant_list.h")
is "generations" "$(wc -w <<<"$generations")" 6
for lock in ${generations/handoff/}; do
	table "token-$lock" >"$work/table"
	grep -qE '^Commit [0-9a-f]{10}( \(.*\))?\.$' "$work/table" || problem "token-$lock: no commit"
	is "rules of token-$lock" "$(sed -n 's/^\([a-z]*\)\tT{$/\1/p' "$work/table" | paste -sd' ')" \
		"get try getall failure release place idle"
	is "places of token-$lock" "$(grep -cE '^(token|thread|machdep)\.c:[0-9]' "$work/table")" 7
	is "verdicts on token-$lock" "$(grep -cE '^(same|one locked operation|as token-)' "$work/table")" 7
done
if command -v groff >/dev/null; then
	for page in "$man"/*.[78]; do
		groff -t -mandoc -ww -z "$page" >"$work/groff" 2>&1
		is "groff ${page##*/}" "$(cat "$work/groff")" ""
	done
fi
result "every generation of DragonFly's tokens is held against its tree, rule by rule"

mv "$root" "$work/elsewhere"
for words in "" "list" "show totals.ops" "stop" "run -l mutex ${quick[*]}" "run -l all --dry-run ${quick[*]}" \
	"run -l tokens --dry-run ${quick[*]}"; do
	# shellcheck disable=SC2086 # several words
	tok $words
	is_rc 3
	has "$err" "debugfs is not mounted on $root"
	has "$err" "mount -t debugfs none $root"
done
result "debugfs not mounted: exit 3 and what to type"

mkdir "$root"
for words in "" "list" "stop" "run -l mutex ${quick[*]}"; do
	# shellcheck disable=SC2086 # several words
	tok $words
	is_rc 3
	has "$err" "sudo insmod module/tokbench.ko"
done
rmdir "$root"
mv "$work/elsewhere" "$root"
result "module not loaded: exit 3 and what to type"

environment+=(FAKE_EACCES=1)
for words in "" "list" "stop" "run -l mutex ${quick[*]}"; do
	# shellcheck disable=SC2086 # several words
	tok $words
	is_rc 3
	has "$err" "permission denied; run tokctl as root, with sudo"
done
unset 'environment[-1]'
result "no permission: exit 3 and what to type"

environment+=(FAKE_ABI=42)
fresh
tok list
is_rc 3
has "$err" "ABI 42"
has "$err" "this tokctl ABI 1"
unset 'environment[-1]'
echo "hello" >"$mod/version"
tok list
is_rc 3
has "$err" "'hello\\x0a' is not the version of a tokbench module"
fresh
result "another ABI: exit 3 with both numbers"

# --- usage

tok frobnicate
is_rc 2
has "$err" "'frobnicate' is not a command; allowed: compare, list, report, run, show, stop, verify"
tok compare
is_rc 2
result "unknown command: exit 2 and the commands"

# usage WORDS... -- TEXT...: exit 2, every TEXT on stderr, nothing started.
usage() {
	local words=()

	while [ "$1" != -- ]; do
		words+=("$1")
		shift
	done
	shift
	tok "${words[@]}"
	is_rc 2
	while [ $# -gt 0 ]; do
		has "$err" "$1"
		shift
	done
	is "standard output" "$(cat "$out")" ""
	has "$mod/state" "idle 0"
}

usage run "${quick[@]}" -- "-l must be given" "tokctl list locks"
usage run -l mutex --think 0 -- "--hold must be given" "500ns"
usage run -l mutex --hold 5ns -- "--think must be given"
usage run -l mutex --hold 0,5ns --think 0ns -- \
	"refused by the module: mutex with hold_ns=0: hold_ns, think_ns: both 0; set one of them"
result "what must be given"

usage run -l mutex --hold 2ns --think 0 --frob 1 -- "unrecognized option '--frob'"
usage run -l mutex "${quick[@]}" extra -- "'extra': run takes options only"
usage list nothing -- "'nothing' is nothing to list; allowed: locks, params"
usage list -f csv -- "'csv' is not a format of list; allowed: table, json"
usage show a b -- "takes one FIELD"
usage show totals -f json -- "FIELD does not go with"
usage show totals --ledger -- "FIELD does not go with"
usage stop now -- "takes no argument"
usage run -l mutex "${quick[@]}" -f xml -- "'xml' is not a format; allowed: table, json, csv"
usage run -l mutex "${quick[@]}" -n 0 -- "-n: '0' is out of range; allowed: 1 to 100000"
usage run -l mutex "${quick[@]}" -n 1.5 -- "-n: '1.5' is not a whole number; allowed: 1 to 100000"
usage run --help=some -- "--help: 'some' is not allowed here; allowed: all"
usage show --help=some -- "allowed: all"
usage run -l mutex "${quick[@]}" -f json -o x.csv -- "-o: 'x.csv' is the name of a csv file, but -f says json"
usage run -l mutex "${quick[@]}" -f csv-long -o x.md -- "-o: 'x.md' is the name of a md file, but -f says csv-long"
usage run -l mutex "${quick[@]}" --tag desk -- "--tag: 'desk' is not NAME=VALUE" "allowed: a name of letters"
usage run -l mutex "${quick[@]}" --tag a.b=c -- "--tag: 'a.b=c'"
usage run -l mutex "${quick[@]}" --tag a=b --tag a=c -- "--tag: 'a' is given twice"
usage run -l mutex "${quick[@]}" --columns ops,nosuch -- "--columns: 'nosuch' is not a column; allowed: ops, interval" ", all"
usage run -l mutex "${quick[@]}" --columns ops,ops -- "--columns: 'ops' is given twice"
usage run -l mutex "${quick[@]}" --columns "" -- "--columns: '' is not a column"
usage run -l mutex "${quick[@]}" --sort +ops -- "--sort: '+ops' is not a column; allowed: ops" ", lock"
usage show --columns nosuch -- "--columns: 'nosuch' is not a column"
usage show --sort nosuch -- "--sort: 'nosuch' is not a column"
usage run -l mutex "${quick[@]}" --status 0.5s -- "--status: '0.5s' is out of range; allowed: 1000 to 3600000 ms"
usage run -l mutex "${quick[@]}" --status 1s -q -- "--status: with -q nothing is printed"
result "bad options name the input and what is allowed"

usage run -l mutex --hold 1x --think 0 -- "--hold: '1x'" "0 to 1000000000 ns"
usage run -l mutex --hold -5 --think 0 -- "--hold: '-5' is not a number"
usage run -l mutex --hold 2s --think 0 -- "--hold: '2s' is out of range"
usage run -l mutex "${quick[@]}" --quantum 1500ns -- "not a whole number of us"
usage run -l mutex --hold 0.0005us --think 0 -- "--hold: '0.0005us' is not a whole number of ns"
usage run -l mutex --hold-ns 0.5 --think 0 -- "--hold: '0.5' is not a whole number of ns"
usage run -l mutex "${quick[@]}" --threads-per-cpu 1,,2 -- "--threads-per-cpu: empty value"
usage run -l mutex "${quick[@]}" --threads-per-cpu 4,4 -- "'4' is given twice"
usage run -l mutex "${quick[@]}" --seed 18446744073709551616 -- "--seed: '18446744073709551616'"
usage run -l mutex "${quick[@]}" --order sideways -- "'sideways'" "same, opposite, random"
usage run -l mutex "${quick[@]}" --cpus 0-a -- "--cpus: '0-a' is not a list of CPUs" "like 0-3,8"
usage run -l mutex "${quick[@]}" -n 100k --seed "$(seq -s, 1 20)" -- "the 1000000 allowed"
result "bad values name the option, the input and what is allowed"

usage run -l mutex,nosuch "${quick[@]}" -- "'nosuch' is no lock of the loaded module" \
	"none, broken, token-poll, token-ipi, token-handoff, mutex, ww-die, percpu-rwsem, spinlock, mute, all, tokens"
usage run -l mutex --dry-run -l nosuch "${quick[@]}" -- "'nosuch'" "token-poll"
usage run -l mutex,mutex "${quick[@]}" -- "'mutex' is given twice"
usage run -l "" "${quick[@]}" -- "--lock: empty value"
usage run -l tokens,tokens "${quick[@]}" -- "'tokens' is given twice"
tok
sed -i '/^token-/d' "$mod/variants"
usage run -l mutex,tokens "${quick[@]}" -- \
	"--lock: 'tokens' is no lock of the loaded module, and stands for none; allowed: none, broken, mutex"
has_not "$err" "mute, all, tokens"
fresh
result "unknown lock: exit 2 and the names of all"

usage run -l mutex,spinlock "${quick[@]}" --block 1us --block-every 10 -- \
	"refused by the module: spinlock: block_ns: the holder of spinlock must not block"
has_not "$err" "mutex"
usage run -l mutex "${quick[@]}" --block 0,1us --block-every 10 -- \
	"refused by the module: mutex with block_ns=0: block_ns, block_every: 0 and 10; set both or none"
usage run -l mutex "${quick[@]}" --block 1us --dry-run -- "mutex: block_ns, block_every: 1000 and 0"
usage run -l mutex,mute "${quick[@]}" --locks 4,8 --set-size 2,5,9 --threads-per-cpu 1,2 -- \
	"mutex, mute with locks=4 set_size=5: set_size: 5 is more than the 4 locks" \
	"mutex, mute with locks=4 set_size=9: " "mutex, mute with locks=8 set_size=9: "
is "lines, one per reason" "$(wc -l <"$err")" 3
has_not "$err" "threads_per_cpu"
usage run -l mutex "${quick[@]}" --locks 1 --set-size "$(seq -s, 40)" -- "... and 19 more"
is "lines" "$(wc -l <"$err")" 21
tok run -l spinlock "${quick[@]}" --locks 4 --set-size 4
is_rc 0
fresh
result "cells that cannot be run, or not with a lock, are refused before the first run"

# The kernel is asked about every value before the first run is started.
usage run -l mutex "${quick[@]}" --cpus 0-1 --cpus 0-9 -- \
	"refused by the module: config/cpus: '0-9': only the CPUs 0-7 are online"
result "a value that only the kernel can judge is refused before the first run"

tok run -l mutex "${quick[@]}" --pick partition --threads-per-cpu 2
is_rc 2
has "$err" "refused by the module: mutex: set_size 1 is more than the 0 locks of a CPU's part"
for pair in 22:2 16:1 12:1 11:1; do
	environment+=("FAKE_START_ERRNO=${pair%:*}")
	tok run -l mutex "${quick[@]}"
	is_rc "${pair#*:}"
	has "$err" "said the test, allowed: nothing"
	unset 'environment[-1]'
done
for pair in 16:1 12:1 11:1; do
	environment+=("FAKE_CHECK_ERRNO=${pair%:*}")
	tok run -l all "${quick[@]}"
	is_rc "${pair#*:}"
	has "$err" "control: 'check': said the test, allowed: nothing"
	is "lines" "$(wc -l <"$err")" 1
	unset 'environment[-1]'
done
result "a refused start: 2 for EINVAL, 1 for EBUSY, ENOMEM, EAGAIN, with the kernel's words"

long=$(head -c 120000 /dev/zero | tr '\0' 7)
args=()
for _ in 1 2 3 4 5 6 7 8 9; do
	args+=(--title "$long")
done
usage run "${args[@]}" -l mutex --hold "$long" --think 0 -- "out of range"
[ "$(wc -c <"$err")" -lt 1000 ] || problem "the message has $(wc -c <"$err") bytes"
usage run -l "$long" "${quick[@]}" -- "is no lock of the loaded module"
usage "$long" -- "is not a command"
usage show "$long" -- "is not a field"
usage run -l mutex "${quick[@]}" --cpus "$long" -- "is not a list of CPUs"
result "a megabyte of arguments"

# --- list

tok list
is_rc 0
has "$out" "token-poll"
has "$out" "threads_per_cpu"
tok list locks
is_rc 0
has_not "$out" "threads_per_cpu"
is "titles" "$(head -n 1 "$out" | tr -s ' ')" \
	"lock blocks drops ordered restarts shared scheduler sets description"
row() { # LOCK
	tr -s ' ' <"$out" | grep "^$1 "
}
is "row of token-poll" "$(row token-poll)" "token-poll yes yes - - - LWKT 800 tokens of June 2010"
is "row of ww-die" "$(row ww-die)" "ww-die yes - - yes - Linux 800 ww_mutex, wait-die"
is "row of spinlock" "$(row spinlock)" "spinlock - - yes - - Linux 800 spinlock_t"
is "row of percpu-rwsem" "$(row percpu-rwsem | cut -d' ' -f-8)" "percpu-rwsem yes - - - yes Linux 1"
[ "$(wc -L <"$out")" -le 100 ] || problem "the table is $(wc -L <"$out") columns wide"
is "the long description" "$(tr -d '\n' <"$out" | tr -s ' ' | grep -c 'does not fit into one line of the table')" 1
has "$out" "claims no exclusion: none"
has "$out" "must end FAILED: broken"
has "$out" "run -l tokens: every lock whose name begins with token-"
tok list params
has_not "$out" "tokens of June 2010"
has_not "$out" "run -l"
has "$out" "same,opposite,random"
tok list locks --names
is "names of locks" "$(paste -sd' ' "$out")" \
	"none broken token-poll token-ipi token-handoff mutex ww-die percpu-rwsem spinlock mute"
tok list params --names
is "first names of parameters" "$(head -n 2 "$out" | paste -sd' ')" "lock cpus"
tok list --names -f json
is_rc 2
has "$err" "--names does not go with -f json"
tok list -f json
is "locks in JSON" "$(jq -c '.locks[2] | [.name, .flags]' "$out")" \
	'["token-poll",["blocks","drops","lwkt"]]'
is "sets in JSON" "$(jq -r '.locks[] | select(.name == "percpu-rwsem") | .max_set' "$out")" 1
is "parameters in JSON" "$(jq -r '.params[] | select(.name == "hold_ns") | .max' "$out")" 1000000000
has_not "$out" "on this kernel"
printf 'name\tflags\tmax_set\tdoc\tnote\nmutex\tblocks\t8\tstruct mutex\tan rt_mutex\nnone\t-\t8\tno lock\t-\n' >"$mod/variants"
tok list locks
is "what is different on this kernel" "$(grep -A 2 'on this kernel' "$out" | head -n 2 | paste -sd'|')" \
	"on this kernel (PREEMPT_RT):|  mutex: an rt_mutex"
is "no note" "$(grep -c 'none: -' "$out")" 0
tok list locks -f json
is "notes in JSON" "$(jq -c '[.locks[].note]' "$out")" '["an rt_mutex","-"]'
printf 'name\tflags\tmax_set\tdoc\nx\ty\n' >"$mod/variants"
for words in "" "-f json"; do
	# shellcheck disable=SC2086 # two words
	tok list locks $words
	is_rc 1
	has "$err" "line 2 has 2 fields, the header has 4"
done
printf 'name\tflags\tdoc\n' >"$mod/variants"
tok list locks
is_rc 1
has "$err" "the header must have the columns name, flags, max_set, doc"
fresh
result "list"

fresh
tok run -l mutex "${quick[@]}" --cpus 0-1 --cpus 0,1
is_rc 2
has "$err" "--cpus: '0,1' is given twice"
result "CPUs given twice in two spellings"

tok run -l mutex "${quick[@]}" --dry-run --resume "$work/nothere"
is_rc 2
has "$err" nothere
tok run -l mutex "${quick[@]}" -q -f json -o "$work/other.json"
tok run -l mutex "${quick[@]}" --locks 2 --dry-run --resume "$work/other.json"
is_rc 2
tok run -l mutex "${quick[@]}" --dry-run --resume "$work/other.json"
is_rc 0
result "a matrix that is only shown, and a file to go on with"

for words in "run --help" "compare --help" --help; do
	rc=0
	read -ra words <<<"$words"
	env "${environment[@]}" "$tokctl" "${words[@]}" >/dev/full 2>"$err" || rc=$?
	is_rc 1
	has "$err" "standard output"
done
result "help to a full disk"

fresh
tok run -l mutex "${quick[@]}" --title $'a \u009b31m \x9b32m \u00e9'
is_rc 0
is "title" "$(head -n 1 "$out")" $'a ?31m ?32m \u00e9'
result "a title with control characters beyond ASCII"

# A limit that may be raised is; else it is named.
rc=0
(ulimit -Ss 24; exec env "${environment[@]}" "$tokctl" run -l mutex "${quick[@]}" --dry-run) >"$out" 2>"$err" || rc=$?
is_rc 0
rc=0
(ulimit -s 32; exec env "${environment[@]}" "$tokctl" run -l mutex "${quick[@]}" --dry-run) >"$out" 2>"$err" || rc=$?
if [ "$rc" -ne 0 ]; then
	is_rc 2
	has "$err" "ulimit -s 1024"
fi
result "a stack that is too small"

plan
