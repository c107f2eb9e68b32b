#!/bin/bash
#
# abi - the files under debugfs: there, with their modes, formats and defaults,
# as the headers in module/uapi/ document them.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"
MODULE=$TOKBENCH_TEST/../../module
UAPI=$MODULE/uapi/tokbench.h

# names LIST: the first word of every X(...) of an X-macro list.
names() {
	awk -v list="#define $1(X)" '
		index($0, list) { on = 1; sub(/.*\(X\)/, "") }
		on { text = text $0 }
		on && !/\\$/ { exit }
		END {
			gsub(/"[^"]*"/, "", text)
			while (match(text, /X\([a-z_0-9]+/)) {
				print substr(text, RSTART + 2, RLENGTH - 2)
				text = substr(text, RSTART + RLENGTH)
			}
		}' "$UAPI" "$MODULE"/uapi/{fields,lwkt_knobs,lwkt_counters}.h
}

modes() {
	local file wanted
	while read -r wanted file; do
		equal "$file: mode" "$(stat -c '%a %F' "$TB/$file" 2>&1)" "$wanted regular empty file"
	done <<-END
		444 version
		444 variants
		444 parameters
		444 state
		444 error
		400 dump
		200 control
		444 results/summary
		444 results/threads
		444 results/histogram
		444 results/bench
	END
	for file in $(names TB_PARAMS); do
		equal "$file: mode" "$(stat -c %a "$TB/config/$file" 2>&1)" 600
	done
	for file in $(names LWKT_KNOBS); do
		equal "token/$file: mode" "$(stat -c %a "$TB/config/token/$file" 2>&1)" 600
	done
}

nothing_else() {
	equal files "$(cd "$TB" && printf '%s ' * results/*)" \
		"config control dump error parameters results state variants version results/bench results/histogram results/summary results/threads "
	equal "files of config" "$(cd "$TB/config" && printf '%s\n' *)" \
		"$({ names TB_PARAMS && echo token; } | sort)"
	equal "files of config/token" "$(cd "$TB/config/token" && printf '%s\n' *)" \
		"$(names LWKT_KNOBS | sort)"
}

version() {
	get version
	[[ $REPLY =~ ^tokbench\ [0-9A-Za-z.+-]+\ abi\ [0-9]+$ ]] || fault "version: '$REPLY'"
	equal abi "${REPLY##* }" "$(sed -n 's/^#define TB_ABI //p' "$UAPI")"
}

variants() {
	local words name flags max_set doc note flag
	words=" - $(names TB_FLAGS | paste -sd' ') "
	equal header "$(head -n 1 "$TB/variants")" $'name\tflags\tmax_set\tdoc\tnote'
	while IFS=$'\t' read -r name flags max_set doc note; do
		[ "$name" != name ] || continue
		[[ $name =~ ^[a-z][a-z-]*$ ]] || fault "name '$name'"
		[[ $max_set =~ ^[0-9]+$ ]] || fault "$name: max_set '$max_set'"
		holds "1 <= $max_set && $max_set <= $(sed -n 's/^#define TB_SET_MAX //p' "$UAPI")" "$name: max_set"
		[ -n "$doc" ] || fault "$name: no description"
		case "$name $(uname -v)" in
		none\ * | broken\ * | token-* | lockmgr\ * | percpu-rwsem\ * | semaphore\ *) equal "$name: note" "$note" - ;;
		*PREEMPT_RT*) holds "${#note} > 10" "$name: note '$note'" ;;
		*) equal "$name: note" "$note" - ;;
		esac
		for flag in ${flags//,/ }; do
			[[ $words == *" $flag "* ]] || fault "$name: flag '$flag' is not documented"
		done
	done <"$TB/variants"
	for name in none broken token-poll token-ipi token-ticket token-sorted token-backoff token-handoff lockmgr mutex \
		mutex-trylock mutex-big ww-wound ww-die rtmutex rwsem percpu-rwsem semaphore spinlock ticket tas; do
		equal "$name: lines" "$(grep -c "^$name	" "$TB/variants")" 1
	done
}

