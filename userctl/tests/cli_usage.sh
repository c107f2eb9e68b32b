#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Finding the module, bad usage, list. Output: TAP.
#
#   tests/cli_usage.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

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
has "$out" "Examples:"
tr -s ' \n' ' ' <"$out" >"$work/words"
has "$work/words" "no default; 0 to 1000000000 ns"
has "$work/words" "tokens: every"
has "$work/words" "tokctl run -l tokens --threads-per-cpu 16 --hold-ns 2us --think-ns 0 --ledger"
tok --version
is_rc 0
grep -qE '^tokctl [0-9]+\.[0-9]+' "$out" || problem "version: $(cat "$out")"
result "help and version, with all parameters and examples"

page=$(dirname "$0")/../tokctl.8
for command in run show list stop; do
	tok "$command" --help
	grep -oE -- '--[a-z][a-z-]+' "$out" | sort -u | while read -r option; do
		grep -qE "(Fl Fl|Fl [a-zA-Z] , Fl Fl) ${option#--}( |\$)" "$page" || echo "$option"
	done >"$work/undocumented"
	is "options of $command missing in the manual" "$(cat "$work/undocumented")" ""
done
result "the manual has every option"

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
has "$err" "'frobnicate' is not a command; allowed: list, run, show, stop"
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
usage run -l mutex --think-ns 0 -- "--hold-ns must be given" "500ns"
usage run -l mutex --hold-ns 5 -- "--think-ns must be given"
usage run -l mutex --hold-ns 0,5 --think-ns 0ns -- "nobody's workload"
result "what must be given"

usage run -l mutex --hold-ns 2 --think-ns 0 --frob 1 -- "unrecognized option '--frob'"
usage run -l mutex "${quick[@]}" extra -- "'extra': run takes options only"
usage list nothing -- "'nothing' is nothing to list; allowed: locks, params"
usage list -f csv -- "'csv' is not a format of list; allowed: table, json"
usage show a b -- "takes one FIELD"
usage show totals -f json -- "FIELD does not go with"
usage show totals --ledger -- "FIELD does not go with"
usage stop now -- "takes no argument"
usage run -l mutex "${quick[@]}" -f xml -- "'xml' is not a format; allowed: table, json, csv"
usage run -l mutex "${quick[@]}" -n 0 -- "-n: '0' is out of range; allowed: 1 to 100000"
usage run -l mutex "${quick[@]}" -n 1.5 -- "-n: '1.5'"
result "bad options name the input and what is allowed"

usage run -l mutex --hold-ns 1x --think-ns 0 -- "--hold-ns: '1x'" "0 to 1000000000 ns"
usage run -l mutex --hold-ns -5 --think-ns 0 -- "--hold-ns: '-5' is not a number"
usage run -l mutex --hold-ns 2s --think-ns 0 -- "--hold-ns: '2s' is out of range"
usage run -l mutex "${quick[@]}" --quantum-us 1500ns -- "not a whole number of us"
usage run -l mutex "${quick[@]}" --threads-per-cpu 1,,2 -- "--threads-per-cpu: empty value"
usage run -l mutex "${quick[@]}" --threads-per-cpu 4,4 -- "'4' is given twice"
usage run -l mutex "${quick[@]}" --seed 18446744073709551616 -- "--seed: '18446744073709551616'"
usage run -l mutex "${quick[@]}" --order sideways -- "'sideways'" "same, opposite, random"
usage run -l mutex "${quick[@]}" --cpus 0-a -- "--cpus: '0-a' is not a list of CPUs" "like 0-3,8"
usage run -l mutex "${quick[@]}" -n 100k --seed "$(seq -s, 1 20)" -- "the 1000000 allowed"
result "bad values name the option, the input and what is allowed"

usage run -l mutex,nosuch "${quick[@]}" -- "'nosuch' is no lock of the loaded module" \
	"none, broken, token-poll, token-ipi, token-handoff, mutex, spinlock, mute, all, tokens"
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

usage run -l mutex,spinlock "${quick[@]}" --block-ns 1us --block-every 10 -- \
	"the holder of 'spinlock' must not sleep" "none, broken, token-poll, token-ipi, token-handoff, mutex"
usage run -l mutex "${quick[@]}" --block-ns 0,1us --block-every 10 -- \
	"--block-ns '0' with --block-every '10'" "allowed: both 0, or none"
usage run -l mutex "${quick[@]}" --block-ns 1us --dry-run -- "--block-ns '1000' with --block-every '0'"
usage run -l mutex "${quick[@]}" --locks 4,8 --set-size 2,5 -- \
	"--set-size '5' with --locks '4'" "no larger than the number of locks"
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
has "$err" "refused by the module: control: 'start': set_size 1 is more than the 0 locks of a CPU's part"
for pair in 22:2 16:1 12:1 11:1; do
	environment+=("FAKE_START_ERRNO=${pair%:*}")
	tok run -l mutex "${quick[@]}"
	is_rc "${pair#*:}"
	has "$err" "said the test, allowed: nothing"
	unset 'environment[-1]'
done
result "a refused start: 2 for EINVAL, 1 for EBUSY, ENOMEM, EAGAIN, with the kernel's words"

long=$(head -c 120000 /dev/zero | tr '\0' 7)
args=()
for _ in 1 2 3 4 5 6 7 8 9; do
	args+=(--title "$long")
done
usage run "${args[@]}" -l mutex --hold-ns "$long" --think-ns 0 -- "out of range"
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
has "$out" "blocks,drops,lwkt"
has "$out" "threads_per_cpu"
tok list locks
has_not "$out" "threads_per_cpu"
has "$out" "run -l tokens: every lock whose name begins with token-"
tok list params
has_not "$out" "tokens of June 2010"
has_not "$out" "run -l"
has "$out" "same,opposite,random"
tok list -f json
is "locks in JSON" "$(jq -c '.locks[2] | [.name, .flags]' "$out")" \
	'["token-poll",["blocks","drops","lwkt"]]'
is "parameters in JSON" "$(jq -r '.params[] | select(.name == "hold_ns") | .max' "$out")" 1000000000
printf 'name\tflags\tdoc\nx\ty\n' >"$mod/variants"
tok list locks
is_rc 1
has "$err" "line 2 has 2 fields, the header has 3"
fresh
result "list"

plan
