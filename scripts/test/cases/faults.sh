#!/bin/bash
#
# faults - every allocation of loading, of a start, of making threads and of a
# result fails once: each time all is undone and reported, and then works.
#
# The Nth allocation of a task fails, for each N, until there are not so many
# (/proc/PID/fail-nth); those for a new kthread are kthreadd's.
#
# limit: 900

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

DEBUGFS=/sys/kernel/debug
INJECTED=0
REFUSED=()
MOST=4000 # of a task; more is a test that does not end
# Of the hundreds of loading an emulated kernel tries one in so many.
STEP=1
[ "$TOKBENCH_LAB" != tcg ] || STEP=8

# arm: allocations fail that could have waited for memory, whatever their size.
arm() {
	local kind
	for kind in failslab fail_page_alloc; do
		echo 0 >"$DEBUGFS/$kind/verbose"
		echo N >"$DEBUGFS/$kind/ignore-gfp-wait"
	done
	echo N >"$DEBUGFS/fail_page_alloc/ignore-gfp-highmem"
	echo 0 >"$DEBUGFS/fail_page_alloc/min-order"
	# Loading and unloading waits for many grace periods, seconds of them.
	echo 1 >/sys/kernel/rcu_expedited
}

# failing N TASK WHAT...: OUTCOME, and whether there was an Nth in INJECTION.
failing() {
	{ read -r OUTCOME && read -r INJECTION; } < <("$BIN/io" failing "$@" 2>&1)
	case ${INJECTION:-} in
	injected) INJECTED=$((INJECTED + 1)) ;;
	none) ;;
	*) fault "io failing $*: ${OUTCOME:-} ${INJECTION:-}" ;;
	esac
}

short() { cfg lock="$1" hold_ns=1000 threads_per_cpu=2 locks=2 bystanders=1 warmup_ms=0 duration_ms=10; }

# idle_as_before: no thread of a run is left.
idle_as_before() {
	tasks
	equal "$1: threads" "${#TASKS[@]}" 1
	state
	[[ $STATE =~ ^(idle|done|failed)$ ]] || fault "$1: state $STATE"
}

# started N: what became of a start whose Nth allocation failed.
started() {
	case $OUTCOME in
	ok*) wait_end 60 ;;
	ENOMEM | EAGAIN | EINTR)
		get error
		[[ $REPLY =~ ^(start|control): ]] || fault "allocation $1: $OUTCOME, and error says '$REPLY'"
		;;
	*) fault "allocation $1: $OUTCOME" ;;
	esac
	idle_as_before "allocation $1"
}

# starts TASK LOCK: its Nth allocation during a start, for each N.
starts() {
	local n before=$INJECTED refused=0
	short "$2"
	for ((n = 1; n < MOST && FAULTS == 0; n++)); do
		control reset
		short "$2"
		failing "$n" "$1" "$TB/control" start
		started "$n"
		[ "$INJECTION" = injected ] || break
		[[ $OUTCOME == ok* ]] || refused=$((refused + 1))
	done
	holds "$n < $MOST"
	run_wait && sound
	holds "$INJECTED - $before > 5 && $refused > 3" "$((INJECTED - before)) injected, $refused starts refused"
	echo "# $2, $1: $((INJECTED - before)) faults injected, $refused starts refused" >&3
}

# results: the engine's own thread makes the result.
results() {
	local n pid before=$INJECTED lost=0
	tasks
	pid=${PIDS[0]}
	for ((n = 1; n < 60 && FAULTS == 0; n++)); do
		control reset
		short token-poll
		echo "$n" >"/proc/$pid/fail-nth"
		start && wait_end 60
		idle_as_before "allocation $n"
		state
		if [ "$STATE" = failed ]; then
			lost=$((lost + 1))
			[ ! -s "$TB/results/summary" ] || fault "allocation $n: failed, but with a result"
		else
			load_result
			sound
		fi
		[ "$(<"/proc/$pid/fail-nth")" = 0 ] || break
		INJECTED=$((INJECTED + 1))
	done
	echo 0 >"/proc/$pid/fail-nth"
	run_wait && sound
	holds "$INJECTED - $before > 2 && $lost > 0" "$((INJECTED - before)) injected, $lost results lost"
	echo "# results: $((INJECTED - before)) faults injected, $lost results lost" >&3
}

# left_over WHAT: gone(), without a process of its own.
left_over() {
	! loaded || fault "$1: still there"
	[ ! -e "$TB" ] || fault "$1: files are left"
	tasks
	[ "${#TASKS[@]}" -eq 0 ] || fault "$1: threads are left: ${TASKS[*]}"
}

