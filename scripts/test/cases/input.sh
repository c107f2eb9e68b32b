#!/bin/bash
#
# input - whatever is written to the files: taken whole, or refused with the
# documented error, a reason in the file error, and nothing changed.
#
# A reason names the parameter, quotes the input and says what is allowed.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

# The table of parameters: KIND[NAME] is uint, word, or the name of one that is
# text. Of the knobs of tokens those that the default lock has; the others are for the file knobs.
declare -A KIND MIN MAX ALLOWED
NAMES=()
while IFS=$'\t' read -r name _ _ min max allowed _; do
	[ "$name" != name ] || continue
	case $name in token/*) get "config/$name" && [ "$REPLY" = - ] && continue ;; esac
	NAMES+=("$name")
	MIN[$name]=$min MAX[$name]=$max ALLOWED[$name]=$allowed
	case $min,$allowed in
	-,-) KIND[$name]=$name ;;
	-,*) KIND[$name]=word ;;
	*) KIND[$name]=uint ;;
	esac
done <"$TB/parameters"

# What a reason must say for a parameter, beside its name: what is allowed.
allowed_pattern() {
	case ${KIND[$1]} in
	uint) REPLY="${MIN[$1]} to ${MAX[$1]}" ;;
	word) REPLY=${ALLOWED[$1]} ;;
	cpus) REPLY='list of CPUs' ;;
	*) REPLY='allowed: ' ;;
	esac
}

# each KINDS VALUE ERRNO [QUOTE]: VALUE is refused by every parameter of KINDS;
# the reason quotes it as QUOTE, an extended regular expression.
each() {
	local name allowed quote=${4:-$2}
	for name in "${NAMES[@]}"; do
		[[ " $1 " == *" ${KIND[$name]} "* ]] || continue
		allowed_pattern "$name"
		allowed=$REPLY
		expect_refused "config/$name" "$2" "$3" "^$name: .*\"$quote\".*$allowed"
	done
}

# io_each ERRNO PATTERN ARGUMENT...: the same for what only the helper can do.
io_each() {
	local name errno=$1 pattern=$2 before outcome
	shift 2
	for name in "${NAMES[@]}"; do
		get "config/$name"
		before=$REPLY
		outcome=$("$BIN/io" write "$TB/config/$name" "$@" <"$SCRATCH/bytes")
		refused "config/$name" "$outcome" "$errno" "${pattern//NAME/$name}" "$before"
	done
}

# bytes FORMAT: the bytes that io_each writes
bytes() { printf "%b" "$1" >"$SCRATCH/bytes"; }

taken() {
	local name value
	for name in "${NAMES[@]}"; do
		case $name in token/*) cfg lock=token-poll ;; esac
		case ${KIND[$name]} in
		uint) set -- "${MIN[$name]}" "${MAX[$name]}" ;;
		word) IFS=, read -ra words <<<"${ALLOWED[$name]}"; set -- "${words[@]}" ;;
		cpus) set -- 0 0-1 0,1 1-1 ;;
		groups) set -- hold_ns=0/hold_ns=1000000000 threads=1:hold_ns=1:think_ns=2:shared_pct=100:nice=-20/nice=19 \
			nice=-1/nice=0/nice=1/threads=1024 ;;
		phases) set -- 1/1024 16/8/4/2/1 1/2/1/2/1/2/1/2/1/2/1/2/1/2/1/2 ;;
		esac
		for value; do
			cfg "$name=$value"
			get "config/$name"
			equal "$name" "$REPLY" "$value"
		done
	done
	control reset
}

blanks() {
	local name
	try config/hold_ns $' \t 00123 \n\n'
	equal "write with blanks" "$REPLY" "ok 11"
	get config/hold_ns
	equal "value" "$REPLY" 123
	try config/order $'\trandom\r\n'
	get config/order
	equal "word with blanks" "$REPLY" random
	try config/cpus ' 0 '
	get config/cpus
	equal "list with blanks" "$REPLY" 0
	for name in cpus groups phases; do
		try "config/$name" ' '
		get "config/$name"
		equal "$name, blank: the default" "$REPLY" ''
	done
	try config/groups $'\n threads=2/nice=3\t'
	get config/groups
	equal "groups with blanks" "$REPLY" threads=2/nice=3
	for name in 4095 4096; do
		printf "%$((name - 1))s7" '' >"$SCRATCH/bytes"
		equal "$name bytes" "$("$BIN/io" write "$TB/config/locks" <"$SCRATCH/bytes")" "ok $name"
	done
	control reset
}

beyond() {
	local name
	for name in "${NAMES[@]}"; do
		[ "${KIND[$name]}" = uint ] || continue
		allowed_pattern "$name"
		[ "${MIN[$name]}" = 0 ] ||
			expect_refused "config/$name" $((MIN[$name] - 1)) EINVAL "^$name: \"$((MIN[$name] - 1))\".*$REPLY"
		allowed_pattern "$name"
		[ "${MAX[$name]}" = 18446744073709551615 ] ||
			expect_refused "config/$name" $((MAX[$name] + 1)) EINVAL "^$name: \"$((MAX[$name] + 1))\".*$REPLY"
	done
	expect_refused config/threads_per_cpu 1000000000 EINVAL '^threads_per_cpu: "1000000000" .*1 to 1024'
}

cpu_lists() {
	local list
	for list in 1000000000 0-1000000000 4096 -1 0- 1-0 0,,x 0:1/ all-; do
		expect_refused config/cpus "$list" EINVAL "^cpus: \"$list\".*list of CPUs"
	done
	printf '0%.0s,' {1..2040} >"$SCRATCH/bytes"
	expect_refused config/cpus "$(cat "$SCRATCH/bytes")" EINVAL '^cpus: "0,0,0.*"\.\.\. is too long; allowed: '
}

# spec NAME QUOTE VALUE...: refused, for what stands at QUOTE in the reason.
spec() {
	local name=$1 quote=$2 value
	shift 2
	for value; do
		expect_refused "config/$name" "$value" EINVAL "^$name: .*\"$quote.*allowed: "
		get error
		[[ $REPLY != *'" is "'* ]] || fault "$name: a quote too many: $REPLY"
	done
}

bad_groups() {
	local long
	spec groups zehn zehn zehn/nice=1 nice=1/zehn
	spec groups holdns=1 holdns=1/nice=1 nice=1/holdns=1 nice=1:holdns=1/nice=2
	spec groups hold_ns=abc hold_ns=abc/nice=1 nice=1/nice=2:hold_ns=abc
	spec groups hold_ns= hold_ns=/nice=1
	spec groups hold_ns=-1 hold_ns=-1/nice=1
	spec groups hold_ns=1us hold_ns=1us/nice=1
	spec groups 'hold_ns= 1' 'hold_ns= 1/nice=1'
	spec groups 'hold_ns =1' 'hold_ns =1/nice=1'
	spec groups hold_ns=1000000001 nice=1/hold_ns=1000000001
	spec groups hold_ns=18446744073709551616 nice=1/hold_ns=18446744073709551616
	spec groups nice=20 nice=20/nice=1 nice=1/nice=20
	spec groups nice=-21 nice=1/nice=-21
	spec groups nice=-- nice=1/nice=--
	spec groups shared_pct=101 nice=1/shared_pct=101
	spec groups threads=0 threads=0/nice=1
	spec groups threads=1025 nice=1/threads=1025
	spec groups nice=2 nice=1:nice=2/nice=1
	spec groups nice=1 nice=1
	spec groups 'nice=1/nice=2/' nice=1/nice=2/nice=3/nice=4/nice=5
	spec groups '"' / // nice=1/ /nice=1 nice=1//nice=2 nice=1:/nice=2 :nice=1/nice=2
	long=$(printf 'nice=0/%.0s' {1..60})
	spec groups nice=0 "$long"
	long=$(printf '0%.0s' {1..350})
	spec groups "hold_ns=000" "hold_ns=${long}1/nice=1"
}

bad_phases() {
	spec phases 0 0/1 1/0
	spec phases 1025 1/1025
	spec phases 1a 1/1a 1a/1
	spec phases -1 1/-1
	spec phases 18446744073709551617 1/18446744073709551617
	spec phases '1' 1
	spec phases '1/2/' 1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17
	spec phases '"' / // 1/ /1 1//2
	spec phases '1,2' 1,2 1,2/3
	spec phases '1 2' '1 2'
	spec phases '1 ' '1 /2'
	spec phases ' 2' '1/ 2'
	spec phases 1/111 "1/$(printf '1%.0s' {1..350})"
}

# A bad pointer is no value, and the kernel never reads what is behind it.
pointers() {
	local address
	for address in 1 0xffffffff81000000 0x7fffffffe000; do
		bytes 1000
		io_each EFAULT '' -b "$address" -c 100
	done
}

sizes() {
	bytes ''
	io_each E2BIG '^NAME: .*bytes; allowed: at most 4096' -s 4097
	io_each E2BIG '^NAME: .*bytes; allowed: at most 4096' -s 1048576
	# Counts that would be allocated without a check; no buffer is that long.
	io_each E2BIG '^NAME: .*bytes; allowed: at most 4096' -s 10 -c 0x40000000
	io_each E2BIG '^NAME: .*bytes; allowed: at most 4096' -s 10 -c 0x7ffff000
	equal "count of SSIZE_MAX" "$("$BIN/io" write "$TB/control" -s 10 -c 0x7fffffffffffffff | grep -xE 'EFAULT|E2BIG' | head -c 1)" E
	equal "1 MiB to control" "$("$BIN/io" write "$TB/control" -s 1048576)" E2BIG
}

offsets() {
	bytes 7
	io_each EINVAL '^NAME: .*offset' -o 1
	io_each EINVAL '^NAME: .*offset' -o 4294967296
	bytes start
	equal "control at an offset" "$("$BIN/io" write "$TB/control" -o 3 <"$SCRATCH/bytes")" EINVAL
}

# Zero bytes end no text here, and nothing of an input reaches a terminal raw.
control_characters() {
	local name allowed bad
	for bad in '7\0008' '\000700' '7\n8' '\033[31mred' '\0377'; do
		bytes "$bad"
		for name in "${NAMES[@]}"; do
			allowed_pattern "$name"
			allowed=$REPLY
			io_one "$name" "^$name: \".*\\\\.*\".*$allowed"
		done
		! LC_ALL=C grep -qP '[^\x20-\x7e\n]' "$TB/error" || fault "raw bytes of $bad in error"
	done
}

io_one() {
	local before outcome
	get "config/$1"
	before=$REPLY
	outcome=$("$BIN/io" write "$TB/config/$1" <"$SCRATCH/bytes")
	refused "config/$1" "$outcome" EINVAL "$2" "$before"
}

empty() {
	each "uint word" '' EINVAL
	each "uint word" $' \t\n' EINVAL '[^"]*'
}

reason_is_one_line() {
	try config/lock "$(printf 'x%.0s' {1..4000})"
	equal lines "$(wc -l <"$TB/error")" 1
	holds "$(wc -c <"$TB/error") < 1000"
	cfg lock=mutex
	control reset
	equal "error after reset" "$(cat "$TB/error")" ''
}

plan 18
check "every value allowed is taken and read back" taken
check "blanks around a value, zeros before it, 4096 bytes: taken" blanks
check "an unknown word is refused" each word nosuchword EINVAL
check "a word in capitals, with a prefix, a comma: refused" each word 'same,opposite' EINVAL
check "letters for a number: refused" each "uint cpus" zehn EINVAL
check "a negative number: refused" each uint -1 EINVAL
check "a hex number: refused" each uint 0x10 EINVAL
check "a fraction, a sign, a suffix: refused" each uint +1.5us EINVAL '\+1\.5us'
check "a number of more than 64 bits: refused" each uint 18446744073709551616 EINVAL
check "numbers just out of range: refused, with the range" beyond
check "lists that are no lists of CPUs: refused" cpu_lists
check "groups that are none: refused, and what is allowed" bad_groups
check "phases that are none: refused, and what is allowed" bad_phases
check "empty and blank: refused, and what is allowed" empty
check "NUL, control characters: refused, quoted, and what is allowed" control_characters
check "4097 bytes, 1 MiB, huge counts: E2BIG" sizes
check "an offset: refused; bad pointers: EFAULT, nothing changed" eval 'offsets; pointers'
check "a reason is one line of bounded length; reset forgets it" reason_is_one_line
