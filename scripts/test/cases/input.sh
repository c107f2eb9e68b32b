#!/bin/bash
#
# input - whatever is written to the files: taken whole, or refused with the
# documented error, a reason in the file error, and nothing changed.
#
# A reason names the parameter, quotes the input and says what is allowed.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

# The table of parameters: KIND[NAME] is uint, word or cpus. Of the knobs of
# tokens those that the default lock has; the others are for the file knobs.
declare -A KIND MIN MAX ALLOWED
NAMES=()
while IFS=$'\t' read -r name _ _ min max allowed _; do
	[ "$name" != name ] || continue
	case $name in token/*) get "config/$name" && [ "$REPLY" = - ] && continue ;; esac
	NAMES+=("$name")
	MIN[$name]=$min MAX[$name]=$max ALLOWED[$name]=$allowed
	KIND[$name]=$([ "$allowed" != - ] && echo word || { [ "$min" = - ] && echo cpus || echo uint; })
done <"$TB/parameters"

# What a reason must say for a parameter, beside its name: what is allowed.
allowed_pattern() {
	case ${KIND[$1]} in
	uint) REPLY="${MIN[$1]} to ${MAX[$1]}" ;;
	word) REPLY=${ALLOWED[$1]} ;;
	cpus) REPLY='list of CPUs' ;;
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
	try config/cpus ''
	get config/cpus
	equal "empty list: the default" "$REPLY" ''
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
	# Counts that would be allocated by somebody careless; no buffer is that long.
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

plan 16
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
check "empty and blank: refused, and what is allowed" empty
check "NUL, control characters: refused, quoted, and what is allowed" control_characters
check "4097 bytes, 1 MiB, huge counts: E2BIG" sizes
check "an offset: refused; bad pointers: EFAULT, nothing changed" eval 'offsets; pointers'
check "a reason is one line of bounded length; reset forgets it" reason_is_one_line