# loads NTH STEP: a module that loads has all its files. NTH is the file that
# counts: allocations of loading itself (tokbench_nth.c), or kthreadd's.
loads() {
	local n outcome left before=$INJECTED refused=0 files now
	loaded || load
	shopt -s globstar
	files=("$TB"/**)
	unload
	for ((n = 1 + RANDOM % $2; n < MOST && FAULTS == 0; n += $2)); do
		echo "$n" >"$1"
		outcome=$(insmod "$SCRATCH/tokbench.ko" 2>&1)
		read -r left <"$1"
		echo 0 >"$1"
		if loaded; then
			now=("$TB"/**)
			equal "allocation $n: files" "${now[*]}" "${files[*]}"
			unload
		else
			refused=$((refused + 1))
			REFUSED+=("$n")
			[[ $outcome =~ 'Cannot allocate memory'|'Resource temporarily' ]] || fault "allocation $n: $outcome"
		fi
		left_over "allocation $n"
		[ "$left" = 0 ] || break
		INJECTED=$((INJECTED + 1))
	done
	holds "$n < $MOST"
	gone
	load
	run_wait lock=token-poll hold_ns=1000 warmup_ms=0 duration_ms=20 && sound
	holds "$INJECTED - $before > 3 && $refused > 2" "$((INJECTED - before)) injected, $refused loads refused"
	echo "# load, $1: $((INJECTED - before)) faults injected, up to allocation $n, $refused loads refused" >&3
}

# opener: open a file of the module whenever there is one, and hold it for a while.
# A line for each in $SCRATCH/opened, the errors in $SCRATCH/not-opened.
opener() {
	while :; do
		{ echo opened >>"$SCRATCH/opened" && nap 0.05; } <"$TB/version"
	done 2>"$SCRATCH/not-opened"
}

# opened NTH: the last allocations that loading cannot do without fail when some
# files are there. Linux frees such a module whatever is open, so nothing is.
opened() {
	local n round pid tried=0
	loaded && unload
	for n in "${REFUSED[@]: -8}"; do
		for round in 1 2 3 4 5; do
			: >"$SCRATCH/opened"
			opener &
			pid=$!
			echo "$n" >"$1"
			insmod "$SCRATCH/tokbench.ko" 2>/dev/null
			echo 0 >"$1"
			nap 0.1
			kill "$pid"
			wait "$pid" 2>/dev/null
			if loaded; then
				unload
				continue
			fi
			[ ! -s "$SCRATCH/opened" ] || fault "allocation $n, round $round: a file was opened, and loading failed"
			tried=$((tried + $(grep -c 'Resource temporarily unavailable' "$SCRATCH/not-opened")))
			INJECTED=$((INJECTED + 1))
		done
	done
	holds "$tried > 0" "a file was refused to be opened"
	load
	echo "# opened: $tried openings refused" >&3
}

# quiet FUNCTION...: what Linux says in it does not reach the console, whose
# verdict knows no exceptions, but this file, which knows one: a page that there
# was not. Its stack is no complaint then, all others come with words of their own.
quiet() {
	local level reader
	read -r level _ </proc/sys/kernel/printk
	echo "tokbench-test: quiet" >/dev/kmsg
	stdbuf -oL dmesg --follow-new >"$SCRATCH/kmsg" 2>&1 &
	reader=$!
	echo 4 >/proc/sys/kernel/printk
	"$@"
	echo "$level" >/proc/sys/kernel/printk
	nap 1
	kill "$reader"
	wait "$reader" 2>/dev/null
	grep -v -e '^#' -e '^$' -e '^Call [Tt]race:$' -e '^page allocation failure$' "$TOKBENCH_TEST/../lib/splats.deny" >"$SCRATCH/deny"
	! grep -a -m1 -A30 -E -f "$SCRATCH/deny" "$SCRATCH/kmsg" || fault "Linux complained"
}

# no_leak: see leaks.sh; of all that was undone above.
no_leak() {
	unload
	unreferenced
	load
}

for file in /proc/self/fail-nth $DEBUGFS/failslab $DEBUGFS/fail_page_alloc; do
	[ -e "$file" ] || skip_all "injected faults" "this kernel has no $file"
done
exec 3>&1
cp "$KO" "$SCRATCH/"
arm
insmod "$TOKBENCH_KO_DIR/tokbench_nth.ko" || exit
plan 9
check "faults: each allocation of loading" quiet loads /sys/module/tokbench_nth/parameters/nth "$STEP"
check "faults: files that are opened while loading fails" quiet opened /sys/module/tokbench_nth/parameters/nth
check "faults: kthreadd's, in loading" quiet loads /proc/2/fail-nth 1
check "faults: each allocation of a start of token-handoff" quiet starts self token-handoff
check "faults: each allocation of a start of mutex" quiet starts self mutex
check "faults: kthreadd's, for the threads of a run on LWKT" quiet starts 2 token-poll
check "faults: kthreadd's, for the threads of a run on Linux" quiet starts 2 rwsem
check "faults: each allocation for a result" quiet results
if leak_reason; then
	skip "faults: nothing is lost in undoing" "$REPLY"
else
	check "faults: nothing is lost in undoing" no_leak
fi
