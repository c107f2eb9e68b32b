#!/bin/bash
#
# knobs - config/token: a lock made of tokens has the knobs of its generation,
# starting from that generation's values; any other lock has none.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

# From the table: KNOBS, MIN, MAX, ALLOWED, HAVE ("LOCK,LOCK", "-").
declare -A MIN MAX ALLOWED HAVE
KNOBS=()
while IFS=$'\t' read -r name _ _ min max allowed doc; do
	case $name in token/*) ;; *) continue ;; esac
	name=${name#token/}
	KNOBS+=("$name")
	MIN[$name]=$min MAX[$name]=$max ALLOWED[$name]=$allowed
	HAVE[$name]=${doc##*; locks: }
done <"$TB/parameters"

locks_of_module
LOCKS+=(broken)
TOKENS=()
for name in "${LOCKS[@]}"; do
	case $name in token-*) TOKENS+=("$name") ;; esac
done

# has LOCK KNOB
has() { [[ ,${HAVE[$2]}, == *",$1,"* ]]; }

# What the generations start from (lwkt/core/generations.c).
declare -A START=(
	[token-ipi.ipi_max]=4
	[token-ticket.ipi_max]=4 [token-ticket.ticket_rounds]=10
	[token-sorted.spin]=5 [token-sorted.sort_after]=10
	[token-backoff.spin_loops]=10 [token-backoff.sort_after]=10
	[token-backoff.backoff_max]=4096 [token-backoff.window_shift]=8
	[token-handoff.spin]=1000 [token-handoff.handoff_window_us]=1000
)

# expected LOCK KNOB: what it starts from, in REPLY; "-" if it has none.
expected() {
	REPLY=-
	[[ $1 == token-* ]] || return 0
	case $2 in
	collisions) REPLY=off ;;
	maxtokens) REPLY=32 ;;
	pool_size) REPLY=0 ;;
	*) REPLY=${START[$1.$2]:--} ;;
	esac
}

# values KNOB: VALUES it takes: the ends of its range and one between, or its words.
values() {
	if [ "${ALLOWED[$1]}" != - ]; then
		IFS=, read -ra VALUES <<<"${ALLOWED[$1]}"
	else
		VALUES=("${MIN[$1]}" "${MAX[$1]}" $(((MIN[$1] + MAX[$1]) / 2)))
	fi
}

# all_start LOCK: every file holds what the lock starts from.
all_start() {
	local knob wanted
	for knob in "${KNOBS[@]}"; do
		expected "$1" "$knob"
		wanted=$REPLY
		get "config/token/$knob"
		equal "$1: $knob" "$REPLY" "$wanted"
	done
}

# snapshot: all files of config, in REPLY.
snapshot() { REPLY=$(cd "$TB/config" && grep -r . . | sort); }

defaults() {
	local lock
	control reset
	all_start token-poll
	for lock in "${LOCKS[@]}"; do
		cfg lock="$lock"
		all_start "$lock"
	done
	control reset
}

table() {
	local lock knob
	for knob in "${KNOBS[@]}"; do
		for lock in "${LOCKS[@]}"; do
			expected "$lock" "$knob"
			[ "$REPLY" = - ] || has "$lock" "$knob" ||
				fault "$knob: $lock is not in '${HAVE[$knob]}'"
			[ "$REPLY" != - ] || ! has "$lock" "$knob" ||
				fault "$knob: $lock is in '${HAVE[$knob]}'"
		done
	done
}

taken() {
	local lock knob value
	for lock in "${TOKENS[@]}"; do
		cfg lock="$lock"
		for knob in "${KNOBS[@]}"; do
			has "$lock" "$knob" || continue
			values "$knob"
			for value in "${VALUES[@]}"; do
				cfg token/"$knob"="$value"
				get "config/token/$knob"
				equal "$lock: $knob" "$REPLY" "$value"
			done
		done
		# The same lock once more: from the start.
		cfg lock="$lock"
		all_start "$lock"
	done
	control reset
}

# A refused lock leaves the knobs of the one that stays.
refused_lock() {
	local before
	cfg lock=token-poll token/maxtokens=77 token/collisions=faithful
	snapshot
	before=$REPLY
	expect_refused config/lock nosuchlock EINVAL '^lock: "nosuchlock"'
	snapshot
	equal config "$REPLY" "$before"
	cfg hold_ns=1
	get config/token/maxtokens
	equal "another parameter changes no knob" "$REPLY" 77
	control reset
	all_start token-poll
}

absent() {
	local lock knob value before
	for lock in "${LOCKS[@]}"; do
		cfg lock="$lock"
		! has "$lock" maxtokens || cfg token/maxtokens=77
		snapshot
		before=$REPLY
		for knob in "${KNOBS[@]}"; do
			! has "$lock" "$knob" || continue
			values "$knob"
			value=${VALUES[0]}
			expect_refused "config/token/$knob" "$value" EINVAL \
				"^token/$knob: \"$value\": $lock has no such mechanism; locks that have it: ${HAVE[$knob]}\$"
			# Which value it is, is looked at by one place for all locks.
			[ "$lock" = "${LOCKS[0]}" ] || [ "$lock" = mutex ] || continue
			expect_refused "config/token/$knob" nonsense EINVAL \
				"^token/$knob: \"nonsense\": $lock has no such mechanism; locks that have it: ${HAVE[$knob]}\$"
			expect_refused "config/token/$knob" '' EINVAL "^token/$knob: .*$lock has no such"
		done
		snapshot
		equal "$lock: config after the refusals" "$REPLY" "$before"
	done
	control reset
}

out_of_range() {
	local lock knob
	for lock in "${TOKENS[@]}"; do
		cfg lock="$lock"
		for knob in "${KNOBS[@]}"; do
			has "$lock" "$knob" || continue
			for value in zehn -1 0x10 1.5 '' '-' 4294967296 18446744073709551616; do
				expect_refused "config/token/$knob" "$value" EINVAL "^token/$knob: \"$value\" is"
			done
			[ "${ALLOWED[$knob]}" = - ] || continue
			expect_refused "config/token/$knob" $((MAX[$knob] + 1)) EINVAL \
				"^token/$knob: \"$((MAX[$knob] + 1))\" is .*; allowed: ${MIN[$knob]} to ${MAX[$knob]}"
			[ "${MIN[$knob]}" = 0 ] ||
				expect_refused "config/token/$knob" $((MIN[$knob] - 1)) EINVAL "^token/$knob: .*${MIN[$knob]} to"
		done
		expect_refused config/token/collisions Off EINVAL '^token/collisions: "Off" is .*; allowed: off,faithful'
		expect_refused config/token/maxtokens "$(printf '1%.0s' {1..5000})" E2BIG '^token/maxtokens: .*at most 4096'
		all_start "$lock"
	done
	control reset
}

# changed KNOB: a value other than any lock's own that a short run can bear.
changed() {
	case $1 in
	collisions) REPLY=faithful ;;
	maxtokens) REPLY=40 ;;
	pool_size) REPLY=1024 ;;
	window_shift) REPLY=9 ;;
	*) REPLY=3 ;;
	esac
}

# echoed LOCK: the last result has the knobs of the lock as they are in config,
# and no other.
echoed() {
	local knob
	for knob in "${KNOBS[@]}"; do
		get "config/token/$knob"
		equal "$1: params.token.$knob" "${R[params.token.$knob]:--}" "$REPLY"
	done
	for knob in "${!R[@]}"; do
		case $knob in params.token.*) ;; *) continue ;; esac
		has "$1" "${knob#params.token.}" || fault "$1: $knob has no business here"
	done
}

in_the_result() {
	local lock knob
	for lock in "${LOCKS[@]}"; do
		control reset
		run_wait lock="$lock" hold_ns=1000 warmup_ms=10 duration_ms=20
		echoed "$lock"
		[[ $lock == token-* ]] || continue
		equal "$lock: maxtokens" "${R[certificate.maxtokens]}" 32
		for knob in "${KNOBS[@]}"; do
			has "$lock" "$knob" || continue
			changed "$knob"
			cfg token/"$knob"="$REPLY"
		done
		run_wait
		echoed "$lock"
		equal "$lock: params.token.maxtokens" "${R[params.token.maxtokens]}" 40
		equal "$lock: certificate.maxtokens" "${R[certificate.maxtokens]}" 40
		sound
	done
	control reset
}

# A larger set raises it for its run, not in the configuration.
maxtokens() {
	local lock
	for lock in "${TOKENS[@]}"; do
		cfg lock="$lock" token/maxtokens=4 locks=50 set_size=4 hold_ns=1000
		run_wait warmup_ms=10 duration_ms=20
		equal "$lock: sets as large as maxtokens" "${R[certificate.maxtokens]}" 4
		run_wait set_size=50
		equal "$lock: larger sets" "${R[certificate.maxtokens]}" 50
		equal "$lock: params.token.maxtokens" "${R[params.token.maxtokens]}" 4
		sound
		control reset
	done
}

# While a run is on nothing changes, whatever is written.
busy() {
	local knob
	cfg lock=token-poll hold_ns=1000 warmup_ms=10 duration_ms=60000
	start && wait_state run
	for knob in "${KNOBS[@]}"; do
		expect_refused "config/token/$knob" 1 EBUSY "^token/$knob: run [0-9]+ \(token-poll\) is on"
	done
	stop_any
	control reset
}

# Several locks are one token, the objects stay apart: nothing that excludes too
# little would pass. With as many tokens as locks there is an alias, too: a hash.
pool() {
	local lock size
	for lock in "${TOKENS[@]}"; do
		for size in 1 7 1024 4001 16384; do
			control reset
			run_wait lock="$lock" token/pool_size=$size locks=2000 set_size=4 order=random \
				threads_per_cpu=2 hold_ns=500 warmup_ms=10 duration_ms=30
			sound
			holds "${R[totals.pool_aliases]:--1} >= 2000 - $size && ${R[totals.pool_aliases]:--1} < 2000" "$lock, $size: pool_aliases"
		done
		run_wait token/pool_size=0
		equal "$lock: pool_aliases" "${R[totals.pool_aliases]-absent}" absent
		sound
	done
	control reset
}

# Counted by the token itself: exactly while the counter is atomic, at most so
# often afterwards; tries by lwkt_trytoken() there are none. The token counts the
# warm-up, too, and the end.
collisions() {
	local lock
	for lock in "${TOKENS[@]}"; do
		control reset
		run_wait lock="$lock" threads_per_cpu=4 token/collisions=faithful hold_ns=2000 warmup_ms=10 duration_ms=100
		sound
		case $lock in
		token-poll | token-ipi | token-ticket)
			holds "${R[totals.collisions]:-0} >= ${R[totals.attempts_failed]}" "$lock: collisions"
			;;
		*)
			holds "${R[totals.attempts_failed]} == 0 || ${R[totals.collisions]:-0} > 0" "$lock: collisions"
			;;
		esac
		run_wait token/collisions=off
		equal "$lock: collisions" "${R[totals.collisions]-absent}" absent
	done
	control reset
}

plan 12
check "a lock starts with its generation's values, - for what it does not have" defaults
check "the file parameters says which locks have a knob" table
check "every value allowed is taken and read back; the lock again: from the start" taken
check "a refused lock leaves the knobs alone; reset does not" refused_lock
check "a knob the lock does not have: refused, with the locks that have it" absent
check "no value, and numbers out of range: refused, with what is allowed" out_of_range
check "a result has the knobs of its lock, as they were set, and no others" in_the_result
check "maxtokens is the limit of a run, a larger set raises it" maxtokens
check "while a run is on: EBUSY" busy
check "pool_size: locks share tokens, and exclude" pool
check "collisions=faithful: the tokens count" collisions
check "a later run works" run_wait lock=mutex hold_ns=1000 warmup_ms=0 duration_ms=20