# Every line of parameters against its file and against itself.
parameters() {
	local name unit def min max allowed doc n=0
	while IFS=$'\t' read -r name unit def min max allowed doc; do
		n=$((n + 1))
		if [ "$n" -eq 1 ]; then
			equal header "$name $unit $def $min $max $allowed $doc" \
				"name unit default min max allowed doc"
			continue
		fi
		get "config/$name"
		case $name in
		token/*)
			equal "$name: default" "$def" -
			[[ $doc =~ [a-z].*\;\ locks:\ [a-z,-]+$ ]] || fault "$name: locks in '$doc'"
			def=${min#-}
			[ "$allowed" = - ] || def=${allowed%%,*}
			;;
		*) equal "$name: default" "${REPLY:--}" "$def" ;;
		esac
		[ -n "$doc" ] || fault "$name: no description"
		[ "$min" = - ] || [[ $min$def$max =~ ^[0-9]+$ ]] || fault "$name: $min $def $max"
		[ "$allowed" = - ] || [[ ,$allowed, == *",$def,"* ]] || fault "$name: $def is not in $allowed"
	done <"$TB/parameters"
	equal names "$(tail -n +2 "$TB/parameters" | cut -f1)" \
		"$(names TB_PARAMS && names LWKT_KNOBS | sed 's|^|token/|')"
}

idle() {
	equal state "$(cat "$TB/state")" "idle 0 - 0 0"
	for file in error results/summary results/threads results/histogram results/bench; do
		equal "$file" "$(cat "$TB/$file")" ""
	done
}

after_a_run() {
	local file key
	run_wait lock=mutex hold_ns=1000 warmup_ms=10 duration_ms=20
	equal state "$(cut -d' ' -f1-3 "$TB/state")" "done 1 mutex"
	for file in summary threads histogram; do
		[ -n "$(head -c 1 "$TB/results/$file")" ] || fault "$file is empty"
	done
	equal "header of threads" "$(head -n 1 "$TB/results/threads")" \
		"$(names TB_THREAD_FIELDS | paste -s)"
	equal "header of histogram" "$(head -n 1 "$TB/results/histogram")" $'name\tlower_ns\tupper_ns\tcount'
	for key in $(names TB_PARAMS); do
		[ -n "${R[params.$key]+set}" ] || fault "no params.$key"
	done
	for key in "${!R[@]}"; do
		[[ $key != params.token.* ]] || fault "$key of mutex"
	done
	# CPU time is charged as it passes, not by the tick.
	holds "${R[totals.cpu_ns]} % 1000000" "cpu_ns ${R[totals.cpu_ns]}"
	for key in $(names TB_CERTIFICATE); do
		# For tokens.
		[ "$key" != maxtokens ] || continue
		! may_be_absent "$key" || continue
		[ -n "${R[certificate.$key]:-}" ] || fault "no certificate.$key"
	done
	control reset && idle
}

# may_be_absent KEY: of the certificate, in this lab.
may_be_absent() {
	case $1.$TOKBENCH_LAB in
	line_ns.* | steal_ns.*) ;;
	other_ns.sim | irq_ns.sim) ;;
	sim_*.sim) return 1 ;;
	sim_*) ;;
	*) return 1 ;;
	esac
}

# documented KEY...: each is in a list of the header, or in one of the counters'.
documented() {
	local key name
	for key; do
		name=${key#*.}
		case $key in
		schema | run | lock | flags | verdict | reason) continue ;;
		params.token.*) name=" KNOB.${name#token.} " ;;
		params.*) name=" PARAM.$name " ;;
		certificate.*) name=" CERT.$name " ;;
		totals.fail_index.*) continue ;;
		totals.*) name=" TOTAL.$name " ;;
		groups.*) name=" GROUP.${name#*.} " ;;
		phases.*) name=" PHASE.${name#*.} " ;;
		latency.*) name=" HIST.${name%.*} " ;;
		esac
		[[ $KNOWN == *"$name"* ]] || fault "$key is in no list of the header"
	done
}

known() {
	KNOWN=" $({
		names TB_PARAMS | sed 's/^/PARAM./'
		names LWKT_KNOBS | sed 's/^/KNOB./'
		names TB_CERTIFICATE | sed 's/^/CERT./'
		names TB_HISTOGRAMS | sed 's/^/HIST./'
		names TB_GROUP_FIELDS | sed 's/^/GROUP./'
		names TB_PHASE_FIELDS | sed 's/^/PHASE./'
		{
			names TB_TOTALS
			names TB_THREAD_COUNTERS
			names TB_RESTART_COUNTERS
			names LWKT_THREAD_COUNTERS
			names LWKT_CPU_COUNTERS
		} | sed 's/^/TOTAL./'
	} | paste -sd' ') "
}

# With every mechanism that can be had at once, every key is documented, and of
# those documented none is left that no run has.
keys() {
	local name run
	declare -A SEEN=()
	known
	for run in 'lock=token-sorted shared_pct=50 token/pool_size=2 token/collisions=faithful rate=1000' \
		'lock=token-backoff groups=nice=1/shared_pct=9 threads_per_cpu=2' \
		'lock=ww-die phases=1/2 threads_per_cpu=2' 'lock=rwsem shared_pct=50 rate=9000'; do
		control reset
		# shellcheck disable=SC2086 # one word per parameter
		run_wait hold_ns=1000 block_ns=1000 block_every=2 bystanders=1 locks=4 set_size=2 order=random \
			warmup_ms=10 duration_ms=40 $run
		sound
		documented "${!R[@]}"
		for name in "${!R[@]}"; do
			SEEN[${name#*.}]=x
		done
	done
	for name in $KNOWN; do
		! may_be_absent "${name#CERT.}" || continue
		case $name in
		GROUP.*) name=1.${name#*.} ;;
		PHASE.*) name=2.${name#*.} ;;
		HIST.*) name=${name#*.}.count ;;
		KNOB.*) continue ;;
		*) name=${name#*.} ;;
		esac
		[ -n "${SEEN[$name]:-}" ] || fault "documented, but in no result: $name"
	done
	for name in $(names TB_LATENCY_STATS); do
		[ -n "${R[latency.acquire_ns.$name]:-}" ] || fault "no latency.acquire_ns.$name"
	done
}

# columns LOCK FIELD...: the header of threads.
columns() {
	run_wait "lock=$1" hold_ns=1000 warmup_ms=10 duration_ms=20
	shift
	equal "${R[lock]}: header of threads" "$(head -n 1 "$TB/results/threads")" "$(printf '%s\n' "$@" | paste -s)"
}

columns_of() {
	local fields
	fields=$(names TB_THREAD_FIELDS)
	control reset
	# shellcheck disable=SC2046,SC2086 # lists of words
	{
		columns mutex $fields
		columns ww-die $fields $(names TB_RESTART_COUNTERS)
		columns lockmgr $fields $(names LWKT_THREAD_COUNTERS)
		columns token-poll $fields $(names LWKT_THREAD_COUNTERS)
	}
}

bench() {
	local what loops blocks per spread n=0
	control bench
	while IFS=$'\t' read -r what loops blocks per spread; do
		n=$((n + 1))
		[ "$n" -gt 1 ] || {
			equal header "$what $loops $blocks $per $spread" "what loops blocks ns_per_op spread_ns"
			continue
		}
		[[ $loops$blocks =~ ^[0-9]+$ && $per,$spread =~ ^[0-9]+\.[0-9]+,[0-9]+\.[0-9]+$ ]] ||
			fault "$what: $loops $blocks $per $spread"
		# A median of blocks that took turns with those of other rows.
		holds "$blocks >= 20" "$what: blocks"
	done <"$TB/results/bench"
	for what in $(tail -n +2 "$TB/variants" | cut -f1); do
		grep -q "^pair $what	" "$TB/results/bench" || fault "no pair $what"
	done
}

plan 10
check "every file is there, with its mode" modes
check "there is no other file" nothing_else
check "version has its format and the header's ABI number" version
check "variants: names, documented flags, the locks that always exist" variants
check "parameters: as many as the header has; defaults are what the files hold" parameters
check "before the first run: state idle, no results, no error" idle
check "after a run: documented keys and headers; reset makes all as before" after_a_run
check "every key of a result is documented, and every documented key is in some result" keys
check "the columns of threads are those of the lock" columns_of
check "bench gives a table with each lock" bench
