#!/bin/bash
#
# studies - what the studies are to show (scripts/study), in short windows, by
# counts, all of it through tokctl.
#
# limit: 600

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

STUDY=$TOKBENCH_TEST/../study
STUDIES_DIR=$TOKBENCH_TEST/../studies
AWK=$STUDIES_DIR/columns.awk

# measured OPTION...: tokctl run, result in RESULT, what it says in SAID.
measured() {
	RESULT=$SCRATCH/result.json SAID=$SCRATCH/said
	tokctl run -n 1 --warmup 10ms -f json -o "$RESULT" "$@" >"$SAID" 2>&1
	ended "tokctl run $*" $? "$SAID"
}

# ended WHAT STATUS FILE: status 0, or 1 because this machine was too busy to run
# all threads at once, as FILE says.
ended() {
	[ "$2" = 0 ] && return
	[ "$2" = 1 ] && grep -q '^INVALID ' "$3" &&
		! grep -E '^(INVALID|FAILED|interrupted)' "$3" | grep -qvE 'had not begun|were there for' &&
		return
	fault "$1 ended with status $2: $(tail -n 3 "$3")"
}

# pick COLUMN...: those of every lock of the last result, without the titles.
pick() {
	tokctl show -i "$RESULT" -f csv-long | awk -v "locks=${LOCKS[*]}" -f "$AWK" -- "$@" | tail -n +2
}

# Every lock has a row, or is left out for a reason.
all_in_any_order() {
	local lock rows left listed
	measured -l all --threads-per-cpu 2 --locks 8 --set-size 2 --order random --hold 1us --think 1us --duration 60ms
	rows=$(pick lock=lock digest=certificate.stream_digest ops=totals.ops)
	left=$(sed -n 's/^left out: \([^ :]*\).*: .*[a-z].*/\1/p' "$SAID")
	listed=$(tokctl list locks)
	for lock in "${LOCKS[@]}"; do
		grep -qw -- "$lock" <<<"$listed" || fault "$lock is not listed"
		case $(grep -cx -- "$lock" <<<"$left")$(grep -c "^$lock " <<<"$rows") in
		01 | 10) ;;
		*) fault "$lock has no row and is not left out, or both" ;;
		esac
	done
	equal "left out" "$left" percpu-rwsem
	grep -q '^left out: percpu-rwsem.*set_size' "$SAID" || fault "no reason names set_size"
	equal "streams of operations" "$(awk '{ print $2 }' <<<"$rows" | sort -u | wc -l)" 1
}

# With few collisions, sets in one order: a wounded transaction hardly ever has to
# begin anew, one that must die does. Until there are enough to compare.
RESTARTS=100
wound_wait() {
	local try lock ops restarts undone failed
	declare -A sum=()
	for ((try = 0; try < 40; try++)); do
		measured -l ww-wound,ww-die,mutex-trylock,mutex,token-backoff,token-handoff --cpus 0-1 --threads-per-cpu 2 \
			--locks 1000 --set-size 8 --hold 10us --think 1us --duration 400ms
		while read -r lock ops restarts undone failed; do
			sum[$lock.ops]=$((${sum[$lock.ops]:-0} + ops))
			case $lock in
			mutex) equal "mutex: restarts, undone, failed" "$restarts $undone $failed" "- - -" ;;
			ww-* | mutex-*) sum[$lock]=$((${sum[$lock]:-0} + restarts)) ;;
			esac
			[ "$lock" = mutex ] || holds "$undone >= 0 && $failed >= 0" "$lock: tokens_undone, attempts_failed"
		done < <(pick lock=lock ops=totals.ops restarts=totals.restarts undone=totals.tokens_undone failed=totals.attempts_failed)
		[ "${sum[ww-die]:-0}" -lt "$RESTARTS" ] || break
	done
	echo "# ${sum[ww-wound]} of ${sum[ww-wound.ops]} against ${sum[ww-die]} of ${sum[ww-die.ops]}"
	holds "${sum[ww-die]} >= $RESTARTS" "restarts of ww-die"
	holds "${sum[mutex-trylock]} > 0" "restarts of mutex-trylock"
	holds "${sum[ww-wound]} * 10 * ${sum[ww-die.ops]} <= ${sum[ww-die]} * ${sum[ww-wound.ops]}" "ten times less"
}

# within WHAT VALUE MIN MAX
within() {
	awk -v v="$2" -v min="$3" -v max="$4" 'BEGIN { exit !(v >= min && v <= max) }' ||
		fault "$1: $2, not from $3 to $4"
}

