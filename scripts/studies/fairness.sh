# shellcheck shell=bash
#
# fairness - long and short sections: turns shared evenly, time not
#
# After Patel et al., "Avoiding Scheduler Subversion using Scheduler-Cooperative
# Locks", EuroSys 2020: two groups of threads that differ in the length of their
# sections and have nothing else to do. Who grants turns in order of arrival gives
# both as many operations (Jain's index over them is 1), and so the long sections
# most of the time: if they are r times as long, Jain's index over the time held
# is (r + 1)^2 / (2 (r^2 + 1)).

# compare LONG SHORT, in us. A lock whose waiters poll has one for each CPU.
compare() {
	local locks
	note "$1 us against $2 us: in order of arrival Jain ops is 1, Jain hold" \
		"$(awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", (a + b) ^ 2 / (2 * (a ^ 2 + b ^ 2)) }')"
	for locks in '2 ticket,spinlock' '8 semaphore,lockmgr,mutex,rtmutex,token-poll,token-backoff,token-handoff'; do
		threads "${locks% *}"
		columns threads=totals.threads lock=lock ops=totals.ops 'Jain ops=totals.jain_ops' \
			'Jain hold=totals.jain_hold_nominal' \
			-- --lock="${locks#* }" --cpus="$CPUS" --threads-per-cpu="$SHARE" \
			--groups="hold_ns=$1us/hold_ns=$2us" --hold-ns=0 --think-ns=0
	done
}

compare 10 1
compare 30 10

note <<'END'
Both indices are made from counts and the lengths that were asked for. 1 is even, and
1 over the number of threads is one that has it all. More on hold than the number
above, and less than 1 on ops: the short sections had more turns than the long ones.
END

claim turns 'in order of arrival, long and short sections have as many turns: Jain of operations is 0.97 or more' \
	'count semaphore,lockmgr: jain_ops >= 0.97'
claim time 'so Jain of the time held is (r + 1)^2 / (2 (r^2 + 1)), within 0.03: 0.599 for r = 10' \
	'count semaphore,lockmgr: jain_hold_nominal >= 0.569 where groups=hold_ns=10000/hold_ns=1000' \
	'count semaphore,lockmgr: jain_hold_nominal <= 0.629 where groups=hold_ns=10000/hold_ns=1000'
claim thrice '... and 0.8 for r = 3' \
	'count semaphore,lockmgr: jain_hold_nominal >= 0.77 where groups=hold_ns=30000/hold_ns=10000' \
	'count semaphore,lockmgr: jain_hold_nominal <= 0.83 where groups=hold_ns=30000/hold_ns=10000'