# In order of arrival every thread has as many turns, so time goes by length.
fairness() {
	local try ops jain hold groups=$1 wanted=$2
	for try in 1 2 3 4 5; do
		measured -l semaphore --cpus 0-1 --threads-per-cpu 4 --groups "$groups" --hold 0 --think 0 --duration 400ms
		read -r ops jain hold < <(pick ops=totals.ops jain=totals.jain_ops hold=totals.jain_hold_nominal)
		# A few turns are no measure of fairness.
		[ "$ops" -lt 1000 ] || break
	done
	within "Jain's index over operations" "$jain" 0.97 1
	within "Jain's index over time held" "$hold" $((wanted - 30))e-3 $((wanted + 30))e-3
}

# All sleep in the section at once where it is a token's, one by one in a mutex's.
BLOCK_NS=20000000
blocking() {
	local lock ops stale window
	measured -l token-poll,token-backoff,token-handoff,mutex,rtmutex,semaphore --cpus 0-1 --threads-per-cpu 4 \
		--hold 10us --think 0 --block "$BLOCK_NS" --block-every 1 --bystanders 1 --duration 400ms
	while read -r lock ops stale window; do
		case $lock in
		token-*)
			holds "$ops * $BLOCK_NS > 2 * $window" "$lock: ops"
			holds "$stale > 0" "$lock: stale"
			;;
		*)
			holds "$ops <= $window / $BLOCK_NS + 1" "$lock: ops"
			equal "$lock: stale" "$stale" -
			;;
		esac
	done < <(pick lock=lock ops=totals.ops stale=totals.stale window=totals.window_ns)
	grep -q 'stale.*byst' "$SAID" || fault "no columns stale and byst. in the table of tokctl"
}

# study NAME: it ends well, and says of each lock that it ran what it did.
study() {
	local lock status=0 options=(--warmup 5ms --duration 20ms)
	case $1 in
	wound-wait) options+=(--threads-per-cpu 1 --order same) ;;
	hysteresis | published) options[3]=100 ;;
	esac
	# Six of each by themselves.
	case $1 in
	q? | published | scaling) options+=(-n 1) ;;
	esac
	rm -f "$SCRATCH"/*.json
	TOKBENCH_OUT=$SCRATCH "$STUDY" "$1" --json "${options[@]}" >"$SCRATCH/study" 2>"$SCRATCH/err" || status=$?
	cat "$SCRATCH/err"
	ended "study $1" "$status" "$SCRATCH/study"
	for RESULT in "$SCRATCH/$1"-*.json; do
		while read -r lock; do
			grep -qE "(^|.* )$lock  +.*[0-9]" "$SCRATCH/study" || fault "no row of $lock"
		done < <(tokctl show -i "$RESULT" -f csv-long | tail -n +2 | cut -d, -f4 | sort -u)
	done
	! grep -nE '^( *-){3,} *$' "$SCRATCH/study" || fault "a row of nothing"
	equal "study $1: claims that are judged" "$(grep -cE '^(CONFIRMED|REFUTED|UNDECIDED)  ' "$SCRATCH/study")" \
		"$(grep -cE '^(claim|published) ' "$STUDIES_DIR/$1.sh")"
	[ -s "$SCRATCH/$1.claims" ] || fault "study $1: no $1.claims beside the results"
}

# usage STATUS PATTERN ARGUMENT...
usage() {
	local status=0
	"$STUDY" "${@:3}" >"$SCRATCH/study" 2>&1 || status=$?
	equal "study ${*:3}: status" "$status" "$1"
	grep -q -- "$2" "$SCRATCH/study" || fault "study ${*:3} does not say '$2'"
}

wrong() {
	usage 2 'which one.*wound-wait'
	usage 2 "no study 'nosuch'.*wound-wait" nosuch
	usage 2 "no study '../study'" ../study
	usage 2 "nosuch" shared --nosuch 1
	usage 2 "'nosuch' is no lock" shared --lock nosuch
	usage 2 'prints its own tables' shared -f csv
	usage 0 ' mutex$' blocking --lock mutex --dry-run
}

unloaded() {
	unload
	usage 3 'insmod\|modprobe' shared
	load
}

locks_of_module
mapfile -t STUDIES < <("$STUDY" --list | cut -d' ' -f1)

plan $((${#STUDIES[@]} + 7))
check "2 of 8 locks in random order: every lock runs or is left out for a reason" all_in_any_order
check "8 of 1000 locks: wound-wait restarts ten times less often than wait-die" wound_wait
check "10 us against 1 us, in order of arrival: Jain of hold is 0.599" fairness hold_ns=10us/hold_ns=1us 599
check "30 us against 10 us, in order of arrival: Jain of hold is 0.8" fairness hold_ns=30us/hold_ns=10us 800
check "the holder sleeps: tokens let others in, and count what is stale" blocking
for name in "${STUDIES[@]}"; do
	check "study $name" study "$name"
done
check "what is no study, and no option, is refused" wrong
check "without the module: says so" unloaded
